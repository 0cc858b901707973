// portalctl check: the conversation with the relay, and what it says of each thing that stops it.
#include <algorithm>
#include <csignal>

#include "migrated_portal.h"
#include "support/fake_smtp_server.h"

namespace portalctl_test {
namespace {

using Poco::Net::Context;
using portal::mail::FakeSmtpServer;

constexpr auto kOffer = "250-mail.example.jp\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN";

class CheckMail : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    std::signal(SIGPIPE, SIG_IGN);
    for (const char* host : {"localhost", "elsewhere.example.jp"}) {
      const std::string made =
          "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj "
          "/CN=" +
          std::string(host) + " -addext subjectAltName=DNS:" + host + " -keyout " + file(host) +
          ".key -out " + file(host) + ".crt 2>/dev/null";
      ASSERT_EQ(std::system(made.c_str()), 0);  // NOLINT: a test's own words
    }
    write("password", "secret\n");
    fs::permissions(folder / "password", fs::perms::owner_read);
  }
  Context::Ptr context(const std::string& host) const {
    return new Context(Context::TLS_SERVER_USE, file(host + ".key"), file(host + ".crt"), "",
                       Context::VERIFY_NONE);
  }
  // The line of the probe `mail`.
  std::string check(const FakeSmtpServer& server, const std::string& lines = "",
                    const std::string& arguments = "") const {
    write("smtp.conf", content_of(folder / "portal.conf") +
                           "mail.transport = smtp\nmail.smtp.host = localhost\nmail.smtp.port = " +
                           std::to_string(server.port()) +
                           "\nmail.smtp.ca_file = " + file("localhost.crt") +
                           "\nmail.from = 総合ポータル <no-reply@portal.test>\n" + lines);
    const Ran ran = run("check --stopped --resolver 127.0.0.1:1 " + arguments, "smtp.conf");
    const auto at = ran.out.find("mail: ");
    EXPECT_NE(at, std::string::npos) << ran.out << ran.error;
    if (at < 8) return "";
    const std::string line = ran.out.substr(at - 8, ran.out.find('\n', at) - at + 8);
    EXPECT_TRUE(!line.starts_with("FAULT") || ran.status == 1) << ran.out;
    return line;
  }
};

TEST_F(CheckMail, TheRightRelayIsAskedUpToTheRecipient) {
  const FakeSmtpServer server({{"EHLO", kOffer}}, context("localhost"));
  const std::string line = check(server,
                                 "mail.smtp.security = starttls\nmail.smtp.username = portal\n"
                                 "mail.smtp.password_file = " +
                                     file("password") + "\n");
  EXPECT_EQ(line.substr(0, 3), "ok ") << line;
  expect_has(line, "it takes the password, and no-reply@portal.test as sender and recipient");
  expect_has(line, "its certificate is good for ");
  const auto commands = server.commands();
  EXPECT_NE(std::ranges::find(commands, "MAIL FROM:<no-reply@portal.test>"), commands.end());
  const std::vector<std::string> end(commands.end() - 3, commands.end());
  EXPECT_EQ(end, (std::vector<std::string>{"RCPT TO:<no-reply@portal.test>", "RSET", "QUIT"}));
  EXPECT_TRUE(server.messages().empty());
}

TEST_F(CheckMail, WhatStopsMailsIsSaid) {
  const std::string tls = "mail.smtp.security = starttls\n";
  const std::string login =
      "mail.smtp.username = portal\nmail.smtp.password_file = " + file("password") + "\n";
  const struct {
    FakeSmtpServer::Script script;
    std::string host;  // of the certificate; empty: no TLS
    std::string lines;
    std::string words;
  } cases[] = {
      {{{"greeting", "554 5.7.1 go away"}}, "", "", "greeting: 554 5.7.1 go away"},
      {{}, "", tls, "does not offer STARTTLS"},
      {{{"EHLO", kOffer}},
       "elsewhere.example.jp",
       tls,
       "is for elsewhere.example.jp and not for localhost (hostname mismatch): `openssl s_client"},
      {{{"EHLO", kOffer}, {"AUTH", "535 5.7.8 wrong password"}},
       "localhost",
       tls + login,
       "AUTH: 535 5.7.8 wrong password"},
      {{{"MAIL", "553 5.7.1 not your address"}}, "", "", "MAIL FROM: 553 5.7.1 not your address"},
      {{{"RCPT", "554 5.7.1 Relay access denied"}},
       "",
       "",
       "RCPT TO: 554 5.7.1 Relay access denied: the relay refuses a mail to mail.from itself"},
      {{}, "", login, "a password does not travel in the clear"},
      {{{"greeting", FakeSmtpServer::kSilence}}, "", "", "is the relay running"},
  };
  for (const auto& test : cases) {
    const FakeSmtpServer server(test.script,
                                test.host.empty() ? Context::Ptr() : context(test.host));
    const bool silent =
        test.script.contains("greeting") && test.script.at("greeting") == FakeSmtpServer::kSilence;
    const std::string line = check(server, test.lines, silent ? "--timeout 5" : "");
    EXPECT_EQ(line.substr(0, 6), "FAULT ") << line;
    expect_has(line, test.words);
  }
}

TEST_F(CheckMail, ARelayThatIsAway) {
  unsigned short port = 0;
  {
    const FakeSmtpServer gone({});
    port = gone.port();
  }
  const FakeSmtpServer other({});
  const std::string line = check(other, "mail.smtp.port = " + std::to_string(port) + "\n");
  EXPECT_EQ(line.substr(0, 6), "FAULT ") << line;
  expect_has(line, "Connection refused");
}

}  // namespace
}  // namespace portalctl_test
