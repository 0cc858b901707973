// Poco::Net reads header fields and the parts of a multipart, and decodes them. This file works
// around its faults: it writes past its buffer at a boundary of a thousand characters, gives up at
// a long field, needs time that grows with the square of the number of fields, and misses the end
// of an empty part.
#include "core/mail/bounce.h"

#include <Poco/Base64Decoder.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartReader.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/QuotedPrintableDecoder.h>
#include <Poco/RegularExpression.h>
#include <Poco/String.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

#include "core/mail/address.h"

namespace portal::mail {
namespace {

using Poco::Net::MediaType;
using Poco::Net::MessageHeader;

// A report has three parts; one or two of them may have parts of their own.
constexpr int kDeepest = 8;
constexpr int kMostParts = 100;
constexpr int kMostFields = 500;
constexpr std::size_t kMostRecipients = 100;
constexpr std::size_t kLongestBoundary = 200;  // RFC 2046 §5.1.1 allows 70
constexpr std::size_t kLongestDiagnostic = 400;

constexpr std::array<std::string_view, 5> kActions = {"failed", "delayed", "delivered", "relayed",
                                                      "expanded"};
// RFC 3464, RFC 6522; `global`: RFC 6533.
constexpr std::array<std::string_view, 2> kReportTypes = {"message/delivery-status",
                                                          "message/global-delivery-status"};
constexpr std::array<std::string_view, 4> kReturnedTypes = {
    "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"};
// The header fields that name the address to which a mail came: of Postfix, of Exim, and of all.
constexpr std::array kAddressees = {"X-Original-To", "Delivered-To", "Envelope-To", "To"};

std::string with_line_feeds(std::string_view text) {
  return Poco::replace(std::string(text), std::string("\r\n"), std::string("\n"));
}

// Reads the fields up to the empty line. It leaves out what makes Poco give up: a field of more
// than 8 KiB, or a long line without a colon.
MessageHeader read_fields(std::istream& stream) {
  MessageHeader fields;
  fields.setFieldLimit(kMostFields);
  while (stream.good() && fields.size() < kMostFields) {
    try {
      fields.read(stream);
      break;
    } catch (const Poco::Net::MessageException&) {
      std::string rest;
      std::getline(stream, rest);
    }
  }
  return fields;
}

std::string rest_of(std::istream& stream) {
  std::ostringstream text;
  text << stream.rdbuf();  // ends at the first part that cannot be decoded
  return text.str();
}

std::string decoded(const MessageHeader& header, const std::string& body) {
  const std::string encoding =
      Poco::toLower(Poco::trim(header.get("Content-Transfer-Encoding", "")));
  std::istringstream encoded(body);
  if (encoding == "base64") {
    Poco::Base64Decoder decoder(encoded);
    return with_line_feeds(rest_of(decoder));
  }
  if (encoding == "quoted-printable") {
    Poco::Net::QuotedPrintableDecoder decoder(encoded);
    return with_line_feeds(rest_of(decoder));
  }
  return body;
}

bool is_among(const MediaType& type, const auto& types) {
  return std::ranges::find(types, Poco::toLower(type.getType() + "/" + type.getSubType())) !=
         types.end();
}

// Finds the parts of a report, wherever they are in the message.
class Parts {
 public:
  explicit Parts(std::istream& message) : header_(read_fields(message)) {
    visit(header_, rest_of(message), 0);
  }
  const MessageHeader& header() const { return header_; }
  bool has_report() const { return has_report_; }
  const std::string& report() const { return report_; }
  const std::string& returned() const { return returned_; }  // header fields, or the whole mail

 private:
  void visit(const MessageHeader& header, const std::string& body, int depth) {
    const MediaType type(header.get("Content-Type", "text/plain"));
    if (is_among(type, kReportTypes) && !has_report_) {
      has_report_ = true;
      report_ = decoded(header, body);
    } else if (is_among(type, kReturnedTypes) && returned_.empty()) {
      returned_ = decoded(header, body);
    } else if (type.matches("multipart") && depth < kDeepest) {
      visit_parts(type, body, depth + 1);
    }
  }

  void visit_parts(const MediaType& type, const std::string& body, int depth) {
    if (!type.hasParameter("boundary")) return;
    const std::string boundary = type.getParameter("boundary");
    if (boundary.empty() || boundary.size() > kLongestBoundary) return;
    // Adds an empty line before each boundary, because Poco misses a boundary right after a header.
    std::istringstream stream(Poco::replace(body, "\n\n--" + boundary, "\n\n\n--" + boundary));
    Poco::Net::MultipartReader reader(stream, boundary);
    try {
      while (reader.hasNextPart() && parts_++ < kMostParts) {
        MessageHeader header;
        reader.nextPart(header);
        visit(header, rest_of(reader.stream()), depth);
      }
    } catch (const Poco::Net::NetException&) {
      return;  // a boundary or the header of a part is missing: the parts before it count
    }
  }

  MessageHeader header_;
  bool has_report_ = false;
  std::string report_;
  std::string returned_;
  int parts_ = 0;
};

// The groups of fields, which are separated by empty lines: one of the report, then one of each
// recipient (§2.1).
std::vector<MessageHeader> groups_of(const std::string& report) {
  std::istringstream stream(report);
  std::vector<MessageHeader> groups;
  while (stream >> std::ws && !stream.eof() && groups.size() <= kMostRecipients) {
    groups.push_back(read_fields(stream));
  }
  return groups;
}

std::string action_of(const MessageHeader& group) {
  const std::string action = Poco::toLower(group.get("Action", ""));
  const auto* known = std::ranges::find_if(
      kActions, [&](std::string_view name) { return action.starts_with(name); });
  return known == kActions.end() ? "" : std::string(*known);
}

std::string one_line(std::string text) {
  static const Poco::RegularExpression space("[\\s\\x00-\\x1f\\x7f]+");
  space.subst(text, " ", Poco::RegularExpression::RE_GLOBAL);
  Poco::trimInPlace(text);
  if (text.size() <= kLongestDiagnostic) return text;
  const auto continues_character = [&](std::size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  std::size_t size = kLongestDiagnostic;
  while (size > 0 && continues_character(size)) --size;
  return text.substr(0, size);
}

// Removes the type from a field such as `smtp; 550 no such user` (§2.1.2).
std::string without_type(const std::string& field) {
  const auto end = field.find(';');
  return one_line(end == std::string::npos ? field : field.substr(end + 1));
}

std::string status_of(const MessageHeader& group) {
  static const Poco::RegularExpression code("[245]\\.[0-9]{1,3}\\.[0-9]{1,3}");
  std::string status;
  code.extract(group.get("Status", ""), status);
  return status;
}

std::string recipient_of(const MessageHeader& group) {
  std::string address = without_type(group.get("Final-Recipient", ""));
  if (address.empty()) address = without_type(group.get("Original-Recipient", ""));
  std::erase_if(address, [](char c) { return c == '<' || c == '>'; });
  return address;
}

// The ID of a Message-ID such as `<ID@portal.example.jp>`.
std::string id_of(const std::string& message_id) {
  const auto start = message_id.find('<') + 1;  // 0 if there is none
  return Poco::trim(message_id.substr(start, message_id.find('@', start) - start));
}

std::string message_id_of(const Parts& parts) {
  std::istringstream returned(parts.returned());
  returned >> std::ws;
  const std::string id = id_of(read_fields(returned).get("Message-ID", ""));
  // If the report does not contain the mail, it may still answer it.
  return id.empty() ? id_of(parts.header().get("In-Reply-To", "")) : id;
}

// Finds the id although a display name, <> or other addresses may stand around it.
std::string envelope_id_of(const MessageHeader& header, std::string_view bounces) {
  if (bounces.empty()) return "";
  const std::string start = Poco::toLower(bounce_address(bounces, ""));
  const auto plus = start.rfind('@');
  for (const auto* name : kAddressees) {
    const std::string addresses = header.get(name, "");
    const std::string folded = Poco::toLower(addresses);
    const auto found = folded.find(start.substr(0, plus));
    if (found == std::string::npos) continue;
    const auto end = folded.find(start.substr(plus), found);
    if (end != std::string::npos) return addresses.substr(found + plus, end - found - plus);
  }
  return "";
}

}  // namespace

std::variant<Bounce, NoBounce> read_bounce(std::string_view message, std::string_view bounces) {
  std::istringstream stream(with_line_feeds(message.substr(0, kMostOfReport)));
  const Parts parts(stream);
  if (!parts.has_report()) return NoBounce{"no delivery status notification"};
  const auto groups = groups_of(parts.report());
  const MessageHeader* told = nullptr;
  for (const std::string_view action : kActions) {
    const auto group = std::ranges::find(groups, action, action_of);
    if (told == nullptr && group != groups.end()) told = &*group;
  }
  if (told == nullptr) return NoBounce{"the notification tells of no recipient"};
  return Bounce{
      action_of(*told),    status_of(*told),     without_type(told->get("Diagnostic-Code", "")),
      recipient_of(*told), message_id_of(parts), envelope_id_of(parts.header(), bounces)};
}

std::string bounce_address(std::string_view bounces, std::string_view id) {
  const auto at = bounces.rfind('@');
  return std::string(bounces.substr(0, at)).append("+").append(id).append(bounces.substr(at));
}

}  // namespace portal::mail
