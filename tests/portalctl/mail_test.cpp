// portalctl registration list, mail list, mail show and mail status: from rows in the database to
// what is printed.
#include "mail_verbs.h"

namespace portalctl_test {
namespace {

TEST_F(MailVerbs, RegistrationsAreListedByWhatIsAskedFor) {
  fill();
  const std::string expired =
      "id=r-sent created_at=2023-11-15 07:13:20 JST state=expired "
      "registration_number=契0123456-7-8 email=H***@example.jp mail_state=sent "
      "mail_reply=DATA: 250 ok mail_letter=registered\n";
  const std::string activated =
      "id=r-failed created_at=2023-11-15 07:14:20 JST state=activated "
      "registration_number=契0123456-7-8 email=H***@example.jp mail_state=failed "
      "mail_reply=RCPT: 550 <***@example.jp>: <U+001B>[2J no\n";
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
            "\"mail_state\":\"sent\",\"mail_reply\":\"DATA: 250 ok\","
            "\"mail_letter\":\"registered\"}\n");
  const auto full = run("registration list --full --state activated");
  expect_has(full.out, "email=Hanako@example.jp ");
  expect_has(full.out, "550 <Hanako@example.jp>: <U+001B>[2J no\n");
}

TEST_F(MailVerbs, MailsAreListedByWhatIsAskedFor) {
  fill();
  const std::string sent =
      "id=sent kind=activation recipient=H***@example.jp state=sent "
      "queued_at=2023-11-15 07:13:20 JST done_at=2023-11-15 07:14:20 JST attempts=1 "
      "last_reply=DATA: 250 ok letter=registered\n";
  const std::string failed =
      "id=failed kind=activation recipient=H***@example.jp state=failed "
      "queued_at=2023-11-15 07:13:20 JST done_at=2023-11-15 07:14:20 JST attempts=1 "
      "fault=unknown_user last_reply=RCPT: 550 <***@example.jp>: <U+001B>[2J no\n";
  const std::string summary =
      "all mails: 1 queued, 1 sent, 1 failed, 0 bounced, 0 withheld; oldest queued: 3 h ago\n";
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
            "\"done_at\":1700000060,\"attempts\":1,\"fault\":\"\","
            "\"last_reply\":\"DATA: 250 ok\",\"letter\":\"registered\",\"obstacle\":\"\"}\n");
  const auto json = run("mail list --json --full --state queued").out;
  expect_has(json, "\"recipient\":\"taro@example.jp\"");
  expect_has(json, "\"next_attempt_at\":1700000090,\"done_at\":null,");
}

TEST_F(MailVerbs, BouncedAndWithheldOnesAreListedToo) {
  fill();
  on([&](Connection& c) {
    Outbox outbox(c);
    outbox.mark_bounced("sent", kThen + 90, "5.1.1 550 <Hanako@example.jp> unknown");
    outbox.add(mail("withheld", kThen));
    outbox.lease("m", kThen, kHour, 9);
    outbox.mark_withheld("withheld", "m", kThen, "too many");
    outbox.note("withheld", {.letter = "", .obstacle = "address_enough"});
  });
  const auto bounced = run("mail list --state bounced").out;
  expect_has(bounced, "id=sent kind=activation recipient=H***@example.jp state=bounced ");
  expect_has(bounced,
             " fault=unclear last_reply=5.1.1 550 <***@example.jp> unknown letter=registered\n");
  expect_has(bounced, "all mails: 1 queued, 0 sent, 1 failed, 1 bounced, 1 withheld; oldest");
  const auto withheld = run("mail list --state withheld").out;
  EXPECT_EQ(withheld.rfind("id=withheld ", 0), 0U);
  expect_has(withheld, " last_reply=too many obstacle=address_enough\n");
}

TEST_F(MailVerbs, ShowTellsOfEveryAttempt) {
  fill();
  on([&](Connection& c) {
    Outbox(c).mark_bounced("sent", kThen + 120, "5.1.1 550 <Hanako@example.jp>: \x1b[2J unknown",
                           MailFault::kUnknownUser);
    MailAttempts attempts(c);
    attempts.add("2", {"sent", kThen + 60, "delivered", "DATA: 250 ok", "", "registered"});
    attempts.add("1", {"sent", kThen, "try_later", "451 <Hanako@example.jp> wait"});
    attempts.add("3", {"sent", kThen + 120, "bounced", "5.1.1 550 <Hanako@example.jp>: unknown",
                       "unknown_user"});
    attempts.add("4", {"failed", kThen, "refused", "of another mail"});
  });
  const auto ran = run("mail show sent");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out,
             "id: sent\nkind: activation\nrecipient: H***@example.jp\nstate: bounced\n"
             "queued_at: 2023-11-15 07:13:20 JST\nage: ");
  expect_has(ran.out,
             " days\nnext_attempt_at: \ndone_at: 2023-11-15 07:15:20 JST\nattempts: 1\n"
             "registration: r-sent\naccount: \nrequest: \nfault: unknown_user\n"
             "last_reply: 5.1.1 550 <***@example.jp>: <U+001B>[2J unknown\n"
             "letter: registered\nobstacle: \n"
             "at=2023-11-15 07:13:20 JST outcome=try_later reply=451 <***@example.jp> wait\n"
             "at=2023-11-15 07:14:20 JST outcome=delivered reply=DATA: 250 ok "
             "letter=registered\n"
             "at=2023-11-15 07:15:20 JST outcome=bounced fault=unknown_user reply=5.1.1 550 "
             "<***@example.jp>: unknown\n");
  EXPECT_TRUE(ran.out.ends_with("unknown\n")) << ran.out;
  const auto full = run("mail show sent --full").out;
  expect_has(full, "recipient: Hanako@example.jp\n");
  expect_has(full, "reply=451 <Hanako@example.jp> wait\n");
  const auto json = run("mail show sent --json").out;
  EXPECT_EQ(std::count(json.begin(), json.end(), '\n'), 4) << json;
  expect_has(json, "{\"id\":\"sent\",\"kind\":\"activation\",\"recipient\":\"H***@example.jp\",");
  expect_has(json, "\"next_attempt_at\":null,\"done_at\":1700000120,");
  expect_has(json,
             "\n{\"at\":1700000060,\"outcome\":\"delivered\",\"fault\":\"\","
             "\"reply\":\"DATA: 250 ok\",\"letter\":\"registered\",\"obstacle\":\"\"}\n");
  const auto queued = run("mail show queued").out;
  expect_has(queued, "age: 3 h\nnext_attempt_at: 2023-11-15 07:14:50 JST\ndone_at: \n");
  expect_refused("mail show nobody", "there is no such mail");
}

TEST_F(MailVerbs, AnEmptyOutboxSaysSo) {
  EXPECT_EQ(run("mail list").out, "all mails: 0 queued, 0 sent, 0 failed, 0 bounced, 0 withheld\n");
  for (const char* verb : {"registration list", "registration list --json", "mail list --json"}) {
    const auto ran = run(verb);
    EXPECT_EQ(ran.status, 0) << verb;
    EXPECT_EQ(ran.out, "") << verb;
  }
}

TEST_F(MailVerbs, StatusCountsByStateAndTellsTheAge) {
  fill();
  const auto ran = run("mail status --json");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "{\"state\":\"queued\",\"mails\":1,\"oldest\":");
  expect_has(ran.out, "\"oldest_seconds\":1080");  // three hours and a few seconds
  expect_has(ran.out, "\n{\"state\":\"sent\",\"mails\":1,\"oldest\":1700000000,");
  expect_has(ran.out,
             "\n{\"state\":\"bounced\",\"mails\":0,\"oldest\":null,\"oldest_seconds\":0}\n");
  expect_has(run("mail status").out, "state=failed mails=1 oldest=2023-11-15 07:13:20 JST ");
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

}  // namespace
}  // namespace portalctl_test
