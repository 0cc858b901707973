// What the mailer counts and looks up, and its file.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "core/mail/transport.h"
#include "office.h"
#include "program.h"

namespace portal {
namespace {

namespace fs = std::filesystem;
using Kind = mail::Outcome::Kind;

class MailMetricsTest : public testing::Test {
 protected:
  // `labels`: "outcome=\"delivered\"" or nothing.
  testing::AssertionResult says(const std::string& name, const std::string& labels,
                                const std::string& value) const {
    const std::string text = office.registry.text("mailer", "1");
    const std::string sample = "\n" + name + "{" + labels + (labels.empty() ? "" : ",") +
                               "step=\"mailer\",process=\"1\"} " + value + "\n";
    if (text.find(sample) != std::string::npos) return testing::AssertionSuccess();
    return testing::AssertionFailure() << sample << " is not in\n" << text;
  }
  testing::AssertionResult attempts(const std::string& outcome, const std::string& number) const {
    return says("portal_mail_attempts_total", "outcome=\"" + outcome + "\"", number);
  }
  testing::AssertionResult mails(const std::string& state, const std::string& number) const {
    return says("portal_outbox_mails", "state=\"" + state + "\"", number);
  }

  Office office;
};

TEST_F(MailMetricsTest, AttemptsByOutcomeAndTheDelayOfWhatWasDelivered) {
  EXPECT_TRUE(attempts("blocked", "0"));  // from the start
  office.queue("a", "a@example.jp");
  office.queue("b", "b@example.jp");
  office.queue("c", "c@example.jp");
  office.now += 7;
  office.transport.answer = [](const Sent& sent) {
    if (sent.to == "b@example.jp") return mail::Outcome{Kind::kRefused, "550 no such user"};
    if (sent.to == "c@example.jp") return mail::Outcome{Kind::kTryLater, "451 later"};
    return mail::Outcome{Kind::kDelivered, "250 ok"};
  };
  office.mailer().round(never);
  EXPECT_TRUE(attempts("delivered", "1"));
  EXPECT_TRUE(attempts("refused", "1"));
  EXPECT_TRUE(attempts("try_later", "1"));
  EXPECT_TRUE(says("portal_mail_delivery_delay_seconds_sum", "", "7"));
  EXPECT_TRUE(says("portal_mail_delivery_delay_seconds_count", "", "1"));

  office.transport.answer = [](const Sent&) {
    return mail::Outcome{Kind::kBlocked, "554 relaying denied"};
  };
  office.queue("d", "d@example.jp");
  office.mailer().round(never);
  EXPECT_TRUE(attempts("blocked", "1"));
}

TEST_F(MailMetricsTest, WhetherTheQueueIsPaused) {
  office.queue("a", "a@example.jp");
  office.metrics.look_up(office.database(), office.now);
  EXPECT_TRUE(says("portal_mail_paused", "", "0"));
  office.transport.answer = [](const Sent&) {
    return mail::Outcome{Kind::kBlocked, "554 Email address is not verified"};
  };
  office.mailer().round(never);
  office.metrics.look_up(office.database(), office.now);
  EXPECT_TRUE(says("portal_mail_paused", "", "1"));
}

TEST_F(MailMetricsTest, WhatIsHeldOrWithheldIsAnAttemptToo) {
  office.set("mail.limit.clinic_hour", "1");
  const Office::Cause here = {"契0123456-7-8", "192.0.2.1"};
  office.queue("a", "a@example.jp", "activation", here);
  office.queue("b", "b@example.jp", "activation", here);
  office.mailer().round(never);
  EXPECT_TRUE(attempts("delivered", "1"));
  EXPECT_TRUE(attempts("held", "1"));
}

TEST_F(MailMetricsTest, TheOutboxByStateAndHowLongTheOldestIsDue) {
  office.queue("a", "a@example.jp");
  office.now += 40;
  office.metrics.look_up(office.database(), office.now);
  EXPECT_TRUE(mails("queued", "1"));
  EXPECT_TRUE(mails("failed", "0"));
  EXPECT_TRUE(says("portal_outbox_oldest_due_age_seconds", "", "40"));

  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kRefused, "550 no"}; };
  office.mailer().round(never);
  office.metrics.look_up(office.database(), office.now);
  EXPECT_TRUE(mails("queued", "0"));
  EXPECT_TRUE(mails("failed", "1"));
  EXPECT_TRUE(says("portal_outbox_oldest_due_age_seconds", "", "0"));
}

TEST_F(MailMetricsTest, AMailThatWaitsForItsTimeIsNotDue) {
  office.queue("a", "a@example.jp");
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "451"}; };
  office.mailer().round(never);
  office.now += 5;  // the first delay is 30 s
  office.metrics.look_up(office.database(), office.now);
  EXPECT_TRUE(mails("queued", "1"));
  EXPECT_TRUE(says("portal_outbox_oldest_due_age_seconds", "", "0"));
}

TEST(MailerProgram, KeepsAFileOfItsMetricsWhileItRuns) {
  const Office office;
  const std::string folder = office.directory() + "/metrics";
  fs::create_directory(folder);
  Program program({"--config", configure(office, "metrics.directory = " + folder + "\n")});
  EXPECT_NE(program.next_log_line().find("started"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder + "/portal-mailer-1.prom"));
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait().status, 0);
  EXPECT_TRUE(fs::is_empty(folder));
}

}  // namespace
}  // namespace portal
