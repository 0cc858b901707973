// What portalctl registration resend promises, by which letter will leave.
#include "verdict.h"

namespace portalctl_test {
namespace {

class ResendTest : public VerdictTest {
 protected:
  Ran resend(const std::string& who) { return run("registration resend " + who); }
  std::int64_t queued() {
    return on([](Connection& c) {
      return c.number("SELECT COUNT(*) FROM outbox WHERE state = 'queued'");
    });
  }
};

TEST_F(ResendTest, SaysWhichLetterLeavesAndWhen) {
  on([&](Connection& c) { add_registration(c, "r", kHanako, kClinic, then); });
  auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(
      ran.out,
      "a mail to h***@example.jp about 契0123456-7-8 is queued; it is the mail with the link. "
      "`portalctl timeline");
  EXPECT_EQ(queued(), 1);

  on([&](Connection& c) { add_account(c, "a", kHanako, kOther); });
  ran = resend(kHanako);
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(
      ran.out,
      "but it is the notice 「すでに登録されています」, without a link, because the address has "
      "the account of 協0123456-7-8 (h***@example.jp, since ");

  on([&](Connection& c) { MailPauses(c).pause(now - 600, now, "554 not verified"); });
  expect_has(resend(kHanako).out, "no mail leaves at the moment, because the relay refuses");
  on([](Connection& c) {
    MailPauses(c).end();
    c.execute("UPDATE outbox SET next_attempt_at = next_attempt_at - 3600");
  });
  expect_has(resend(kHanako).out, "is portal-mailer running?");
  EXPECT_EQ(queued(), 4);
}

TEST_F(ResendTest, QueuesNothingThatWouldNotBeSentAndSaysWhy) {
  on([&](Connection& c) {
    add_registration(c, "r", kHanako, kClinic, then);
    MailAddresses(c).stop(kHanako, then, now + kDay);
  });
  auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error,
             "nothing was queued, because it would not be sent: the address asked for no "
             "more mail until ");
  on([&](Connection& c) {
    MailAddresses(c).resume(kHanako);
    for (int i = 0; i < 3; ++i) {
      MailAddresses(c).add_link(
          {"s" + std::to_string(i), "m" + std::to_string(i), kHanako, "r", now});
    }
  });
  ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "3 such mails were made for this address within an hour");
  on([&](Connection& c) {
    c.execute("DELETE FROM stop_link");
    add_account(c, "a", kTaro, kClinic);
  });
  ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error,
             "no link would work: there is the account of 契0123456-7-8 (t***@example.jp");
  EXPECT_EQ(queued(), 0);
}

TEST_F(ResendTest, IsHeldUpByNoStranger) {
  write("portal.conf", content_of(folder / "portal.conf") + "mail.limit.clinic_hour = 1\n");
  on([&](Connection& c) {
    add_registration(c, "r", kHanako, kClinic, then);
    Throttles throttles(c);
    for (const auto* network : {"192.0.2.1", "192.0.2.2"}) {
      throttles.count(throttle_key(Throttle::kMailOfClinic, kClinic, network), now, {1, kHour});
    }
    for (int i = 0; i < 3; ++i) {
      const std::string id = std::to_string(i);
      MailAddresses(c).add_link({id, id, std::string(kHanako), "", now, "192.0.2.1"});
    }
  });
  const auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out.find("waits"), std::string::npos) << ran.out;
}

TEST_F(ResendTest, OfSeveralTakesTheNewestAndNamesTheOthers) {
  on([&](Connection& c) {
    add_registration(c, "r1", kTaro, kClinic, then - 60);
    add_registration(c, "r2", kHanako, kClinic, then);
  });
  const auto ran = resend(kClinic);
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "a mail to h***@example.jp about ");
  expect_has(ran.out, "other registrations wait, too: 契0123456-7-8 t***@example.jp (");
}

TEST_F(ResendTest, WhenNobodyWaitsSaysWhatHappenedInstead) {
  auto ran = resend(kHanako);
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "no registration waits for its link. Nothing is known");
  on([&](Connection& c) {
    add_registration(c, "r", kHanako, kClinic, then);
    EXPECT_TRUE(Registrations(c).cancel("r", kHanako, then + 60));
  });
  expect_has(resend(kHanako).error, "by 「心当たりがない」 in the mail");
  on([&](Connection& c) { add_account(c, "a", kHanako, kClinic); });
  expect_has(resend(kClinic).error, "Registered: the account exists since ");
  EXPECT_EQ(queued(), 0);
}

}  // namespace
}  // namespace portalctl_test
