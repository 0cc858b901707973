// portal-mailer --bounce from outside: what becomes of the row, the exit status, the log.
#include <Poco/String.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/outbox.h"
#include "office.h"
#include "program.h"

namespace portal {
namespace {

constexpr auto kId = "Ab-9_xYzAb-9_xYzAb-9_x";
constexpr int kTryAgain = 75;  // EX_TEMPFAIL

// About the mail with that Message-ID; empty: the mail is not returned.
std::string report(const std::string& message_id, const std::string& action = "failed",
                   const std::string& to = "bounces@portal.example.jp") {
  std::string text = "Return-Path: <>\nTo: " + to +
                     "\nContent-Type: multipart/report; boundary=b\n\n"
                     "--b\nContent-Type: text/plain\n\nSorry.\n"
                     "--b\nContent-Type: message/delivery-status\n\n"
                     "Reporting-MTA: dns; mx.example.jp\n\n"
                     "Final-Recipient: rfc822; taro@example.jp\nAction: " +
                     action +
                     "\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 <taro@example.jp>: no such "
                     "user; https://x/activate?token=Sec-ret_1\n";
  if (!message_id.empty()) {
    text += "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" + message_id +
            "@portal.example.jp>\n";
  }
  return text + "--b--\n";
}

// A sample of tests/unit/mail.
std::string returned(const std::string& name) {
  std::ifstream file(PORTAL_SOURCE_DIR "/tests/unit/mail/returned/" + name + ".eml");
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  EXPECT_NE(text, "") << name;
  return text;
}

constexpr auto kReply =
    "5.1.1 550 <taro@example.jp>: no such user; https://x/activate?token=*** (RFC 3464 report)";

class BounceProgram : public testing::Test {
 protected:
  void SetUp() override {
    office.queue(kId, "taro@example.jp");
    config = configure(office, "mail.bounces = bounces@portal.example.jp\n");
  }
  void send() {
    Mailer mailer = office.mailer();
    mailer.round(never);
    ASSERT_EQ(office.row(kId).state, "sent");
  }
  Ended bounce(const std::string& message) {
    return run({"--config", config, "--bounce"}, message);
  }

  OutboxEntry entry(const std::string& id) {
    const auto row = office.database().read(
        [&](Connection& connection) { return Outbox(connection).find(id).value(); });
    return *row;
  }

  // Outcomes and replies of all attempts with the mail, in a line each.
  std::string attempts() {
    const auto all = office.database().read(
        [](Connection& connection) { return MailAttempts(connection).of(kId); });
    std::string lines;
    for (const auto& attempt : *all) lines += attempt.outcome + ": " + attempt.reply + "\n";
    return lines;
  }

  Office office;
  std::string config;
  const std::string delivered = "delivered: 250 2.0.0 queued\n";
};

TEST_F(BounceProgram, MarksTheMailThatTheReportReturns) {
  send();
  const Ended ended = bounce(report(kId));
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(office.row(kId).state, "bounced");
  EXPECT_EQ(office.row(kId).reply, kReply);
  EXPECT_EQ(attempts(), delivered + "bounced: " + kReply + "\n");
  EXPECT_NE(ended.err.find("mail_bounced"), std::string::npos) << ended.err;
  for (const auto* word : {kId, "status=5.1.1", "t***@example.jp", "<***@example.jp>: no such"}) {
    EXPECT_NE(ended.err.find(word), std::string::npos) << word << ": " << ended.err;
  }
  for (const auto* secret : {"taro@", "Sec-ret"}) {
    EXPECT_EQ(ended.err.find(secret), std::string::npos) << secret << ": " << ended.err;
  }
  EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
}

TEST_F(BounceProgram, AFaultOfOursIsShoutedAndIsNotTheReaders) {
  send();
  std::string dmarc = report(kId);
  Poco::replaceInPlace(dmarc, std::string("Status: 5.1.1"), std::string("Status: 5.7.26"));
  Poco::replaceInPlace(dmarc, std::string("no such user"), std::string("unauthenticated mail"));
  const Ended ended = bounce(dmarc);
  EXPECT_NE(ended.err.find(" error mail_bounced "), std::string::npos) << ended.err;
  EXPECT_EQ(office.row(kId).state, "bounced");
  EXPECT_EQ(office.row(kId).fault, "ours");
  EXPECT_FALSE(entry(kId).undeliverable());
}

TEST_F(BounceProgram, MarksTheMailWhoseIdIsInTheAddress) {
  send();
  const std::string lower = "bounces+ab-9_xyzab-9_xyzab-9_x@portal.example.jp";
  EXPECT_EQ(bounce(report("", "failed", lower)).status, 0);
  EXPECT_EQ(office.row(kId).state, "bounced");
}

// Without a report (RFC 3464), and with one that is a step off the standard.
TEST_F(BounceProgram, MarksWhateverAMailSystemReturns) {
  struct Case {
    const char* sample;
    const char* fault;
    const char* reply;
  };
  int number = 0;
  for (const Case& c : std::vector<Case>{
           {"qmail-no-mailbox", "unknown_user",
            "5.1.1 Sorry, no mailbox here by that name. (#5.1.1) (qmail)"},
           {"docomo-unknown", "unknown_user", "550 : User unknown (a mail system)"},
           {"au-over-quota", "mailbox_full", "The user(s) account is temporarily over quota. (au)"},
           {"microsoft365-dmarc", "ours",
            "5.7.509 550 5.7.509 Access denied, sending domain portal.example.jp does not pass "
            "DMARC verification (RFC 3464 report)"},
           {"gateway-no-words", "unclear", "配信エラー (a mail system)"},
           {"odd-action-failure", "unknown_user", "5.1.1 no such user (RFC 3464 report)"},
           {"odd-action-missing", "unknown_user", "5.1.1 connection timed out (RFC 3464 report)"},
           {"odd-part-header", "unknown_user", "5.1.1 550 5.1.1 no such user (RFC 3464 report)"}}) {
    const std::string id = "mail-" + std::to_string(++number);
    office.queue(id, id + "@clinic.example");
    Mailer mailer = office.mailer();
    mailer.round(never);
    const Ended ended = bounce(Poco::replace(returned(c.sample), std::string(kId), id));
    EXPECT_EQ(ended.status, 0) << ended.err;
    EXPECT_EQ(office.row(id).state, "bounced") << c.sample << ": " << ended.err;
    EXPECT_EQ(office.row(id).reply, c.reply) << c.sample;
    EXPECT_EQ(entry(id).fault, c.fault) << c.sample;
    // Whose address must not be called wrong.
    EXPECT_EQ(entry(id).undeliverable(), c.fault != std::string("ours")) << c.sample;
  }
}

TEST_F(BounceProgram, AReportThatComesTwiceChangesNothingMore) {
  send();
  bounce(report(kId));
  const Ended again = bounce(report(kId));
  EXPECT_EQ(again.status, 0);
  EXPECT_NE(again.err.find("reported before"), std::string::npos) << again.err;
  EXPECT_EQ(attempts(), delivered + "bounced: " + kReply + "\n");
}

TEST_F(BounceProgram, ADelayIsOnlyNotedOnce) {
  send();
  for (const auto* word : {"mail_delayed", "reported before"}) {
    const Ended ended = bounce(report(kId, "delayed"));
    EXPECT_EQ(ended.status, 0);
    EXPECT_NE(ended.err.find(word), std::string::npos) << ended.err;
  }
  EXPECT_EQ(office.row(kId).state, "sent");
  EXPECT_EQ(attempts(), delivered + "delayed: " + kReply + "\n");
  bounce(report(kId));
  EXPECT_EQ(office.row(kId).state, "bounced");
}

TEST_F(BounceProgram, WhatIsNotOursIsTakenAndChangesNothing) {
  send();
  struct Case {
    const char* label;
    std::string message;
    const char* reason;
  };
  for (const Case& c : std::vector<Case>{
           {"nothing", "", "no mail system sent it"},
           {"a person", "From: a@b\n\nHello\n", "no mail system sent it"},
           {"8 MiB", std::string(8UL * 1024 * 1024, 'x'), "no mail system sent it"},
           {"absent", returned("no-absence-cybozu"), "absence notice"},
           {"a complaint", returned("no-complaint-arf"), "a complaint"},
           {"another's mail", report("somebody"), "no such mail"},
           {"nobody's mail", report(""), "which mail it is about"},
           {"unknown address", report("", "failed", "bounces+x@portal.example.jp"), "no such mail"},
           {"delivered", report(kId, "delivered"), "the mail arrived"}}) {
    const Ended ended = bounce(c.message);
    EXPECT_EQ(ended.status, 0) << c.label;
    EXPECT_NE(ended.err.find("bounce_ignored"), std::string::npos) << c.label << ended.err;
    EXPECT_NE(ended.err.find(c.reason), std::string::npos) << c.label << ended.err;
    EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << c.label << ended.err;
  }
  EXPECT_EQ(office.row(kId).state, "sent");
  EXPECT_EQ(attempts(), delivered);
}

TEST_F(BounceProgram, AMailThatIsNotYetMarkedAsSentIsAskedForAgain) {
  const Ended early = bounce(report(kId));
  EXPECT_EQ(early.status, kTryAgain);
  EXPECT_NE(early.err.find("bounce_early"), std::string::npos) << early.err;
  EXPECT_EQ(office.row(kId).state, "queued");
  send();
  EXPECT_EQ(bounce(report(kId)).status, 0);
  EXPECT_EQ(office.row(kId).state, "bounced");
}

TEST_F(BounceProgram, OneThatTheServerRefusedStaysSo) {
  office.transport.answer = [](const Sent&) {
    return mail::Outcome{mail::Outcome::Kind::kRefused, "550 no"};
  };
  Mailer mailer = office.mailer();
  mailer.round(never);
  EXPECT_EQ(bounce(report(kId)).status, 0);
  EXPECT_EQ(office.row(kId).state, "failed");
  EXPECT_EQ(office.row(kId).reply, "550 no");
}

// Any other status would make the mail system bounce the bounce.
TEST_F(BounceProgram, WhatIsWrongHereMakesTheMailSystemKeepTheMessage) {
  const auto conf = [&](const std::string& more) { return configure(office, more); };
  const std::vector<std::pair<std::string, const char*>> settings = {
      {"database.connection = /nowhere/portal.db\n", "bounce_not_noted"},
      {"mail.bounces = Portal\n", "mail.bounces"},
      {"mail.bounces = a@" + std::string(60, 'b') + "." + std::string(60, 'c') + "." +
           std::string(60, 'd') + "." + std::string(55, 'e') + "\n",
       "leaves no room"},
      {"mail.from = Portal\n", "mail.from"},
      {"mail.nothing = 1\n", "mail.nothing"}};
  for (const auto& [more, complaint] : settings) {
    const Ended ended = run({"--bounce", "--config", conf(more)}, report(kId));
    EXPECT_EQ(ended.status, kTryAgain) << more << ended.err;
    EXPECT_NE(ended.err.find(complaint), std::string::npos) << more << ended.err;
  }
  EXPECT_EQ(run({"--bounce", "--bonce"}, report(kId)).status, kTryAgain);
  EXPECT_EQ(run({"--bounce", "--config", "/nowhere"}, report(kId)).status, kTryAgain);
}

}  // namespace
}  // namespace portal
