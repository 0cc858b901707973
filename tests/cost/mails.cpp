// Mails that came back, and what mail systems and resolvers answer.
#include <arpa/nameser.h>

#include <array>
#include <span>
#include <string>

#include "core/mail/address.h"
#include "core/mail/bounce/bounce.h"
#include "core/mail/refusal.h"
#include "core/probe/dns.h"
#include "readers.h"

namespace portal::cost {
namespace {

constexpr auto kBounces = "bounces@portal.example.jp";

void read_mail(const std::string& mail) {
  mail::read_bounce(mail, kBounces);
}

void read_reply(const std::string& reply) {
  mail::read_refusal({mail::Stage::kMessage, reply, "a@example.jp"});
}

void read_mailbox(const std::string& text) {
  mail::parse_mailbox(text);
}

void read_answer(const std::string& answer) {
  const auto* const bytes = reinterpret_cast<const unsigned char*>(answer.data());
  [[maybe_unused]] const auto records = records_of(std::span(bytes, answer.size()), ns_t_txt);
}

// An answer of so many TXT records, each with the question's name.
std::string dns_answer(std::size_t bytes) {
  using namespace std::string_literals;
  const std::string record = "\xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x00\x00\x05\x04text"s;
  const std::string question =
      "\x01"
      "a\x00\x00\x10\x00\x01"s;
  const auto count = bytes / record.size();
  std::string answer = "\x00\x01\x81\x80\x00\x01"s;
  answer += static_cast<char>(count >> 8U);
  answer += static_cast<char>(count & 0xffU);
  answer += "\x00\x00\x00\x00"s + question;
  for (std::size_t i = 0; i < count; ++i) answer += record;
  return answer;
}

const std::string kFrom = "From: MAILER-DAEMON@example.jp\nReturn-Path: <>\n";
const std::string kReport =
    kFrom + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n";
const std::string kStatus = kReport + "--b\nContent-Type: message/delivery-status\n\n";

}  // namespace

std::vector<Case> of_mails() {
  std::vector<Case> cases;
  const auto add = [&](const char* reader, void (*read)(const std::string&)) {
    return [&cases, reader, read](const char* shape, auto input) {
      cases.push_back({reader, shape, input, read});
    };
  };
  const auto mail = add("mail", read_mail);
  mail("header fields", repeated("X-A: b\n", kFrom));
  mail("a folded field", repeated(" a\n", kFrom + "Subject:"));
  mail("encoded words", repeated("=?UTF-8?B?44GC?= ", kFrom + "Subject: "));
  mail("half an encoded word", repeated("=?", kFrom + "Subject: "));
  mail("carriage returns", repeated("\r", kFrom + "\n"));
  mail("empty lines", repeated("\n", kFrom + "\n"));
  mail("spaces", repeated(" ", kFrom + "\n"));
  mail("one line", repeated("a", kFrom + "\n"));
  mail("addresses", repeated("a@b.jp ", kFrom + "\n"));
  mail("at signs", repeated("@", kFrom + "\n"));
  mail("replies", repeated("550 5.1.1 ", kFrom + "\n"));
  mail("ids of ours", repeated("bounces+a@x ", kFrom + "\n"));
  mail("fields Message-ID", repeated("Message-ID: <a>\n", kFrom + "\n"));
  mail("quoted lines", repeated("> ", kFrom + "\n"));
  mail("boundaries", repeated("--b\n", kReport));
  mail("parts", repeated("--b\nContent-Type: text/plain\n\na\n", kReport));
  mail("parts of HTML", repeated("--b\nContent-Type: text/html\n\n<p>a\n", kReport));
  mail("boundaries that are longer", repeated("--bb\n", kReport));
  mail("messages in messages", repeated("--b\nContent-Type: message/rfc822\n\n", kReport));
  mail("multiparts in multiparts",
       repeated("--b\nContent-Type: multipart/mixed; boundary=b\n\n", kReport));
  mail("groups of a report", repeated("Final-Recipient: rfc822; a@b.jp\n\n", kStatus));
  mail("fields of a report", repeated("Action: failed\n", kStatus));
  mail("reports",
       repeated("--b\nContent-Type: message/delivery-status\n\nAction: failed\n\n", kReport));
  mail("parameters", repeated(" a=b;", kFrom + "Content-Type: text/plain;"));
  mail("quotes in parameters", repeated("\"", kFrom + "Content-Type: text/plain; a="));
  mail("tags", repeated("<a", kFrom + "Content-Type: text/html\n\n"));
  mail("tags that hide", repeated("<style>", kFrom + "Content-Type: text/html\n\n"));
  mail("entities", repeated("&", kFrom + "Content-Type: text/html\n\n"));
  mail("quoted-printable",
       repeated("=", kFrom + "Content-Transfer-Encoding: quoted-printable\n\n"));
  mail("base64", repeated("AAAA", kFrom + "Content-Transfer-Encoding: base64\n\n"));
  mail("JIS",
       repeated("\x1b$B$\"\x1b(B", kFrom + "Content-Type: text/plain; charset=iso-2022-jp\n\n"));
  mail("bytes that are no text",
       repeated("\xFF", kFrom + "Content-Type: text/plain; charset=utf-8\n\n"));

  const auto reply = add("SMTP reply", read_reply);
  reply("a long word", repeated("a", "550 "));
  reply("at signs", repeated("a@", "550 "));
  reply("codes", repeated("550-5.1.1 ", "550 "));
  reply("spaces", repeated(" ", "550 "));
  reply("dots", repeated("5.", "550 "));

  const auto mailbox = add("mailbox", read_mailbox);
  mailbox("a long name", repeated("a", "", " <a@b.jp>"));
  mailbox("quotes", repeated("\"", "", " <a@b.jp>"));
  mailbox("brackets", repeated("<", "", ">"));

  add("DNS answer", read_answer)("records", dns_answer);
  return cases;
}

}  // namespace portal::cost
