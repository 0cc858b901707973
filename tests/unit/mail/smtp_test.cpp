// The SMTP transport against a server that answers as the case says.
#include "core/mail/smtp.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "support.h"
#include "support/fake_smtp_server.h"

namespace portal::mail {
namespace {

using Kind = Outcome::Kind;
using Commands = std::vector<std::string>;

constexpr auto kFrom = "no-reply@example.jp";
constexpr auto kTo = "taro@example.jp";
constexpr auto kMessage = "Subject: x\r\n\r\nbody\r\n";

class SmtpTest : public testing::Test {
 protected:
  SmtpTest() { std::signal(SIGPIPE, SIG_IGN); }

  static Smtp transport_to(const FakeSmtpServer& server) {
    SmtpServer relay;
    relay.host = "127.0.0.1";
    relay.port = server.port();
    return Smtp(std::move(relay));
  }
};

// After EHLO, whose name is this machine's own.
Commands without_hello(const FakeSmtpServer& server) {
  Commands commands = server.commands();
  std::erase_if(commands, [](const std::string& line) {
    return line.starts_with("EHLO ") || line.starts_with("HELO ");
  });
  return commands;
}

TEST_F(SmtpTest, DeliversABatchThroughOneConnection) {
  FakeSmtpServer server({});
  Smtp smtp = transport_to(server);
  const Outcome outcome = smtp.deliver(kFrom, kTo, kMessage);
  EXPECT_EQ(outcome.kind, Kind::kDelivered);
  EXPECT_EQ(outcome.reply, "250 2.0.0 queued as 4ABC");
  EXPECT_EQ(smtp.deliver(kFrom, "a..b@example.jp", kMessage).kind, Kind::kDelivered);
  smtp.finish();
  EXPECT_EQ(without_hello(server),
            (Commands{"MAIL FROM:<no-reply@example.jp>", "RCPT TO:<taro@example.jp>", "DATA",
                      "RSET", "MAIL FROM:<no-reply@example.jp>", "RCPT TO:<\"a..b\"@example.jp>",
                      "DATA", "QUIT"}));
  EXPECT_EQ(server.messages().front(), "Subject: x\n\nbody\n");
}

TEST_F(SmtpTest, ADotAloneDoesNotEndTheMessage) {
  FakeSmtpServer server({});
  Smtp smtp = transport_to(server);
  ASSERT_EQ(smtp.deliver(kFrom, kTo, "a\r\n.\r\n..b\r\nc").kind, Kind::kDelivered);
  EXPECT_EQ(server.messages().front(), "a\n..\n...b\nc\n");
}

TEST_F(SmtpTest, RepliesBecomeOutcomes) {
  struct Case {
    const char* label;
    FakeSmtpServer::Script script;
    Kind kind;
    const char* reply;  // a part of it
  };
  const std::string hang_up = FakeSmtpServer::kHangUp;
  for (const Case& c : std::vector<Case>{
           {"busy", {{"greeting", "421 4.3.2 busy"}}, Kind::kTryLater, "greeting: 421"},
           {"no service", {{"greeting", "554 5.3.2 no service"}}, Kind::kBlocked, "554"},
           {"no greeting", {{"greeting", hang_up}}, Kind::kTryLater, "127.0.0.1"},
           {"EHLO refused", {{"EHLO", "550 5.7.1 not you"}}, Kind::kBlocked, "EHLO: 550"},
           {"lost within a reply", {{"EHLO", "250-a\r\n" + hang_up}}, Kind::kTryLater, "127.0.0.1"},
           {"no SMTP", {{"EHLO", "<html>"}}, Kind::kTryLater, "no SMTP"},
           {"sender deferred", {{"MAIL", "451 4.3.0 later"}}, Kind::kTryLater, "MAIL FROM: 451"},
           {"sender refused", {{"MAIL", "553 5.7.1 not yours"}}, Kind::kBlocked, "MAIL FROM: 553"},
           {"login needed", {{"MAIL", "530 5.7.0 log in"}}, Kind::kBlocked, "530"},
           {"greylisted", {{"RCPT", "450 4.2.0 greylisted"}}, Kind::kTryLater, "RCPT TO: 450"},
           {"no such user", {{"RCPT", "550 5.1.1 no such user"}}, Kind::kRefused, "RCPT TO: 550"},
           {"relay denied", {{"RCPT", "554 5.7.1 Relay access denied"}}, Kind::kBlocked, "554"},
           {"relaying denied", {{"RCPT", "550 5.7.1 Unable to RELAY"}}, Kind::kBlocked, "550"},
           {"client refused late",
            {{"RCPT", "554 5.7.1 <a[192.0.2.1]>: Client host rejected: Access denied"}},
            Kind::kBlocked,
            "554"},
           {"name refused late",
            {{"RCPT", "504 5.5.2 <a>: Helo command rejected: need fully-qualified hostname"}},
            Kind::kBlocked,
            "504"},
           {"sender refused late",
            {{"RCPT", "553 5.7.1 <n@a>: Sender address rejected: not owned by user portal"}},
            Kind::kBlocked,
            "553"},
           {"login needed late", {{"RCPT", "530 5.7.0 log in"}}, Kind::kBlocked, "530"},
           {"lost at RCPT", {{"RCPT", hang_up}}, Kind::kTryLater, "127.0.0.1"},
           {"DATA deferred", {{"DATA", "452 4.3.1 disk full"}}, Kind::kTryLater, "DATA: 452"},
           {"DATA refused", {{"DATA", "554 5.5.1 none"}}, Kind::kDoubtful, "DATA: 554"},
           {"message deferred", {{"message", "451 4.7.1 scan"}}, Kind::kTryLater, "message: 451"},
           {"message refused", {{"message", "550 5.7.1 spam"}}, Kind::kDoubtful, "message: 550"},
           {"identity",
            {{"message", "554 Message rejected: Email address is not verified."}},
            Kind::kBlocked,
            "message: 554"},
           {"sending limit, for now",
            {{"message", "454 Throttling failure: Daily message quota exceeded."}},
            Kind::kBlocked,
            "454"},
           {"mailbox full", {{"RCPT", "552 5.2.2 over quota"}}, Kind::kTryLater, "RCPT TO: 552"},
           {"no reason", {{"RCPT", "550 no"}}, Kind::kDoubtful, "RCPT TO: 550"},
           {"lost after the message", {{"message", hang_up}}, Kind::kTryLater, "127.0.0.1"},
           {"lines",
            {{"message", "250-2.0.0 ok\r\n250 2.0.0 id\xe3 7"}},
            Kind::kDelivered,
            "250-2.0.0 ok 250 2.0.0 id  7"}}) {
    FakeSmtpServer server(c.script);
    Smtp smtp = transport_to(server);
    const Outcome outcome = smtp.deliver(kFrom, kTo, kMessage);
    EXPECT_EQ(outcome.kind, c.kind) << c.label << ": " << outcome.reply;
    EXPECT_NE(outcome.reply.find(c.reply), std::string::npos) << c.label << ": " << outcome.reply;
  }
}

// Else a stranger's address could stop the mail to everybody.
TEST_F(SmtpTest, WhatARecipientIsCalledIsNoRefusalOfUs) {
  for (const auto& [to, reply] : std::vector<std::pair<const char*, const char*>>{
           {"relay@example.jp",
            "550 5.1.1 <Relay@example.jp>: Recipient address rejected: unknown"},
           {"relay.@example.jp", "550 5.1.1 no such user: \"relay.\"@example.jp"},
           {"a@relay.example.jp", "550 5.1.2 Relay.example.jp has no such user"}}) {
    const FakeSmtpServer server(FakeSmtpServer::Script{{"RCPT", reply}});
    Smtp smtp = transport_to(server);
    const Outcome outcome = smtp.deliver(kFrom, to, kMessage);
    EXPECT_EQ(outcome.kind, Kind::kRefused) << outcome.reply;
  }
}

TEST_F(SmtpTest, AnOutcomeSaysWhoseFaultItIsAndWhen) {
  const auto outcome_of = [](const FakeSmtpServer::Script& script) {
    const FakeSmtpServer server(script);
    return transport_to(server).deliver(kFrom, kTo, kMessage);
  };
  const Outcome full = outcome_of({{"RCPT", "552 no"}});
  EXPECT_EQ(full.fault, MailFault::kMailboxFull);
  EXPECT_EQ(full.stage, Stage::kRecipient);
  const Outcome identity = outcome_of({{"message", "550 5.7.60 no permission to send as"}});
  EXPECT_EQ(identity.fault, MailFault::kOurs);
  EXPECT_EQ(identity.stage, Stage::kMessage);
  const Outcome sender = outcome_of({{"MAIL", "550 no"}});
  EXPECT_EQ(sender.fault, MailFault::kOurs);
  EXPECT_EQ(sender.stage, Stage::kSender);
  const Outcome lost = outcome_of({{"RCPT", FakeSmtpServer::kHangUp}});
  EXPECT_EQ(lost.fault, MailFault::kOurs);
  EXPECT_EQ(outcome_of({}).fault, MailFault::kNone);
}

TEST_F(SmtpTest, AServerThatDoesNotKnowEhloIsGreetedWithHelo) {
  for (const char* reply : {"500 what?", "502 5.5.1 no", "504 5.5.4 no"}) {
    const FakeSmtpServer server({{"EHLO", reply}, {"HELO", "250 mail.example.jp"}});
    Smtp smtp = transport_to(server);
    const Outcome outcome = smtp.deliver(kFrom, kTo, kMessage);
    EXPECT_EQ(outcome.kind, Kind::kDelivered) << reply << ": " << outcome.reply;
    smtp.finish();
    EXPECT_EQ(without_hello(server), (Commands{"MAIL FROM:<no-reply@example.jp>",
                                               "RCPT TO:<taro@example.jp>", "DATA", "QUIT"}));
  }
  const FakeSmtpServer neither({{"EHLO", "502 no"}, {"HELO", "550 go away"}});
  const Outcome outcome = transport_to(neither).deliver(kFrom, kTo, kMessage);
  EXPECT_EQ(outcome.kind, Kind::kBlocked) << outcome.reply;
  EXPECT_NE(outcome.reply.find("HELO: 550"), std::string::npos) << outcome.reply;
}

TEST_F(SmtpTest, AfterARefusalTheSameConnectionServesTheNext) {
  FakeSmtpServer server(FakeSmtpServer::Script{{"RCPT", "550 5.1.1 no such user"}});
  Smtp smtp = transport_to(server);
  ASSERT_EQ(smtp.deliver(kFrom, kTo, kMessage).kind, Kind::kRefused);
  server.set("RCPT", "250 2.1.5 ok");
  EXPECT_EQ(smtp.deliver(kFrom, kTo, kMessage).kind, Kind::kDelivered);
  const Commands commands = server.commands();
  EXPECT_EQ(std::count_if(commands.begin(), commands.end(),
                          [](const std::string& line) { return line.starts_with("EHLO "); }),
            1);
}

TEST_F(SmtpTest, ConnectsAnewWhenTheServerIsDoneWithTheConnection) {
  for (const std::string answer :
       {FakeSmtpServer::kHangUp, "421 4.3.2 shutting down", "503 5.5.1 bad sequence"}) {
    FakeSmtpServer server(FakeSmtpServer::Script{{"RSET", answer}});
    Smtp smtp = transport_to(server);
    ASSERT_EQ(smtp.deliver(kFrom, kTo, kMessage).kind, Kind::kDelivered) << answer;
    EXPECT_EQ(smtp.deliver(kFrom, kTo, kMessage).kind, Kind::kDelivered) << answer;
    EXPECT_EQ(server.messages().size(), 2U) << answer;
    const Commands commands = server.commands();
    const auto reset = std::ranges::find(commands, "RSET");
    ASSERT_NE(reset, commands.end()) << answer;
    ASSERT_NE(std::next(reset), commands.end()) << answer;
    EXPECT_TRUE(std::next(reset)->starts_with("EHLO ")) << answer << ": " << *std::next(reset);
  }
}

TEST_F(SmtpTest, ASilentServerIsLeftInTime) {
  for (const std::string word : {"greeting", "EHLO", "RCPT", "message"}) {
    const FakeSmtpServer server(FakeSmtpServer::Script{{word, FakeSmtpServer::kSilence}});
    SmtpServer relay;
    relay.host = "127.0.0.1";
    relay.port = server.port();
    relay.longest = std::chrono::milliseconds(200);
    EXPECT_EQ(Smtp(std::move(relay)).deliver(kFrom, kTo, kMessage).kind, Kind::kTryLater) << word;
  }
}

// Each command has its time, and a reply that comes byte by byte has no more.
TEST_F(SmtpTest, ACommandHasItsTimeAndTheMessageHasAllOfIt) {
  for (const std::string word : {"greeting", "EHLO", "RCPT", "DATA"}) {
    for (const std::string& reply : {std::string(FakeSmtpServer::kSilence),
                                     FakeSmtpServer::kDrip + std::string("250 no end")}) {
      const FakeSmtpServer server(FakeSmtpServer::Script{{word, reply}});
      SmtpServer relay;
      relay.host = "127.0.0.1";
      relay.port = server.port();
      relay.patience.command = std::chrono::milliseconds(200);
      const auto asked = std::chrono::steady_clock::now();
      const Outcome outcome = Smtp(std::move(relay)).deliver(kFrom, kTo, kMessage);
      EXPECT_EQ(outcome.kind, Kind::kTryLater) << word;
      EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(20)) << word;
    }
  }
  // The same drip in the reply to the message: it is waited for.
  const FakeSmtpServer server(
      FakeSmtpServer::Script{{"message", FakeSmtpServer::kDrip + std::string("250 ok\r\n")}});
  SmtpServer relay;
  relay.host = "127.0.0.1";
  relay.port = server.port();
  relay.patience.command = std::chrono::milliseconds(200);
  const Outcome outcome = Smtp(std::move(relay)).deliver(kFrom, kTo, kMessage);
  EXPECT_EQ(outcome.kind, Kind::kDelivered) << outcome.reply;
}

// 192.0.2.0/24 (RFC 5737) is nobody's: packets to it get lost, or are refused at once.
TEST_F(SmtpTest, ConnectingHasItsTime) {
  SmtpServer relay;
  relay.host = "192.0.2.1";
  relay.patience.connect = std::chrono::milliseconds(200);
  const auto asked = std::chrono::steady_clock::now();
  EXPECT_EQ(Smtp(std::move(relay)).deliver(kFrom, kTo, kMessage).kind, Kind::kTryLater);
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(20));
}

TEST_F(SmtpTest, IntroducesItselfByTheNameOfTheSettings) {
  const FakeSmtpServer server({});
  SmtpServer relay;
  relay.host = "127.0.0.1";
  relay.port = server.port();
  relay.client_name = "www1.portal.example.jp";
  ASSERT_EQ(Smtp(std::move(relay)).deliver(kFrom, kTo, kMessage).kind, Kind::kDelivered);
  EXPECT_EQ(server.commands().front(), "EHLO www1.portal.example.jp");
}

TEST_F(SmtpTest, NobodyListening) {
  unsigned short port = 0;
  {
    const FakeSmtpServer server({});
    port = server.port();
  }
  SmtpServer relay;
  relay.host = "127.0.0.1";
  relay.port = port;
  EXPECT_EQ(Smtp(std::move(relay)).deliver(kFrom, kTo, kMessage).kind, Kind::kTryLater);
}

TEST_F(SmtpTest, SettingsThatCannotWorkAreRefusedAtStart) {
  struct Case {
    const char* label;
    std::vector<std::pair<std::string, std::string>> settings;
    const char* complaint;
  };
  const TemporaryDirectory directory;
  for (const Case& c : std::vector<Case>{
           {"password in the clear",
            {{"mail.smtp.username", "u"}, {"mail.smtp.password_file", "/dev/null"}},
            "mail.smtp.security"},
           {"no password",
            {{"mail.smtp.username", "u"},
             {"mail.smtp.security", "tls"},
             {"mail.smtp.password_file", directory.file("missing")}},
            "mail.smtp.password_file"},
           {"no authorities",
            {{"mail.smtp.security", "starttls"}, {"mail.smtp.ca_file", directory.file("missing")}},
            "mail.smtp.ca_file"},
           {"no name", {{"mail.smtp.client_name", "a b MAIL"}}, "mail.smtp.client_name"}}) {
    Settings settings;
    ASSERT_TRUE(settings.set("mail.transport", "smtp"));
    for (const auto& [name, value] : c.settings) ASSERT_TRUE(settings.set(name, value)) << name;
    const auto transport = make_transport(settings);
    ASSERT_FALSE(transport) << c.label;
    EXPECT_NE(transport.error().message.find(c.complaint), std::string::npos) << c.label;
  }
}

TEST(SmtpSecurity, IsTlsUnlessTheRelayIsThisMachineOrTheSettingsSayNone) {
  using Security = SmtpServer::Security;
  const struct {
    const char* security;  // empty: the default
    const char* host;
    const char* port;
    Security expected;
  } cases[] = {
      {"", "relay.example.jp", "25", Security::kStartTls},
      {"", "relay.example.jp", "587", Security::kStartTls},
      {"", "relay.example.jp", "465", Security::kTls},
      {"", "192.0.2.1", "25", Security::kStartTls},
      {"", "0.0.0.0", "25", Security::kStartTls},
      {"", "localhost.example.jp", "25", Security::kStartTls},
      {"", "localhost", "25", Security::kNone},
      {"", "127.0.0.1", "587", Security::kNone},
      {"", "::1", "25", Security::kNone},
      {"", "localhost", "465", Security::kTls},
      {"auto", "relay.example.jp", "25", Security::kStartTls},
      {"none", "relay.example.jp", "25", Security::kNone},
      {"starttls", "localhost", "25", Security::kStartTls},
      {"tls", "localhost", "25", Security::kTls},
  };
  for (const auto& c : cases) {
    Settings settings;
    const std::string security = c.security;
    ASSERT_TRUE(security.empty() || settings.set("mail.smtp.security", security));
    ASSERT_TRUE(settings.set("mail.smtp.host", c.host));
    ASSERT_TRUE(settings.set("mail.smtp.port", c.port));
    EXPECT_EQ(SmtpServer::security_of(settings), c.expected)
        << c.security << " " << c.host << ":" << c.port;
  }
}

}  // namespace
}  // namespace portal::mail
