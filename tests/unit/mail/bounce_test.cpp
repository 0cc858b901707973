// Reports as mail systems write them (reports/*.eml), and what comes to such an address besides.
#include "core/mail/bounce.h"

#include <Poco/Base64Encoder.h>
#include <Poco/String.h>
#include <gtest/gtest.h>

#include <chrono>
#include <sstream>

#include "support.h"

namespace portal::mail {
namespace {

constexpr auto kBounces = "bounces@portal.example.jp";
constexpr auto kId = "Ab-9_xYzAb-9_xYzAb-9_x";

std::string replaced(const std::string& text, const std::string& from, const std::string& to) {
  EXPECT_NE(text.find(from), std::string::npos) << from;
  return Poco::replace(text, from, to);
}

std::string report(const std::string& name) {
  const std::string text =
      content_of(PORTAL_SOURCE_DIR "/tests/unit/mail/reports/" + name + ".eml");
  EXPECT_FALSE(text.empty()) << name;
  return text;
}

Bounce bounce_of(const std::string& message) {
  const auto read = read_bounce(message, kBounces);
  const auto* bounce = std::get_if<Bounce>(&read);
  EXPECT_NE(bounce, nullptr) << std::get<NoBounce>(read).reason;
  return bounce == nullptr ? Bounce{} : *bounce;
}

std::string refusal_of(const std::string& message) {
  const auto read = read_bounce(message, kBounces);
  const auto* none = std::get_if<NoBounce>(&read);
  return none == nullptr ? "" : none->reason;
}

// A report whose parts are these, with the header before them.
std::string multipart(const std::vector<std::string>& parts, const std::string& header = "") {
  std::string text = header + "Content-Type: multipart/report; boundary=b\n\npreamble\n";
  for (const auto& part : parts) text += "--b\n" + part + "\n";
  return text + "--b--\n";
}

const std::string kReport =
    "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.jp\n\n"
    "Final-Recipient: rfc822; taro@example.jp\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 no such user\n";
const std::string kReturned = "Content-Type: text/rfc822-headers\n\nMessage-ID: <id@example.jp>\n";

std::string cut_behind(const std::string& text, const std::string& words) {
  return text.substr(0, text.find(words) + words.size());
}

std::string base64_of(const std::string& text) {
  std::ostringstream encoded;
  Poco::Base64Encoder encoder(encoded);
  encoder << text;
  encoder.close();
  return encoded.str();
}

TEST(Bounce, IsReadFromTheReportsOfAllUsualMailSystems) {
  struct Case {
    const char* name;
    const char* action;
    const char* status;
    std::string diagnostic;
  };
  for (const Case& c : std::vector<Case>{
           {"postfix", "failed", "5.1.1",
            "550 5.1.1 <hanako@clinic.example>: Recipient address rejected: User unknown in "
            "virtual mailbox table"},
           {"postfix_delayed", "delayed", "4.4.1",
            "connect to mx.clinic.example[192.0.2.25]:25: Connection timed out"},
           {"exim", "failed", "5.0.0", "552 5.2.2 mailbox is full"},
           {"exchange", "failed", "5.1.10",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient hanako@clinic.example not found "
            "by SMTP address lookup"},
           {"gmail", "failed", "5.1.1",
            "550-5.1.1 The email account that you tried to reach does not exist. Please try "
            "550-5.1.1 double-checking the recipient's email address for typos or 550-5.1.1 "
            "unnecessary spaces. For more information, go to 550 5.1.1 "
            "https://support.google.com/mail/?p=NoSuchUser q1-20020a17090 - gsmtp"},
           {"sendmail", "failed", "5.1.1", "550 5.1.1 <hanako@clinic.example>... User unknown"},
           {"opensmtpd", "failed", "5.0.0", ""}}) {
    // Exchange's own fields may be longer than Poco reads.
    const std::string text =
        Poco::replace(report(c.name), std::string("@LONG@"), std::string(9000, 'x'));
    for (const auto& message : {text, replaced(text, "\n", "\r\n")}) {
      const Bounce bounce = bounce_of(message);
      EXPECT_EQ(bounce.action, c.action) << c.name;
      EXPECT_EQ(bounce.status, c.status) << c.name;
      EXPECT_EQ(bounce.diagnostic, c.diagnostic) << c.name;
      EXPECT_EQ(bounce.recipient, "hanako@clinic.example") << c.name;
      EXPECT_EQ(bounce.message_id, kId) << c.name;
      EXPECT_EQ(Poco::icompare(bounce.envelope_id, std::string(kId)), 0) << c.name;
    }
  }
}

TEST(Bounce, PartsMayBeEncodedMissingOrInAnyOrder) {
  const std::string encoded = "Content-Transfer-Encoding: ";
  const std::string status = kReport.substr(kReport.find("\n\n") + 2);
  const std::string japanese =
      "Content-Type: text/plain; charset=UTF-8\n\nメールを配信できませんでした。\n";
  struct Case {
    const char* label;
    std::string message;
    const char* message_id;
  };
  for (const Case& c : std::vector<Case>{
           {"plain", multipart({japanese, kReport, kReturned}), "id"},
           {"other order", multipart({kReturned, kReport, japanese}), "id"},
           {"base64 report",
            multipart({"Content-Type: message/delivery-status\n" + encoded + "base64\n\n" +
                           base64_of(replaced(status, "\n", "\r\n")),
                       kReturned}),
            "id"},
           {"base64 mail",
            multipart({kReport, "Content-Type: message/rfc822\n" + encoded + "BASE64\n\n" +
                                    base64_of("From: x\nMessage-ID: <id@example.jp>\n\nbody")}),
            "id"},
           {"quoted-printable mail",
            multipart({kReport, "Content-Type: message/rfc822\n" + encoded +
                                    "quoted-printable\n\nFrom: x\nMessage-ID: =3Cid@exam=\n"
                                    "ple.jp>\n\n=E3=81=93"}),
            "id"},
           {"broken base64 mail",
            multipart({kReport, "Content-Type: message/rfc822\n" + encoded + "base64\n\n****\n"}),
            ""},
           {"UTF-8 addresses (RFC 6533)",
            multipart({replaced(kReport, "delivery-status", "global-delivery-status"),
                       replaced(kReturned, "text/rfc822-headers", "message/global-headers")}),
            "id"},
           {"no mail", multipart({japanese, kReport}), ""},
           {"no mail, but an answer", multipart({kReport}, "In-Reply-To: <id@example.jp>\n"), "id"},
           {"empty part first", multipart({"Content-Type: text/plain\n", kReport, kReturned}),
            "id"},
           {"part without header", multipart({"\ntext", kReport, kReturned}), "id"},
           {"no end", Poco::replace(multipart({kReport, kReturned}), "--b--\n", ""), "id"},
           {"ends within the mail's header", cut_behind(multipart({kReport, kReturned}), "<id@ex"),
            "id"},
           {"spaces and case",
            replaced(multipart({kReport, kReturned}), "Action: failed", "ACTION:  Failed (gone)"),
            "id"}}) {
    const Bounce bounce = bounce_of(c.message);
    EXPECT_EQ(bounce.action, "failed") << c.label;
    EXPECT_EQ(bounce.status, "5.1.1") << c.label;
    EXPECT_EQ(bounce.diagnostic, "550 no such user") << c.label;
    EXPECT_EQ(bounce.recipient, "taro@example.jp") << c.label;
    EXPECT_EQ(bounce.message_id, c.message_id) << c.label;
  }
}

TEST(Bounce, OfSeveralRecipientsTheFirstThatFailedCounts) {
  const auto group = [](const std::string& who, const std::string& action) {
    return "\nFinal-Recipient: rfc822; " + who + "\nAction: " + action + "\n";
  };
  const std::string head = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n";
  EXPECT_EQ(bounce_of(multipart({head + group("a@x", "delivered") + group("b@x", "failed") +
                                 group("c@x", "failed")}))
                .recipient,
            "b@x");
  EXPECT_EQ(bounce_of(multipart({head + group("a@x", "relayed") + group("b@x", "delayed")})).action,
            "delayed");
  for (const auto* action : {"delivered", "relayed", "expanded"}) {
    EXPECT_EQ(bounce_of(multipart({head + group("a@x", action)})).action, action);
  }
}

TEST(Bounce, IdComesFromTheAddressThatItWasSentTo) {
  struct Case {
    const char* label;
    std::string header;
    const char* id;
  };
  for (const Case& c : std::vector<Case>{
           {"original", "X-Original-To: bounces+ID-1_@portal.example.jp\nTo: x@y\n", "ID-1_"},
           {"delivered", "Delivered-To: bounces+ID@portal.example.jp\n", "ID"},
           {"Exim", "Envelope-To: bounces+ID@portal.example.jp\n", "ID"},
           {"named", "To: \"Portal\" <Bounces+ID@PORTAL.example.jp>\n", "ID"},
           {"among others", "To: a@b, bounces+ID@portal.example.jp, c@d\n", "ID"},
           {"rewritten", "Delivered-To: portal@x\nTo: bounces+ID@portal.example.jp\n", "ID"},
           {"bare", "To: bounces@portal.example.jp\n", ""},
           {"another domain", "To: bounces+ID@portal.example.com\n", ""},
           {"another name", "To: help+ID@portal.example.jp\n", ""},
           {"none", "", ""}}) {
    EXPECT_EQ(bounce_of(multipart({kReport}, c.header)).envelope_id, c.id) << c.label;
  }
  const auto read = read_bounce(multipart({kReport}, "To: +ID@\n"), "");
  EXPECT_EQ(std::get<Bounce>(read).envelope_id, "");
  EXPECT_EQ(bounce_address(kBounces, "ID"), "bounces+ID@portal.example.jp");
}

TEST(Bounce, WhatIsNoReportIsToldApart) {
  const std::string part = "Content-Type: text/plain\n\nI am away until Monday.\n";
  struct Case {
    const char* label;
    std::string message;
    const char* reason;
  };
  constexpr auto kNone = "no delivery status notification";
  constexpr auto kNobody = "the notification tells of no recipient";
  for (const Case& c : std::vector<Case>{
           {"nothing", "", kNone},
           {"line ends", "\r\n\r\n", kNone},
           {"a person", "From: a@b\nSubject: Re:\n\nHello\n", kNone},
           {"absent", "Auto-Submitted: auto-replied\n" + part, kNone},
           {"absent, in parts", multipart({part, part}), kNone},
           {"read receipt",
            multipart({part,
                       "Content-Type: message/disposition-notification\n\n"
                       "Disposition: automatic-action/MDN-sent; displayed\n"}),
            kNone},
           {"a report that a person sends on",
            multipart({part, "Content-Type: message/rfc822\n\n" + report("postfix")}), kNone},
           {"no boundary", "Content-Type: multipart/report\n\n--b\n" + kReport + "\n--b--\n",
            kNone},
           {"empty boundary", "Content-Type: multipart/report; boundary=\"\"\n\n--\n" + kReport,
            kNone},
           {"boundary nowhere", "Content-Type: multipart/report; boundary=c\n\n--b\n" + kReport,
            kNone},
           {"ends in the header", report("postfix").substr(0, 500), kNone},
           {"ends before the recipient",
            report("postfix").substr(0, report("postfix").find("Final-Recipient")), kNobody},
           {"no action", replaced(multipart({kReport}), "Action: failed\n", ""), kNobody},
           {"unknown action", replaced(multipart({kReport}), "failed", "lost"), kNobody},
           {"empty report", multipart({"Content-Type: message/delivery-status\n\n"}), kNobody}}) {
    EXPECT_EQ(refusal_of(c.message), c.reason) << c.label;
  }
}

TEST(Bounce, DiagnosticIsOneLineOfWholeCharacters) {
  const auto with = [](const std::string& diagnostic) {
    return bounce_of(replaced(multipart({kReport}), "550 no such user", diagnostic)).diagnostic;
  };
  EXPECT_EQ(with(" 550\tno \x1b[2J\n  such user"), "550 no [2J such user");
  std::string japanese = "x";
  for (int i = 0; i < 200; ++i) japanese += "届";
  EXPECT_EQ(with(japanese), japanese.substr(0, 400));
  EXPECT_EQ(with("x" + japanese), "x" + japanese.substr(0, 397));
}

// Nested in itself; the report is the innermost part.
std::string nested(int depth) {
  std::string head;
  std::string tail;
  for (int i = 0; i < depth; ++i) {
    const std::string boundary = "b" + std::to_string(i) + "_";
    head += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    tail.insert(0, "\n--" + boundary + "--\n");
  }
  return head + kReport + tail;
}

TEST(Bounce, NoMessageIsTooMuch) {
  std::string many = "Content-Type: message/delivery-status\n\n";
  for (int i = 0; i < 100000; ++i) many += "\nAction: lost\n";
  std::string fields;
  for (int i = 0; i < 200000; ++i) fields += "f" + std::to_string(i) + ":\n";
  std::string words = "Subject:";
  for (int i = 0; i < 100000; ++i) words += " =?a?b?c?=";
  const std::string mail = multipart({kReport, kReturned});
  const std::string part = "Content-Type: text/plain\n\n";
  const std::string mebi(8UL * 1024 * 1024, 'x');
  struct Case {
    const char* label;
    std::string message;
    bool is_read;
  };
  for (const Case& c : std::vector<Case>{
           {"8 MiB", mebi, false},
           {"8 MiB of NUL", std::string(mebi.size(), '\0'), false},
           {"8 MiB of 0xFF", std::string(mebi.size(), '\xff'), false},
           {"8 MiB of line ends", std::string(mebi.size(), '\n'), false},
           {"8 MiB of colons", std::string(mebi.size(), ':'), false},
           {"8 MiB behind the report", mail + mebi, true},
           {"8 MiB before it", mebi + "\n" + mail, false},
           {"a long field before it", "X: " + mebi.substr(0, 500000) + "\n" + mail, true},
           {"a long line before it", mebi.substr(0, 500000) + "\n" + mail, true},
           {"more fields than Poco reads by itself", cut_behind(fields, "f200:\n") + mail, true},
           {"too many fields", fields + mail, false},
           {"encoded words", words + "\n" + mail, true},
           {"many recipients", multipart({many}), false},
           {"nested a little", nested(8), true},
           {"nested 1000 deep", nested(1000), false},
           {"nested 20000 deep", nested(20000), false},
           {"50 parts before it", multipart([&] {
              std::vector<std::string> parts(50, part);
              parts.push_back(kReport);
              return parts;
            }()),
            true},
           {"100000 parts", multipart(std::vector<std::string>(100000, "\n")), false},
           {"boundary of 2000",
            replaced(replaced(mail, "--b", "--" + std::string(2000, 'b')), "boundary=b",
                     "boundary=" + std::string(2000, 'b')),
            false}}) {
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(refusal_of(c.message).empty(), c.is_read) << c.label;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took.count(), 2.0) << c.label;
  }
}

// Whatever is cut off or changed: an answer, never a crash.
TEST(Bounce, EveryMangledReportIsAnswered) {
  for (const auto* name : {"postfix", "gmail", "exchange"}) {
    const std::string text = report(name);
    for (std::size_t size = 0; size < text.size(); size += 7) {
      const auto cut = read_bounce(std::string_view(text).substr(0, size), kBounces);
      EXPECT_FALSE(cut.valueless_by_exception());
      std::string changed = text;
      changed[size] = static_cast<char>(size * 37);
      const auto read = read_bounce(changed, kBounces);
      EXPECT_FALSE(read.valueless_by_exception());
    }
  }
}

}  // namespace
}  // namespace portal::mail
