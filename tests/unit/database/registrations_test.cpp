// Registrations as operators see them, and what is purged after someone has left. On both
// databases.
#include <thread>

#include "support/under_way.h"

namespace portal {
namespace {

using Ids = std::vector<std::string>;

const std::string kEmail = a_registration("").email;

class RegistrationsTest : public EachDatabase {
 protected:
  template <class F>
  void in(const F& function) {
    value(database->write([&](Connection& c) {
      function(c);
      return Done{};
    }));
  }
  std::vector<RegistrationEntry> list(const RegistrationFilter& filter, EpochSeconds now) {
    return value(database->read([&](Connection& c) { return Registrations(c).list(filter, now); }));
  }
  int purge(EpochSeconds now, int most = 10) {
    return value(database->write([&](Connection& c) { return Registrations(c).purge(now, most); }));
  }
  bool there(std::string_view id) {
    return value(database->read([&](Connection& c) { return Registrations(c).find(id); }))
        .has_value();
  }
  // Activated, with its account.
  void add_member(const std::string& id) {
    in([&](Connection& c) {
      Registrations(c).add(a_registration(id));
      EXPECT_TRUE(Registrations(c).mark_activated(id, kEmail, 1500));
      EXPECT_TRUE(Accounts(c).add(an_account(id, id, id)));
    });
  }
};

TEST_P(RegistrationsTest, AreListedNewestFirstByWhatIsAskedFor) {
  auto old = a_registration("old");
  old.created_at = 900;
  old.expires_at = 1900;
  auto other = a_registration("other");
  other.number = a_number("協0123456-7-8");
  other.email_key = "other@example.jp";
  in([&](Connection& c) {
    Registrations table(c);
    for (const auto& row : {old, other, a_registration("activated"), a_registration("pending")}) {
      table.add(row);
    }
    EXPECT_TRUE(table.mark_activated("activated", kEmail, 1500));
  });
  const RegistrationNumber number = old.number;
  const std::string email = old.email_key;
  const struct {
    RegistrationFilter filter;
    Ids expected;
  } cases[] = {
      {{}, {"pending", "other", "activated", "old"}},
      {{.email_key = "", .number = {}, .state = "", .most = 2}, {"pending", "other"}},
      {{.email_key = email, .number = {}, .state = ""}, {"pending", "activated", "old"}},
      {{.email_key = "", .number = other.number, .state = ""}, {"other"}},
      {{.email_key = "", .number = number, .state = "activated"}, {"activated"}},
      {{.email_key = "", .number = {}, .state = "pending"}, {"pending", "other"}},
      {{.email_key = "", .number = {}, .state = "expired"}, {"old"}},
      {{.email_key = "nobody@example.jp", .number = {}, .state = ""}, {}},
  };
  for (const auto& test : cases) {
    Ids ids;
    for (const auto& row : list(test.filter, 1900)) ids.push_back(row.id);
    EXPECT_EQ(ids, test.expected) << test.filter.email_key << "|"
                                  << (test.filter.number ? test.filter.number->text() : "") << "|"
                                  << test.filter.state;
  }
  const RegistrationFilter expired = {.email_key = "", .number = {}, .state = "expired"};
  EXPECT_EQ(list(expired, 1899).size(), 0U);
  EXPECT_EQ(list(expired, 2000).size(), 3U) << "an activated one never expires";
}

TEST_P(RegistrationsTest, APendingOneCanBeCancelledOnce) {
  const auto cancel = [&](std::string_view id) {
    return value(
        database->write([&](Connection& c) { return Registrations(c).cancel(id, kEmail, 1500); }));
  };
  in([](Connection& c) { Registrations(c).add(a_registration("1")); });
  EXPECT_TRUE(cancel("1"));
  EXPECT_FALSE(cancel("1"));
  EXPECT_FALSE(cancel("nobody"));
  in([](Connection& c) {
    Registrations table(c);
    const auto row = table.find("1");
    ASSERT_TRUE(row);
    EXPECT_TRUE(row->cancelled());
    EXPECT_EQ(row->cancelled_at, 1500);
    EXPECT_EQ(PasswordHashes(c).of("1"), "");
    EXPECT_FALSE(table.mark_activated("1", kEmail, 1600)) << "its links lead to nothing";
    EXPECT_FALSE(table.newest_pending(row->email_key, 1600));
  });
  const auto rows = list({.email_key = "", .number = {}, .state = "cancelled"}, 1600);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, "cancelled");
  EXPECT_TRUE(list({.email_key = "", .number = {}, .state = "pending"}, 1600).empty());
  EXPECT_EQ(purge(2000), 1) << "it goes as the others do";
}

TEST_P(RegistrationsTest, IsCorrectedFromTheAddressThatWasRead) {
  in([](Connection& c) {
    Registrations table(c);
    table.add(a_registration("1"));
    EXPECT_FALSE(table.correct_email("1", "other@x.jp", "Right@x.jp", "right@x.jp"));
    EXPECT_EQ(table.find("1")->email, kEmail);
    EXPECT_TRUE(table.correct_email("1", kEmail, "Right@x.jp", "right@x.jp"));
    EXPECT_EQ(table.find("1")->email, "Right@x.jp");
    EXPECT_EQ(table.find("1")->email_key, "right@x.jp");
    EXPECT_TRUE(table.cancel("1", "Right@x.jp", 1500));
    EXPECT_FALSE(table.correct_email("1", "Right@x.jp", "late@x.jp", "late@x.jp"));
  });
}

// Who has registered twice is sent the link of the newer one, until its time is over.
TEST_P(RegistrationsTest, OfTwoPendingOnesTheNewerIsMeant) {
  auto older = a_registration("older");
  auto newer = a_registration("newer");
  newer.created_at = older.created_at + 1;
  newer.expires_at = older.expires_at + 10;
  auto twin = a_registration("twin");  // of the same second as `newer`
  twin.created_at = newer.created_at;
  twin.expires_at = newer.expires_at - 5;
  auto other = a_registration("other");
  other.email_key = "other@example.jp";
  other.number = a_number("協0123456-7-8");
  other.created_at = newer.created_at + 1;
  in([&](Connection& c) {
    for (const auto& row : {newer, older, twin, other}) EXPECT_TRUE(Registrations(c).add(row));
  });
  const auto newest = [&](EpochSeconds now) {
    return value(database->read([&](Connection& c) {
      Registrations table(c);
      const auto by_address = table.newest_pending(older.email_key, now);
      const auto by_number = table.newest_pending_of(older.number, now);
      EXPECT_EQ(by_address ? by_address->id : "", by_number ? by_number->id : "") << now;
      return by_address ? by_address->id : std::string("none");
    }));
  };
  EXPECT_EQ(newest(1500), "twin") << "the one with the greater id";
  EXPECT_EQ(newest(twin.expires_at), "newer") << "its time is over at that second";
  EXPECT_EQ(newest(newer.expires_at - 1), "newer");
  EXPECT_EQ(newest(newer.expires_at), "none") << "the older one has ended before";
  in([](Connection& c) {
    EXPECT_TRUE(Registrations(c).mark_activated("twin", kEmail, 1500));
    EXPECT_TRUE(Registrations(c).cancel("newer", kEmail, 1500));
  });
  EXPECT_EQ(newest(1500), "older") << "neither activated nor cancelled";
  EXPECT_EQ(newest(older.expires_at), "none");
}

// The call centre asks after mails that have left, long after the registration is gone.
TEST_P(RegistrationsTest, APurgeTakesTheMailsThatStillWaitAndKeepsTheOthers) {
  in([](Connection& c) {
    Registrations(c).add(a_registration("1"));
    Registrations(c).add(a_registration("2"));
    Outbox outbox(c);
    for (const char* id : {"failed", "sent", "waits"}) outbox.add(a_mail(id, "1"));
    outbox.lease("m", 1000, kMinute, 10);
    EXPECT_TRUE(outbox.mark_sent("sent", "m", 1001, "250 ok"));
    EXPECT_TRUE(outbox.mark_failed("failed", "m", 1001, "550 no"));
    outbox.add(a_mail("other", "2"));
  });
  EXPECT_EQ(purge(2000, 1), 1);
  ASSERT_NE(there("1"), there("2"));
  const std::string gone = there("1") ? "2" : "1";
  const auto has = [&](std::string_view id) {
    return value(database->read([&](Connection& c) { return Outbox(c).find(id).has_value(); }));
  };
  EXPECT_TRUE(has("sent"));
  EXPECT_TRUE(has("failed"));
  EXPECT_EQ(has("waits"), gone != "1");
  EXPECT_EQ(has("other"), gone != "2");
  EXPECT_EQ(purge(2000), 1);
  EXPECT_FALSE(has("waits"));
  EXPECT_FALSE(has("other"));
}

TEST_P(RegistrationsTest, APendingOneIsPurgedWhenItsTimeIsOver) {
  in([](Connection& c) { Registrations(c).add(a_registration("1")); });
  EXPECT_EQ(purge(1999), 0);
  EXPECT_TRUE(there("1"));
  EXPECT_EQ(purge(2000), 1);
  EXPECT_FALSE(there("1"));
}

TEST_P(RegistrationsTest, AnActivatedOneCannotBeCancelled) {
  add_member("1");
  in([](Connection& c) {
    EXPECT_FALSE(Registrations(c).cancel("1", kEmail, 1600));
    EXPECT_FALSE(Registrations(c).find("1")->cancelled());
  });
}

TEST_P(RegistrationsTest, AreListedWithTheirNewestMail) {
  auto second = a_mail("a-second", "1");
  second.created_at = 1100;
  in([&](Connection& c) {
    Registrations(c).add(a_registration("1"));
    Registrations(c).add(a_registration("none"));
    Outbox(c).add(a_mail("first", "1"));
    Outbox(c).add(second);
    Outbox(c).lease("m", 1000, kMinute, 10);
    Outbox(c).mark_sent("first", "m", 1001, "250 ok");
    Outbox(c).lease("m", 1100, kMinute, 10);
    Outbox(c).mark_failed("a-second", "m", 1101, "550 no");
  });
  const auto rows = list({}, 1000);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].id, "none");
  EXPECT_EQ(rows[0].mail_state, "");
  EXPECT_EQ(rows[0].mail_reply, "");
  EXPECT_EQ(rows[1].id, "1");
  EXPECT_EQ(rows[1].created_at, 1000);
  EXPECT_EQ(rows[1].state, "pending");
  EXPECT_EQ(rows[1].number.text(), "契0123456-7-8");
  EXPECT_EQ(rows[1].email, "Hanako@example.jp");
  EXPECT_EQ(rows[1].mail_state, "failed");
  EXPECT_EQ(rows[1].mail_reply, "550 no");
}

TEST_P(RegistrationsTest, WhoHasLeftIsPurgedWhoHasAnAccountIsNot) {
  for (const char* id : {"left", "left too", "member"}) add_member(id);
  EXPECT_EQ(purge(2000), 0);
  in([](Connection& c) {
    Accounts(c).remove("left");
    Accounts(c).remove("left too");
  });
  EXPECT_EQ(purge(1999), 0) << "not before its time is over";
  EXPECT_EQ(purge(2000, 1), 1);
  EXPECT_EQ(purge(2000, 1), 1);
  EXPECT_EQ(purge(9000), 0);
  EXPECT_FALSE(there("left"));
  EXPECT_FALSE(there("left too"));
  EXPECT_TRUE(there("member"));
}

TEST_P(RegistrationsTest, PendingAndLeftOnesAreNoMoreThanAskedFor) {
  add_member("left");
  in([](Connection& c) {
    Accounts(c).remove("left");
    Registrations(c).add(a_registration("pending"));
  });
  EXPECT_EQ(purge(2000, 1), 1);
  EXPECT_EQ(purge(2000, 2), 1);
  EXPECT_FALSE(there("left") || there("pending"));
}

// The mail takes the name from the registration.
TEST_P(RegistrationsTest, WhoHasLeftIsKeptUntilTheMailAboutThatIsSent) {
  add_member("left");
  in([](Connection& c) {
    Accounts(c).remove("left");
    auto mail = a_mail("mail", "");
    mail.account_id = "left";
    Outbox(c).add(mail);
  });
  EXPECT_EQ(purge(9000), 0);
  in([](Connection& c) {
    Outbox(c).lease("m", 9000, kMinute, 10);
    Outbox(c).mark_sent("mail", "m", 9001, "250 ok");
  });
  EXPECT_EQ(purge(9000), 1);
  EXPECT_FALSE(there("left"));
}

// The account is not there yet when the purge begins, and is when the purge gets at the row.
TEST_P(RegistrationsTest, APurgeThatWaitsForAnActivationKeepsTheRow) {
  if (GetParam() == "SQLite") GTEST_SKIP() << "one writer at a time";
  in([](Connection& c) { Registrations(c).add(a_registration("1")); });
  int gone = -1;
  std::jthread purging;
  in([&](Connection& c) {
    EXPECT_TRUE(Accounts(c).add(an_account("1")));
    EXPECT_TRUE(Registrations(c).mark_activated("1", kEmail, 2500));
    purging = std::jthread([&] { gone = purge(3000); });
    wait_until_waits(*database, "DELETE FROM registration");
  });
  purging.join();
  EXPECT_EQ(gone, 0);
  EXPECT_TRUE(there("1"));
}

INSTANTIATE_TEST_SUITE_P(, RegistrationsTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
