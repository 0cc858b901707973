// portalctl mail retry, mail allow, and the pause that they end.
#include "mail_verbs.h"

namespace portalctl_test {
namespace {

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
  const std::string words = "its owner stopped mail that others can cause until " +
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
