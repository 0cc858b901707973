// Poco::Net::MailMessage writes the structure: header order, multipart boundaries, base64. This
// file works around its faults: the subject (its encodeWord cuts characters in two), MIME-Version
// of a single part, line ends within base64, control characters. The alternative, libcurl's MIME,
// encodes no header field at all, and gives the bytes of a message only while it sends them.
#include "core/mail/message.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeFormatter.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/StringPartSource.h>
#include <Poco/String.h>
#include <Poco/Timestamp.h>

#include <algorithm>
#include <memory>
#include <sstream>

#include "core/mail/address.h"
#include "core/mail/encoded_words.h"

namespace portal::mail {
namespace {

using Poco::Net::MailMessage;

constexpr auto kPlain = "text/plain; charset=UTF-8";
constexpr auto kHtml = "text/html; charset=UTF-8";
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

void add_alternative(MailMessage& mail, std::string_view content, const std::string& type) {
  auto part = std::make_unique<Poco::Net::StringPartSource>(canonical(content), type);
  mail.addContent(part.release(), MailMessage::ENCODING_BASE64);  // the message owns it now
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
  MailMessage mail;
  mail.set(MailMessage::HEADER_DATE, date_field(message.date));
  mail.setSender(written_mailbox({message.from_name, message.from}));
  mail.addRecipient({Poco::Net::MailRecipient::PRIMARY_RECIPIENT, written_address(message.to)});
  mail.setSubject(encoded_words(message.subject, kBytesOfWordBesideName));
  mail.set("Message-ID", message.message_id);
  mail.set("Auto-Submitted", "auto-generated");  // RFC 3834: absence notices do not answer
  mail.set("Content-Language", "ja");
  if (!message.unsubscribe.empty()) {
    mail.set("List-Unsubscribe", "<" + message.unsubscribe + ">");
    mail.set("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
  }
  mail.set("MIME-Version", "1.0");  // with the usual spelling
  if (message.html.empty()) {
    mail.setContentType(std::string(kPlain));
    mail.setContent(canonical(message.text), MailMessage::ENCODING_BASE64);
  } else {
    mail.setContentType(std::string("multipart/alternative"));
    add_alternative(mail, message.text, kPlain);
    add_alternative(mail, message.html, kHtml);
  }
  std::ostringstream encoded;
  mail.write(encoded);
  return encoded.str();
}

}  // namespace portal::mail
