// portalctl registration list, mail list and mail retry: from rows in the database to what is
// printed.
#include <algorithm>
#include <memory>

#include "core/database/database.h"
#include "core/database/tables.h"
#include "runner.h"

namespace portalctl_test {
namespace {

using namespace portal;

constexpr EpochSeconds kThen = 1'700'000'000;  // 2023-11-15 07:13:20 in Japan
constexpr const char* kNumber = "契0123456-7-8";

class MailVerbs : public Portalctl {
 protected:
  template <class F>
  void on(const F& function) {
    const auto done = database->write([&](Connection& c) {
      function(c);
      return Done{};
    });
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
  }

  void SetUp() override {
    Portalctl::SetUp();
    ASSERT_EQ(run("migrate").status, 0);
    Settings settings;
    ASSERT_TRUE(settings.set("database.connection", file("portal.db")));
    database = std::make_unique<Database>(settings, Durability::kRelaxed, 1);
  }

  static Registration registration(const std::string& id, EpochSeconds created_at) {
    Registration row;
    row.id = id;
    row.draft_id = "draft-" + id;
    row.signup_hash = "signup-" + id;
    row.number = kNumber;
    row.email = "Hanako@example.jp";
    row.email_key = "hanako@example.jp";
    row.created_at = created_at;
    row.expires_at = created_at + kDay;
    return row;
  }
  static OutboxRow mail(const std::string& id, EpochSeconds created_at) {
    OutboxRow row;
    row.id = id;
    row.kind = "activation";
    row.registration_id = "r-" + id;
    row.recipient = "Hanako@example.jp";
    row.created_at = created_at;
    row.next_attempt_at = created_at;
    return row;
  }
  // Three registrations: expired, activated, pending; their mails: sent, failed, put back.
  void fill() {
    on([&](Connection& c) {
      Registrations registrations(c);
      registrations.add(registration("r-sent", kThen));
      registrations.add(registration("r-failed", kThen + 60));
      registrations.mark_activated("r-failed", kThen + 120);
      auto pending = registration("r-queued", kThen + 120);
      pending.number = "13000001-0-1";
      pending.email = "taro@example.jp";
      pending.email_key = "taro@example.jp";
      pending.expires_at = system_now() + kHour;
      registrations.add(pending);
      Outbox outbox(c);
      for (const char* id : {"sent", "failed"}) outbox.add(mail(id, kThen));
      auto queued = mail("queued", system_now() - 3 * kHour - 5);
      queued.recipient = "taro@example.jp";
      outbox.add(queued);
      outbox.lease("m", system_now(), kHour, 9);
      outbox.mark_sent("sent", "m", kThen + 60, "DATA: 250 ok");
      outbox.mark_failed("failed", "m", kThen + 60, "RCPT: 550 <Hanako@example.jp>: \x1b[2J no");
      outbox.put_back("queued", "m", kThen + 90, "451 wait");
    });
  }
  void expect_refused(const std::string& arguments, std::string_view words) {
    const auto ran = run(arguments);
    EXPECT_EQ(ran.status, 1) << arguments;
    expect_has(ran.error, words);
    EXPECT_EQ(ran.out, "") << arguments;
  }

  std::unique_ptr<Database> database;
};

TEST_F(MailVerbs, RegistrationsAreListedByWhatIsAskedFor) {
  fill();
  const std::string expired =
      "id=r-sent created_at=2023-11-15 07:13:20 JST state=expired "
      "registration_number=契0123456-7-8 email=H***@example.jp mail_state=sent "
      "mail_reply=DATA: 250 ok\n";
  const std::string activated =
      "id=r-failed created_at=2023-11-15 07:14:20 JST state=activated "
      "registration_number=契0123456-7-8 email=H***@example.jp mail_state=failed "
      "mail_reply=RCPT: 550 <***@example.jp>: ?[2J no\n";
  const std::string pending =
      "id=r-queued created_at=2023-11-15 07:15:20 JST state=pending "
      "registration_number=13000001-0-1 email=t***@example.jp mail_state=queued "
      "mail_reply=451 wait\n";
  const std::pair<const char*, std::string> cases[] = {
      {"", pending + activated + expired},
      {"HANAKO@example.jp", activated + expired},
      {"契０１２３４５６７８", activated + expired},
      {"契0123456-7-8 --state expired", expired},
      {"--state pending", pending},
      {"--state activated", activated},
      {"nobody@example.jp", ""},
      {"契9900000-0-0", ""},
  };
  for (const auto& [arguments, expected] : cases) {
    const auto ran = run(std::string("registration list ") + arguments);
    EXPECT_EQ(ran.status, 0) << arguments << ran.error;
    EXPECT_EQ(ran.out, expected) << arguments;
    EXPECT_EQ(ran.error, "") << arguments;
  }
  EXPECT_EQ(run("registration list --json --state expired").out,
            "{\"id\":\"r-sent\",\"created_at\":1700000000,\"state\":\"expired\","
            "\"registration_number\":\"契0123456-7-8\",\"email\":\"H***@example.jp\","
            "\"mail_state\":\"sent\",\"mail_reply\":\"DATA: 250 ok\"}\n");
  const auto full = run("registration list --full --state activated");
  expect_has(full.out, "email=Hanako@example.jp ");
  expect_has(full.out, "550 <Hanako@example.jp>: ?[2J no\n");
}

TEST_F(MailVerbs, MailsAreListedByWhatIsAskedFor) {
  fill();
  const std::string sent =
      "id=sent kind=activation recipient=H***@example.jp state=sent "
      "queued_at=2023-11-15 07:13:20 JST done_at=2023-11-15 07:14:20 JST attempts=1 "
      "last_reply=DATA: 250 ok\n";
  const std::string failed =
      "id=failed kind=activation recipient=H***@example.jp state=failed "
      "queued_at=2023-11-15 07:13:20 JST done_at=2023-11-15 07:14:20 JST attempts=1 "
      "last_reply=RCPT: 550 <***@example.jp>: ?[2J no\n";
  const std::string summary = "all mails: 1 queued, 1 sent, 1 failed; oldest queued: 3 h ago\n";
  const std::pair<const char*, std::string> cases[] = {
      {"hanako@example.jp", sent + failed + summary},
      {"契0123456-7-8", sent + failed + summary},
      {"--state failed", failed + summary},
      {"13000001-0-1 --state sent", summary},
      {"nobody@example.jp", summary},
  };
  for (const auto& [arguments, expected] : cases) {
    const auto ran = run(std::string("mail list ") + arguments);
    EXPECT_EQ(ran.status, 0) << arguments << ran.error;
    EXPECT_EQ(ran.out, expected) << arguments;
    EXPECT_EQ(ran.error, "") << arguments;
  }
  const auto queued = run("mail list 13000001-0-1").out;
  expect_has(queued, "id=queued kind=activation recipient=t***@example.jp state=queued queued_at=");
  expect_has(queued, " JST next_attempt_at=2023-11-15 07:14:50 JST attempts=1 last_reply=451 wait");
  EXPECT_EQ(run("mail list --json --state sent").out,
            "{\"id\":\"sent\",\"kind\":\"activation\",\"recipient\":\"H***@example.jp\","
            "\"state\":\"sent\",\"queued_at\":1700000000,\"next_attempt_at\":null,"
            "\"done_at\":1700000060,\"attempts\":1,\"last_reply\":\"DATA: 250 ok\"}\n");
  const auto json = run("mail list --json --full --state queued").out;
  expect_has(json, "\"recipient\":\"taro@example.jp\"");
  expect_has(json, "\"next_attempt_at\":1700000090,\"done_at\":null,");
}

TEST_F(MailVerbs, AnEmptyOutboxSaysSo) {
  EXPECT_EQ(run("mail list").out, "all mails: 0 queued, 0 sent, 0 failed\n");
  for (const char* verb : {"registration list", "registration list --json", "mail list --json"}) {
    const auto ran = run(verb);
    EXPECT_EQ(ran.status, 0) << verb;
    EXPECT_EQ(ran.out, "") << verb;
  }
}

TEST_F(MailVerbs, WhatIsNeitherAddressNorNumberIsRefused) {
  for (const char* verb : {"registration list ", "mail list "}) {
    for (const char* text : {"hanako", "''", "12", "$(printf '\\203@x.jp')"}) {
      expect_refused(std::string(verb) + text, "neither an address nor a number");
    }
  }
}

TEST_F(MailVerbs, OnlyTheNewestThousandAreListed) {
  on([&](Connection& c) {
    for (int i = 0; i < 1001; ++i) {
      Registrations(c).add(registration(std::to_string(i), kThen + i));
      Outbox(c).add(mail(std::to_string(i), kThen + i));
    }
  });
  for (const char* verb : {"registration list --json", "mail list --json"}) {
    const auto ran = run(verb);
    EXPECT_EQ(ran.status, 0) << verb;
    EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1000) << verb;
    EXPECT_EQ(ran.out.rfind("{\"id\":\"1000\"", 0), 0U) << verb;
    expect_has(ran.error, "only the newest 1000: there may be more");
  }
}

TEST_F(MailVerbs, RetryMakesAFailedOrWaitingMailDueNow) {
  fill();
  const EpochSeconds before = system_now();
  for (const char* id : {"failed", "queued"}) {
    const auto ran = run(std::string("mail retry ") + id);
    EXPECT_EQ(ran.status, 0) << ran.error;
    EXPECT_EQ(ran.out, std::string(id) + ": due now\n");
    on([&](Connection& c) {
      const auto row = Outbox(c).find(id);
      ASSERT_TRUE(row);
      EXPECT_EQ(row->state, "queued");
      EXPECT_GE(row->next_attempt_at, before);
      EXPECT_LE(row->next_attempt_at, system_now());
    });
  }
  on([](Connection& c) { EXPECT_EQ(Outbox(c).lease("m", system_now(), 60, 9).size(), 2U); });
}

TEST_F(MailVerbs, RetryOfWhatIsSentOrUnknownIsRefused) {
  fill();
  expect_refused("mail retry sent", "sent: was sent already");
  expect_refused("mail retry nobody", "nobody: there is no such mail");
  expect_refused("mail retry \"$(printf '\\203')\"", "not UTF-8");
  on([](Connection& c) { EXPECT_EQ(Outbox(c).find("sent")->state, "sent"); });
}

TEST_F(MailVerbs, RetryOfAllThatFailedLeavesTheOthers) {
  expect_refused("mail retry all-failed", "no mail has failed");
  fill();
  const auto ran = run("mail retry all-failed");
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out, "1 mail is due now\n");
  expect_has(run("mail list").out, "all mails: 2 queued, 1 sent, 0 failed");
  on([](Connection& c) { EXPECT_EQ(Outbox(c).find("queued")->next_attempt_at, kThen + 90); });
  expect_refused("mail retry all-failed", "no mail has failed");
}

}  // namespace
}  // namespace portalctl_test
