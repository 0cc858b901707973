// TLS and AUTH, with certificates made for this test: nothing is sent to a server that is not the
// one that was meant.
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>

#include "core/mail/smtp.h"
#include "support.h"
#include "support/fake_smtp_server.h"

namespace portal::mail {
namespace {

using Kind = Outcome::Kind;
using Poco::Net::Context;

constexpr auto kOffer = "250-mail.example.jp\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN";

class SmtpTlsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::signal(SIGPIPE, SIG_IGN);
    directory_ = std::make_unique<TemporaryDirectory>();
    make_certificate("localhost");
    make_certificate("elsewhere.example.jp");
    std::ofstream(directory_->file("password")) << "pass word\n";
  }
  static void TearDownTestSuite() { directory_.reset(); }

  static void make_certificate(const std::string& host) {
    const std::string path = directory_->file(host);
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
        "-nodes -days 2 -subj /CN=" +
        host + " -addext subjectAltName=DNS:" + host + " -keyout " + path + ".key -out " + path +
        ".crt 2>" + path + ".log";
    ASSERT_EQ(std::system(command.c_str()), 0) << content_of(path + ".log");
  }

  static Context::Ptr server_context(const std::string& host) {
    const std::string path = directory_->file(host);
    return new Context(Context::TLS_SERVER_USE, path + ".key", path + ".crt", "",
                       Context::VERIFY_NONE);
  }

  // As mail.smtp.* says, to `localhost`; trusts only `authority`'s certificate.
  static Settings settings_for(unsigned short port, const std::string& security,
                               const std::string& authority, bool login) {
    Settings settings;
    EXPECT_TRUE(settings.set("mail.transport", "smtp"));
    EXPECT_TRUE(settings.set("mail.smtp.host", "localhost"));
    EXPECT_TRUE(settings.set("mail.smtp.port", std::to_string(port)));
    EXPECT_TRUE(settings.set("mail.smtp.security", security));
    EXPECT_TRUE(settings.set("mail.smtp.ca_file", directory_->file(authority + ".crt")));
    EXPECT_TRUE(settings.set("mail.smtp.username", login ? "portal" : ""));
    EXPECT_TRUE(settings.set("mail.smtp.password_file", directory_->file("password")));
    return settings;
  }
  static Outcome deliver(const FakeSmtpServer& server, const std::string& security,
                         const std::string& authority, bool login = false,
                         std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    auto relay = Smtp::server_of(settings_for(server.port(), security, authority, login));
    if (!relay) return {Kind::kBlocked, relay.error().message};
    relay->longest = patience;
    return Smtp(std::move(*relay)).deliver("no-reply@example.jp", "taro@example.jp", "x\r\n");
  }

  static std::unique_ptr<TemporaryDirectory> directory_;
};

std::unique_ptr<TemporaryDirectory> SmtpTlsTest::directory_;

TEST_F(SmtpTlsTest, TheRightServerGetsTheMail) {
  for (const std::string security : {"starttls", "tls"}) {
    const FakeSmtpServer server({{"EHLO", kOffer}}, server_context("localhost"), security == "tls");
    const Outcome outcome = deliver(server, security, "localhost", true);
    EXPECT_EQ(outcome.kind, Kind::kDelivered) << security << ": " << outcome.reply;
    EXPECT_EQ(server.messages().size(), 1U);
    const auto commands = server.commands();  // \0portal\0pass word
    EXPECT_NE(std::find(commands.begin(), commands.end(), "AUTH PLAIN AHBvcnRhbABwYXNzIHdvcmQ="),
              commands.end());
  }
}

TEST_F(SmtpTlsTest, TheWrongServerGetsNothing) {
  struct Case {
    const char* label;
    std::string certificate, authority, reason;
  };
  for (const Case& c : std::vector<Case>{
           {"unknown authority", "localhost", "elsewhere.example.jp", "self-signed certificate"},
           {"other host's name", "elsewhere.example.jp", "elsewhere.example.jp", "localhost"}}) {
    for (const std::string security : {"starttls", "tls"}) {
      const FakeSmtpServer server({{"EHLO", kOffer}}, server_context(c.certificate),
                                  security == "tls");
      const Outcome outcome = deliver(server, security, c.authority, true);
      EXPECT_EQ(outcome.kind, Kind::kBlocked) << c.label << " " << security << outcome.reply;
      EXPECT_NE(outcome.reply.find(c.reason), std::string::npos) << c.label << outcome.reply;
      for (const std::string& command : server.commands()) {
        EXPECT_TRUE(command.starts_with("EHLO") || command == "STARTTLS") << c.label << command;
      }
    }
  }
}

// RFC 8996. What OpenSSL itself still takes depends on the machine's openssl.cnf.
TEST_F(SmtpTlsTest, NoOlderTlsThan12IsSpoken) {
  for (const std::string security : {"starttls", "tls"}) {
    const auto relay = Smtp::server_of(settings_for(25, security, "localhost", false));
    ASSERT_TRUE(relay) << relay.error().message;
    SSL_CTX* const context = relay->context->sslContext();
    EXPECT_EQ(SSL_CTX_get_min_proto_version(context), TLS1_2_VERSION) << security;
    EXPECT_NE(SSL_CTX_get_verify_mode(context) & SSL_VERIFY_PEER, 0) << security;
    const Context::Ptr old = server_context("localhost");
    SSL_CTX_set_min_proto_version(old->sslContext(), TLS1_1_VERSION);
    SSL_CTX_set_max_proto_version(old->sslContext(), TLS1_1_VERSION);
    SSL_CTX_set_security_level(old->sslContext(), 0);
    const FakeSmtpServer server({{"EHLO", kOffer}}, old, security == "tls");
    const Outcome outcome = deliver(server, security, "localhost", true);
    EXPECT_EQ(outcome.kind, Kind::kBlocked) << security << ": " << outcome.reply;
    EXPECT_TRUE(server.messages().empty()) << security;
  }
}

TEST_F(SmtpTlsTest, WithoutStartTlsNothingIsSent) {
  const std::string in_the_handshake = std::string("220 ok\r\n") + FakeSmtpServer::kHangUp;
  for (const auto& [script, kind] : std::vector<std::pair<FakeSmtpServer::Script, Kind>>{
           {{{"EHLO", "250 mail.example.jp"}}, Kind::kBlocked},
           {{{"EHLO", kOffer}, {"STARTTLS", "502 5.5.1 no"}}, Kind::kBlocked},
           {{{"EHLO", kOffer}, {"STARTTLS", "454 4.7.0 later"}}, Kind::kTryLater},
           {{{"EHLO", kOffer}, {"STARTTLS", FakeSmtpServer::kHangUp}}, Kind::kTryLater},
           {{{"EHLO", kOffer}, {"STARTTLS", in_the_handshake}}, Kind::kTryLater}}) {
    const FakeSmtpServer server(script);
    const Outcome outcome = deliver(server, "starttls", "localhost");
    EXPECT_EQ(outcome.kind, kind) << outcome.reply;
    EXPECT_TRUE(server.messages().empty());
    for (const std::string& command : server.commands()) EXPECT_FALSE(command.starts_with("MAIL"));
  }
}

// Poco reports a handshake that timed out as done, with no certificate seen.
TEST_F(SmtpTlsTest, AStalledHandshakeIsNoTls) {
  const FakeSmtpServer server(FakeSmtpServer::Script{{"EHLO", kOffer}});
  const auto patience = std::chrono::milliseconds(300);
  const Outcome outcome = deliver(server, "starttls", "localhost", true, patience);
  EXPECT_EQ(outcome.kind, Kind::kTryLater) << outcome.reply;
  EXPECT_NE(outcome.reply.find("TLS handshake"), std::string::npos) << outcome.reply;
}

// OpenSSL starts a socket's time limit again for each byte; this record would take a minute.
TEST_F(SmtpTlsTest, AHandshakeThatDripsEndsInTime) {
  const std::string record = std::string("\x16\x03\x03\x3f\xff", 5) + std::string(1200, '\0');
  const FakeSmtpServer server(FakeSmtpServer::Script{
      {"EHLO", kOffer}, {"STARTTLS", FakeSmtpServer::kDrip + std::string("220 ok\r\n") + record}});
  const auto asked = std::chrono::steady_clock::now();
  const Outcome outcome = deliver(server, "starttls", "localhost", true, std::chrono::seconds(2));
  EXPECT_EQ(outcome.kind, Kind::kTryLater) << outcome.reply;
  EXPECT_NE(outcome.reply.find("too slow"), std::string::npos) << outcome.reply;
  EXPECT_LT(std::chrono::steady_clock::now() - asked, std::chrono::seconds(30));
}

TEST_F(SmtpTlsTest, AServerThatKnowsOnlyHeloIsNotUsedWithTlsOrAPassword) {
  const FakeSmtpServer server(
      FakeSmtpServer::Script{{"EHLO", "502 5.5.1 what?"}, {"HELO", "250 mail.example.jp"}});
  const Outcome outcome = deliver(server, "starttls", "localhost");
  EXPECT_EQ(outcome.kind, Kind::kBlocked) << outcome.reply;
  EXPECT_NE(outcome.reply.find("does not offer STARTTLS, because it knows only HELO"),
            std::string::npos)
      << outcome.reply;
  const FakeSmtpServer secured(
      FakeSmtpServer::Script{{"EHLO", "502 5.5.1 what?"}, {"HELO", "250 PLAIN"}},
      server_context("localhost"), true);
  const Outcome no_auth = deliver(secured, "tls", "localhost", true);
  EXPECT_EQ(no_auth.kind, Kind::kBlocked) << no_auth.reply;
  EXPECT_NE(no_auth.reply.find("AUTH PLAIN or LOGIN, because it knows only HELO"),
            std::string::npos)
      << no_auth.reply;
}

TEST_F(SmtpTlsTest, RepliesToAuthBecomeOutcomes) {
  const std::string login_only = "250-mail.example.jp\r\n250-STARTTLS\r\n250 AUTH LOGIN";
  for (const auto& [script, kind] : std::vector<std::pair<FakeSmtpServer::Script, Kind>>{
           {{{"EHLO", kOffer}, {"AUTH", "535 5.7.8 wrong"}}, Kind::kBlocked},
           {{{"EHLO", kOffer}, {"AUTH", "454 4.7.0 later"}}, Kind::kTryLater},
           {{{"EHLO", "250-a\r\n250-STARTTLS\r\n250 AUTH GSSAPI"}}, Kind::kBlocked},
           {{{"EHLO", "250-a\r\n250 STARTTLS"}}, Kind::kBlocked},
           {{{"EHLO", login_only},
             {"AUTH", "334 VXNlcm5hbWU6"},
             {"cG9ydGFs", "334 UGFzc3dvcmQ6"},
             {"cGFzcyB3b3Jk", "235 2.7.0 welcome"}},
            Kind::kDelivered}}) {
    const FakeSmtpServer server(script, server_context("localhost"));
    const Outcome outcome = deliver(server, "starttls", "localhost", true);
    EXPECT_EQ(outcome.kind, kind) << outcome.reply;
  }
}

}  // namespace
}  // namespace portal::mail
