// Two forms of a mail are all that the portal sends. They are written here and not by
// Poco::Net::MailMessage, which takes a character at a time for base64 (a quarter of what a mail
// cost) and opens /dev/urandom for each boundary.
#include "core/mail/message.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/String.h>
#include <Poco/Timestamp.h>

#include <algorithm>

#include "core/mail/address.h"
#include "core/mail/base64.h"
#include "core/mail/encoded_words.h"

namespace portal::mail {
namespace {

constexpr std::string_view kPlain = "text/plain; charset=UTF-8";
constexpr std::string_view kHtml = "text/html; charset=UTF-8";
// No line of base64 has an underscore, so none is the boundary (RFC 2046 §5.1.1).
constexpr std::string_view kBoundary = "MIME_boundary_of_alternatives";
constexpr int kJapanStandardTime = 9 * 60 * 60;

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// The date in the form of RFC 5322 §3.3, with the readers' own offset.
std::string date_field(EpochSeconds date) {
  const auto local = Poco::Timestamp::fromEpochTime(date) +
                     Poco::Timestamp::TimeDiff{kJapanStandardTime} * Poco::Timestamp::resolution();
  return Poco::DateTimeFormatter::format(local, Poco::DateTimeFormat::RFC1123_FORMAT,
                                         kJapanStandardTime);
}

// Text must have CRLF line ends before it becomes base64 (RFC 2045 §6.8).
std::string canonical(std::string_view text) {
  return Poco::replace(std::string(text), std::string("\n"), std::string("\r\n"));
}

void add_field(std::string& mail, std::string_view name, std::string_view content) {
  mail.append(name).append(": ").append(content).append("\r\n");
}

// The fields that describe the content, which ends the header, and the content.
void add_content(std::string& mail, std::string_view type, std::string_view content) {
  add_field(mail, "Content-Type", type);
  add_field(mail, "Content-Transfer-Encoding", "base64");
  mail.append("\r\n").append(base64_lines(canonical(content)));
}

void add_alternative(std::string& mail, std::string_view type, std::string_view content) {
  mail.append("--").append(kBoundary).append("\r\n");
  add_content(mail, type, content);
}

Result<Done> check(const Message& message) {
  for (const auto& field : {message.from, message.from_name, message.to, message.subject,
                            message.message_id, message.unsubscribe}) {
    if (has_control(field)) return refused("a header field of the mail has a control character");
  }
  if (!valid_address(message.from)) return refused("mail.from is no mail address");
  if (!valid_address(message.to)) return refused("the recipient is no mail address");
  return Done{};
}

}  // namespace

Result<std::string> encode(const Message& message) {
  if (const auto done = check(message); !done) return done.error();
  std::string mail;
  add_field(mail, "Date", date_field(message.date));
  add_field(mail, "From", written_mailbox({message.from_name, message.from}));
  add_field(mail, "To", "<" + written_address(message.to) + ">");
  add_field(mail, "Subject", encoded_words(message.subject, kBytesOfWordBesideName));
  add_field(mail, "Message-ID", message.message_id);
  add_field(mail, "Auto-Submitted", "auto-generated");  // RFC 3834: absence notices do not answer
  add_field(mail, "Content-Language", "ja");
  if (!message.unsubscribe.empty()) {
    add_field(mail, "List-Unsubscribe", "<" + message.unsubscribe + ">");
    add_field(mail, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  add_field(mail, "MIME-Version", "1.0");
  if (message.html.empty()) {
    add_content(mail, kPlain, message.text);
    return mail;
  }
  add_field(mail, "Content-Type", "multipart/alternative; boundary=" + std::string(kBoundary));
  mail.append("\r\n");
  add_alternative(mail, kPlain, message.text);
  add_alternative(mail, kHtml, message.html);
  mail.append("--").append(kBoundary).append("--\r\n");
  return mail;
}

}  // namespace portal::mail
