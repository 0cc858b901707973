// Reports (RFC 3464) as mail systems write them whole (reports/*.eml), and in whatever way they are
// broken. The other forms of returned mail are in returned_test.cpp.
#include "core/mail/bounce/bounce.h"

#include <Poco/Base64Encoder.h>
#include <Poco/String.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
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

const std::string kAnswer = "In-Reply-To: <answered@portal.example.jp>\n";

std::string first_of(const std::vector<std::string>& ids) {
  return ids.empty() ? "" : ids.front();
}

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
    bool delayed;
    const char* status;
    std::string diagnostic;
  };
  for (const Case& c : std::vector<Case>{
           {"postfix", false, "5.1.1",
            "550 5.1.1 <hanako@clinic.example>: Recipient address rejected: User unknown in "
            "virtual mailbox table"},
           {"postfix_delayed", true, "4.4.1",
            "connect to mx.clinic.example[192.0.2.25]:25: Connection timed out"},
           {"exim", false, "5.2.2", "552 5.2.2 mailbox is full"},
           {"exchange", false, "5.1.10",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient hanako@clinic.example not found "
            "by SMTP address lookup"},
           {"gmail", false, "5.1.1",
            "550-5.1.1 The email account that you tried to reach does not exist. Please try "
            "550-5.1.1 double-checking the recipient's email address for typos or 550-5.1.1 "
            "unnecessary spaces. For more information, go to 550 5.1.1 "
            "https://support.google.com/mail/?p=NoSuchUser q1-20020a17090 - gsmtp"},
           {"sendmail", false, "5.1.1", "550 5.1.1 <hanako@clinic.example>... User unknown"},
           {"opensmtpd", false, "5.0.0", ""}}) {
    // Exchange's own fields may be longer than Poco reads.
    const std::string text =
        Poco::replace(report(c.name), std::string("@LONG@"), std::string(9000, 'x'));
    for (const auto& message : {text, replaced(text, "\n", "\r\n")}) {
      const Bounce bounce = bounce_of(message);
      EXPECT_EQ(bounce.delayed, c.delayed) << c.name;
      EXPECT_EQ(bounce.status, c.status) << c.name;
      EXPECT_EQ(bounce.diagnostic, c.diagnostic) << c.name;
      EXPECT_EQ(bounce.recipient, "hanako@clinic.example") << c.name;
      ASSERT_FALSE(bounce.ids.empty()) << c.name;
      EXPECT_EQ(Poco::icompare(bounce.ids.front(), std::string(kId)), 0) << c.name;
      EXPECT_NE(std::ranges::find(bounce.ids, kId), bounce.ids.end()) << c.name;
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
    const char* id;
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
            multipart({kReport, "Content-Type: message/rfc822\n" + encoded + "base64\n\n****\n"},
                      kAnswer),
            "answered"},
           {"UTF-8 addresses (RFC 6533)",
            multipart({replaced(kReport, "delivery-status", "global-delivery-status"),
                       replaced(kReturned, "text/rfc822-headers", "message/global-headers")}),
            "id"},
           {"no mail, but an answer", multipart({japanese, kReport}, kAnswer), "answered"},
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
    EXPECT_FALSE(bounce.delayed) << c.label;
    EXPECT_EQ(bounce.status, "5.1.1") << c.label;
    EXPECT_EQ(bounce.diagnostic, "550 no such user") << c.label;
    EXPECT_EQ(bounce.recipient, "taro@example.jp") << c.label;
    EXPECT_EQ(first_of(bounce.ids), c.id) << c.label;
  }
}

TEST(Bounce, OfSeveralRecipientsTheFirstThatFailedCounts) {
  const auto group = [](const std::string& who, const std::string& action) {
    return "\nFinal-Recipient: rfc822; " + who + "\nAction: " + action + "\n";
  };
  const std::string head = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n";
  EXPECT_EQ(bounce_of(multipart({head + group("a@x", "delivered") + group("b@x", "failed") +
                                     group("c@x", "failed"),
                                 kReturned}))
                .recipient,
            "b@x");
  EXPECT_TRUE(
      bounce_of(multipart({head + group("a@x", "relayed") + group("b@x", "delayed"), kReturned}))
          .delayed);
  for (const auto* action : {"delivered", "relayed", "expanded"}) {
    EXPECT_EQ(refusal_of(multipart({head + group("a@x", action), kReturned})),
              "it says that the mail arrived");
  }
}

// RFC 3464 asks for Final-Recipient; some mail systems write another field only.
TEST(Bounce, TheRecipientIsTheFirstThatIsNamed) {
  const struct {
    const char* label;
    std::string fields;
    const char* recipient;
  } cases[] = {
      {"final", "Final-Recipient: rfc822; a@x\nOriginal-Recipient: rfc822; b@x\n", "a@x"},
      {"original only", "Original-Recipient: rfc822; b@x\n", "b@x"},
      {"an empty one is none", "Final-Recipient: rfc822;\nOriginal-Recipient: rfc822; b@x\n",
       "b@x"},
      {"actual only", "X-Actual-Recipient: rfc822; c@x\n", "c@x"},
      {"in angle brackets", "Final-Recipient: rfc822; <a@x>\n", "a@x"},
      {"without a type", "Final-Recipient: a@x\n", "a@x"},
      {"none", "", ""},
  };
  for (const auto& c : cases) {
    const auto report = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n" +
                        c.fields + "Action: failed\nStatus: 5.1.1\n";
    EXPECT_EQ(bounce_of(multipart({report, kReturned})).recipient, c.recipient) << c.label;
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
           {"in quotes", "To: \"bounces+ID\"@portal.example.jp\n", "ID"},
           {"folded", "To: \"A very long name\"\n <bounces+ID@portal.example.jp>\n", "ID"},
           {"behind another", "To: x@y\nApparently-To: bounces+ID@portal.example.jp\n", "ID"},
           {"Received",
            "Received: from a by b\n for <bounces+ID@portal.example.jp>; Thu, 26 Nov 2026\n", "ID"},
           {"forwarded", "To: SRS0=x=y=z=bounces+ID@portal.example.jp\n", "ID"},
           {"bare", "To: bounces@portal.example.jp\n", "id"},
           {"another domain", "To: bounces+ID@portal.example.com\n", "id"},
           {"another name", "To: help+ID@portal.example.jp\n", "id"},
           {"a longer name", "To: xbounces+ID@portal.example.jp\n", "id"},
           {"no id", "To: bounces+@portal.example.jp\n", "id"},
           {"a long id", "To: bounces+" + std::string(65, 'x') + "@portal.example.jp\n", "id"},
           {"none", "", "id"}}) {
    EXPECT_EQ(first_of(bounce_of(multipart({kReport, kReturned}, c.header)).ids), c.id) << c.label;
  }
  const auto read = read_bounce(multipart({kReport, kReturned}, "To: +ID@\n"), "");
  EXPECT_EQ(std::get<Bounce>(read).ids, std::vector<std::string>{"id"});
  EXPECT_EQ(bounce_address(kBounces, "ID"), "bounces+ID@portal.example.jp");
}

TEST(Bounce, WhatIsNoReportIsToldApart) {
  const std::string part = "Content-Type: text/plain\n\nI am away until Monday.\n";
  struct Case {
    const char* label;
    std::string message;
    const char* reason;
  };
  constexpr auto kNobody = "no mail system sent it";
  for (const Case& c :
       std::vector<Case>{{"nothing", "", kNobody},
                         {"line ends", "\r\n\r\n", kNobody},
                         {"a person", "From: a@b\nSubject: Re:\n\nHello\n", kNobody},
                         {"a report that a person sends on",
                          multipart({part, "Content-Type: message/rfc822\n\n" + report("postfix")},
                                    "Subject: Fwd: returned\n"),
                          "a person sent it"},
                         {"ends in the header", "From: MAILER-DAEMON@x\nSubj",
                          "it does not say which mail it is about"},
                         {"a report about nobody's mail", multipart({kReport}),
                          "it does not say which mail it is about"}}) {
    EXPECT_EQ(refusal_of(c.message), c.reason) << c.label;
  }
}

TEST(Bounce, DiagnosticIsOneLineOfWholeCharacters) {
  const auto with = [](const std::string& diagnostic) {
    return bounce_of(replaced(multipart({kReport, kReturned}), "550 no such user", diagnostic))
        .diagnostic;
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

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// 1 MiB is read. What needs more than linear time would take minutes for it.
TEST(Bounce, NoMessageIsTooMuch) {
  std::string fields;
  for (int i = 0; i < 200000; ++i) fields += "f" + std::to_string(i) + ":\n";
  const std::string mail = multipart({kReport, kReturned});
  const std::string mebi(8UL * 1024 * 1024, 'x');
  const std::string text = "Content-Type: text/plain\n\n";
  const std::string html = "Content-Type: text/html\n\n";
  const std::string status = "Content-Type: message/delivery-status\n\n";
  const std::string forwarded = "Content-Type: message/rfc822\n\n";
  const auto many_parts = [&](std::size_t count) {
    std::vector<std::string> parts(count, text);
    parts.push_back(kReport);
    parts.push_back(kReturned);
    return multipart(parts);
  };
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
           {"8 MiB of CR", std::string(mebi.size(), '\r'), false},
           {"8 MiB of colons", std::string(mebi.size(), ':'), false},
           {"8 MiB behind the report", mail + mebi, true},
           {"8 MiB before it", mebi + "\n" + mail, false},
           {"a long field before it", "X: " + mebi.substr(0, 500000) + "\n" + mail, true},
           {"a long line before it", mebi.substr(0, 500000) + "\n" + mail, true},
           {"many fields", cut_behind(fields, "f400:\n") + mail, true},
           {"too many fields, but a report", fields.substr(0, 900000) + mail, true},
           {"encoded words", "Subject:" + repeated(" =?a?b?c?=", 50000) + "\n" + mail, true},
           {"words that do not end", "Subject:" + repeated("=?a?b?", 50000) + "\n" + mail, true},
           {"parameters", "Content-Type: x/y" + repeated("; a=\"b", 100000) + "\n\n" + mail, true},
           {"groups", multipart({status + repeated("\nAction: lost\n", 60000), kReturned}), false},
           {"recipients in one group",
            multipart({status + repeated("Final-Recipient: x; a@b\n", 40000), kReturned}), false},
           {"nested a little", kAnswer + nested(7), true},
           {"nested 1000 deep", kAnswer + nested(1000), true},
           {"nested 20000 deep", kAnswer + nested(20000), false},
           {"messages in messages", repeated(forwarded, 30000) + mail, false},
           {"50 parts before it", many_parts(50), true},
           {"30000 parts", many_parts(30000), false},
           {"boundaries of others",
            multipart({text + repeated("--bb\n", 200000), kReport, kReturned}), true},
           {"boundary of 2000",
            replaced(replaced(mail, "--b", "--" + std::string(2000, 'b')), "boundary=b",
                     "boundary=" + std::string(2000, 'b')),
            true},
           {"styles", multipart({html + repeated("<style>", 140000), kReport}, kAnswer), true},
           {"tags", multipart({html + repeated("<", 900000), kReport}, kAnswer), true},
           {"entities", multipart({html + repeated("&", 900000), kReport}, kAnswer), true},
           {"ats", multipart({text + repeated("@", 900000), kReport}, kAnswer), true},
           {"quoted ats", multipart({text + repeated("\"@", 450000), kReport}, kAnswer), true},
           {"addresses", multipart({text + repeated("postmaster@x ", 70000), kReport}, kAnswer),
            true},
           {"replies", multipart({text + repeated("55", 450000), kReport}, kAnswer), true},
           {"statuses", multipart({text + repeated("5.", 450000), kReport}, kAnswer), true},
           {"Message-IDs", multipart({text + repeated("Message-ID: <a@b>\n", 50000), kReport}),
            true},
           {"bounce addresses",
            multipart({text + repeated("bounces+a@portal.", 50000), kReport}, kAnswer), true},
           {"quotes", multipart({text + repeated(">", 900000), kReport}, kAnswer), true},
           {"ISO-2022-JP", multipart({text + repeated("\x1b$B", 300000), kReport}, kAnswer),
            true}}) {
    const std::clock_t start = std::clock();
    EXPECT_EQ(refusal_of(c.message).empty(), c.is_read) << c.label << ": " << refusal_of(c.message);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    EXPECT_LT(seconds, 10.0) << c.label;
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
