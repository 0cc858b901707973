// Who waits for a clinic: the mail when it comes into the roster.
#include <gtest/gtest.h>

#include <functional>

#include "core/database/tables.h"
#include "mailer/chores.h"
#include "office.h"

namespace portal {
namespace {

constexpr const char* kNumber = "契4499999-0-0";

class Listed : public testing::Test {
 protected:
  template <class F>
  auto on(const F& function) {
    auto result = office.database().write(function);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return *result;
  }
  void wait(const std::string& id, const std::string& address,
            const std::string& number = kNumber) {
    on([&](Connection& c) {
      Waiting(c).put({id, a_number(number), address, address, "192.0.2.1", office.now});
      return Done{};
    });
  }
  void list_clinic(EpochSeconds closed_at = 0) {
    on([&](Connection& c) {
      Clinic clinic = a_clinic(kNumber, "新しい整骨院");
      clinic.closed_at = closed_at;
      return Roster(c).put(clinic);
    });
  }
  int queue() {
    const auto look = queue_listed(office.database(), office.now, "", 9);
    EXPECT_TRUE(look);
    return look->queued;
  }
  std::vector<OutboxEntry> mails() {
    return on([](Connection& c) { return Outbox(c).list({}); });
  }

  Office office;
};

TEST_F(Listed, IsQueuedOnceWhenTheClinicIsInTheRoster) {
  wait("a", "a@example.jp");
  wait("b", "b@example.jp");
  wait("other", "a@example.jp", "契4411111-0-0");
  EXPECT_EQ(queue(), 0);
  list_clinic(office.now);
  EXPECT_EQ(queue(), 0) << "closed";
  list_clinic();
  EXPECT_EQ(queue(), 2);
  EXPECT_EQ(queue(), 0);
  EXPECT_EQ(mails().size(), 2U);
}

TEST_F(Listed, AreLookedForAmongSoManyAtATime) {
  for (const char* id : {"a", "b", "c", "d", "e"}) wait(id, std::string(id) + "@example.jp");
  wait("b2", "b@example.jp", "契4411111-0-0");
  list_clinic();
  std::string after;
  std::vector<std::pair<int, std::string>> looks;
  for (int i = 0; i < 4; ++i) {
    const auto look = queue_listed(office.database(), office.now, after, 2);
    ASSERT_TRUE(look);
    looks.emplace_back(look->queued, after = look->last);
  }
  EXPECT_EQ(looks,
            (std::vector<std::pair<int, std::string>>{{2, "b"}, {1, "c"}, {2, "e"}, {0, ""}}));
  EXPECT_EQ(mails().size(), 5U);
  wait("aa", "f@example.jp");
  EXPECT_EQ(queue_listed(office.database(), office.now, after, 2)->queued, 1) << "from the first";
}

// More than one transaction takes.
TEST_F(Listed, AreQueuedWithoutALimit) {
  for (int i = 0; i < 401; ++i) wait("a" + std::to_string(i), std::to_string(i) + "@example.jp");
  list_clinic();
  EXPECT_EQ(queue_listed(office.database(), office.now, "", 500)->queued, 401);
}

TEST_F(Listed, LeadsToTheFormWithTheNumberAndCanBeEnded) {
  wait("a", "a@example.jp");
  list_clinic();
  queue();
  EXPECT_EQ(office.mailer().round(never), Mailer::Round::kWorked);
  ASSERT_EQ(office.transport.sent.size(), 1U);
  const Sent& sent = office.transport.sent[0];
  EXPECT_EQ(sent.to, "a@example.jp");
  const std::string text = text_of(sent);
  EXPECT_NE(text.find("施術所名：新しい整骨院\n登録記号番号：契4499999-0-0\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("/register?institution=judo&judo_agreement=%E5%A5%91&judo_number=4499999"
                      "&judo_suffix1=0&judo_suffix2=0\n"),
            std::string::npos)
      << text;
  const std::string stop = stop_token_in(text);
  EXPECT_NE(sent.message.find("List-Unsubscribe: <"), std::string::npos);
  EXPECT_NE(sent.message.find(stop + ">\r\nList-Unsubscribe-Post: "), std::string::npos);
}

TEST_F(Listed, IsWithheldWhenItHasLostItsSense) {
  struct Case {
    const char* label;
    std::function<void(Connection&)> happens;
    const char* reason;
  };
  for (const Case& c : std::vector<Case>{
           {"taken back", [](Connection& connection) { Waiting(connection).remove("a"); },
            "it was taken back"},
           {"closed again",
            [](Connection& connection) {
              Clinic closed = a_clinic(kNumber, "");
              closed.closed_at = 1;
              Roster(connection).put(closed);
            },
            "the clinic left the roster again"},
           {"registered meanwhile",
            [](Connection& connection) {
              Accounts(connection).add(an_account("other", "other@example.jp", kNumber));
            },
            "the clinic has an account already"},
           {"no more mail",
            [](Connection& connection) {
              MailAddresses(connection).stop("a@example.jp", 1, 4'000'000'000);
            },
            "the address asked for no more mail"}}) {
    SCOPED_TRACE(c.label);
    Office one;
    const auto done = one.database().write([&](Connection& connection) {
      Waiting(connection)
          .put({"a", a_number(kNumber), "a@example.jp", "a@example.jp", "", one.now});
      Roster(connection).put(a_clinic(kNumber, "新しい整骨院"));
      return Done{};
    });
    ASSERT_TRUE(done);
    ASSERT_EQ(queue_listed(one.database(), one.now, "", 9)->queued, 1);
    ASSERT_TRUE(one.database().write([&](Connection& connection) {
      c.happens(connection);
      return Done{};
    }));
    one.mailer().round(never);
    EXPECT_EQ(one.transport.sent.size(), 0U);
    const auto mails =
        one.database().read([](Connection& connection) { return Outbox(connection).list({}); });
    ASSERT_TRUE(mails && mails->size() == 1);
    EXPECT_EQ(mails->front().state, "withheld");
    EXPECT_NE(mails->front().last_reply.find(c.reason), std::string::npos)
        << mails->front().last_reply;
  }
}

TEST_F(Listed, ChoresAreDoneEveryTwentySeconds) {
  Chores chores(office.database(), office.metrics, [&] { return office.now; });
  chores.do_if_due();
  wait("a", "a@example.jp");
  list_clinic();
  office.now += kChoresEvery - 1;
  chores.do_if_due();
  EXPECT_EQ(mails().size(), 0U);
  office.now += 1;
  chores.do_if_due();
  EXPECT_EQ(mails().size(), 1U);
}

// So many that a look does not reach the last one, whose clinic alone will come into the roster.
class ManyWait : public Listed {
 protected:
  void SetUp() override {
    on([&](Connection& c) {
      for (int i = 0; i < 3'000; ++i) {
        const std::string id = std::to_string(10'000 + i);
        Waiting(c).put({id, a_number("契4411111-0-0"), id, id + "@example.jp", "", office.now});
      }
      return Done{};
    });
    wait("99999", "last@example.jp");
  }
};

TEST_F(ManyWait, ChoresLookAtAllTheFirstTime) {
  list_clinic();
  Chores(office.database(), office.metrics, [&] { return office.now; }).do_if_due();
  EXPECT_EQ(mails().size(), 1U);
}

TEST_F(ManyWait, ChoresGoOnWhereTheyHaveStopped) {
  Chores chores(office.database(), office.metrics, [&] { return office.now; });
  chores.do_if_due();
  list_clinic();
  office.now += kChoresEvery;
  chores.do_if_due();
  EXPECT_EQ(mails().size(), 0U);
  office.now += kChoresEvery;
  chores.do_if_due();
  EXPECT_EQ(mails().size(), 1U);
}

}  // namespace
}  // namespace portal
