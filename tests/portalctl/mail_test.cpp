// portalctl registration list, mail list, mail show, mail retry and mail allow: from rows in the
// database to what is printed.
#include <algorithm>

#include "core/base/japan_time.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

constexpr EpochSeconds kThen = 1'700'000'000;  // 2023-11-15 07:13:20 in Japan
constexpr const char* kNumber = "契0123456-7-8";

class MailVerbs : public MigratedPortal {
 protected:
  static Registration registration(const std::string& id, EpochSeconds created_at) {
    Registration row;
    row.id = id;
    row.draft_id = "draft-" + id;
    row.signup_hash = "signup-" + id;
    row.number = a_number(kNumber);
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
      pending.number = a_number("13000001-0-1");
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
      outbox.note("sent", {.letter = "registered", .obstacle = ""});
      outbox.mark_failed("failed", "m", kThen + 60, "RCPT: 550 <Hanako@example.jp>: \x1b[2J no",
                         MailFault::kUnknownUser);
      outbox.put_back("queued", "m", kThen + 90, "451 wait");
    });
  }
  void expect_refused(const std::string& arguments, std::string_view words) {
    const auto ran = run(arguments);
    EXPECT_EQ(ran.status, 1) << arguments;
    expect_has(ran.error, words);
    EXPECT_EQ(ran.out, "") << arguments;
  }
};

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

TEST_F(MailVerbs, APauseIsShownAndARetryEndsIt) {
  fill();
  const auto pause = [&] {
    on([](Connection& c) {
      MailPauses(c).pause(kThen, kThen + 60, "554 <Hanako@example.jp>: \x1b[2J not verified");
      MailPauses(c).add_refused("queued", kThen);
    });
  };
  EXPECT_TRUE(run("mail status").out.ends_with("\nqueue=open\n"));
  EXPECT_TRUE(run("mail status --json")
                  .out.ends_with("\n{\"queue\":\"open\",\"paused_since\":null,"
                                 "\"next_attempt_at\":null,\"reason\":\"\"}\n"));
  EXPECT_EQ(run("mail list").out.find("paused"), std::string::npos);
  for (const char* which : {"failed", "all-failed", "all-waiting"}) {
    on([](Connection& c) {
      Outbox outbox(c);
      outbox.lease("m", system_now() + 1, kHour, 9);
      outbox.mark_failed("failed", "m", kThen, "550 no");
    });
    pause();
    expect_has(run("mail status").out,
               "queue=paused paused_since=2023-11-15 07:13:20 JST "
               "next_attempt_at=2023-11-15 07:14:20 JST reason=554 <***@example.jp>: ");
    expect_has(run("mail status --json").out,
               "{\"queue\":\"paused\",\"paused_since\":1700000000,"
               "\"next_attempt_at\":1700000060,\"reason\":\"554 <***@example.jp>: ");
    expect_has(run("mail list").out, "\nthe queue is paused since 2023-11-15 07:13:20 JST: 554 ");
    const auto ran = run(std::string("mail retry ") + which);
    EXPECT_EQ(ran.status, 0) << which << ran.error;
    expect_has(ran.out, "; the queue is no longer paused\n");
    on([](Connection& c) { EXPECT_FALSE(MailPauses(c).any()) << "nor the refusals before it"; });
  }
  pause();
  expect_refused("mail retry sent", "was sent already");
  on([](Connection& c) { EXPECT_TRUE(MailPauses(c).find()) << "nothing was retried"; });
}

TEST_F(MailVerbs, RetryOfAllThatWaitMakesThemDue) {
  fill();
  const EpochSeconds before = system_now();
  const auto ran = run("mail retry all-waiting");
  EXPECT_EQ(ran.out, "1 mail is due now\n") << ran.error;
  on([&](Connection& c) {
    EXPECT_GE(Outbox(c).find("queued")->next_attempt_at, before);
    EXPECT_EQ(Outbox(c).find("failed")->state, "failed");
  });
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

TEST_F(MailVerbs, ListSaysThatAnAddressIsStopped) {
  const EpochSeconds until = system_now() + kDay;
  on([&](Connection& c) { MailAddresses(c).stop("hanako@example.jp", system_now(), until); });
  const std::string words = "its owner stopped mail about registrations until " +
                            japan_timestamp(until) +
                            "; `portalctl mail allow` ends that\nall mails: ";
  expect_has(run("mail list Hanako@example.jp").out, "h***@example.jp: " + words);
  expect_has(run("mail list --full Hanako@example.jp").out, "hanako@example.jp: " + words);
  for (const char* other : {"", "taro@example.jp", kNumber, "--json hanako@example.jp"}) {
    EXPECT_EQ(run(std::string("mail list ") + other).out.find("stopped"), std::string::npos);
  }
  on([](Connection& c) { MailAddresses(c).stop("hanako@example.jp", 1, system_now()); });
  EXPECT_EQ(run("mail list hanako@example.jp").out.find("stopped"), std::string::npos) << "over";
}

TEST_F(MailVerbs, AllowEndsAStopAndIsInTheAudit) {
  fill();
  on([](Connection& c) {
    MailAddresses(c).stop("hanako@example.jp", system_now(), system_now() + kDay);
  });
  const auto ran = run("mail allow --yes --reason '電話での依頼' Hanako@example.jp");
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out, "h***@example.jp: mail is allowed again\n");
  on([](Connection& c) {
    EXPECT_EQ(MailAddresses(c).stopped_until("hanako@example.jp"), 0);
    const auto rows = Audit(c).list({});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].event, "mail_allowed");
    EXPECT_EQ(rows[0].account_id, "r-failed") << "the newest registration of the address";
    EXPECT_EQ(rows[0].network, "");
    EXPECT_EQ(rows[0].detail, "電話での依頼");
  });
  expect_refused("mail allow --yes --reason again hanako@example.jp",
                 "h***@example.jp: mail to it is not stopped");
}

TEST_F(MailVerbs, AllowWithoutAReasonOrAnAddressIsRefused) {
  const EpochSeconds until = system_now() + kDay;
  on([&](Connection& c) { MailAddresses(c).stop("hanako@example.jp", 1, until); });
  const std::pair<const char*, std::pair<int, const char*>> cases[] = {
      {"--yes hanako@example.jp", {2, "--reason TEXT is missing"}},
      {"--reason x hanako@example.jp </dev/null", {2, "give --yes"}},
      {"--yes --reason x 契0123456-7-8", {1, "not an address"}},
      {"--yes --reason x hanako", {1, "neither an address nor a number"}},
  };
  for (const auto& [arguments, expected] : cases) {
    const auto ran = run(std::string("mail allow ") + arguments);
    EXPECT_EQ(ran.status, expected.first) << arguments;
    expect_has(ran.error, expected.second);
  }
  on([&](Connection& c) {
    EXPECT_EQ(MailAddresses(c).stopped_until("hanako@example.jp"), until);
    EXPECT_TRUE(Audit(c).list({}).empty());
  });
}

}  // namespace
}  // namespace portalctl_test
