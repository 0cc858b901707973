// Reads delivery status notifications (RFC 3464). With these a mail system reports that it could
// not deliver a mail of ours, or not yet. Also makes the address to which they come back, which
// contains the mail's id.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace portal::mail {

// The number of bytes that are read of a message. This is enough: the report comes first, and the
// mail that follows it is ours.
inline constexpr std::size_t kMostOfReport = 1024UL * 1024;

struct Bounce {
  std::string action;      // failed, delayed, delivered, relayed or expanded (§2.3.3)
  std::string status;      // "5.1.1" (RFC 3463); empty if the report has none
  std::string diagnostic;  // the mail server's words in one line; may be empty or contain addresses
  std::string recipient;   // as the mail system knows it; may be empty
  // These identify the mail. Both may be empty.
  std::string message_id;   // the part of the Message-ID before the @
  std::string envelope_id;  // the id of bounce_address(); a server may have made it lower case
};

// The message is not a report: an absence notice, a person's letter, or a report that cannot be
// read.
struct NoBounce {
  std::string reason;
};

// `message` is what a mail system hands over: it may have any size and come from anybody. `bounces`
// is mail.bounces and may be empty. If the report names several recipients, the first that failed
// counts, because a mail of ours has only one.
std::variant<Bounce, NoBounce> read_bounce(std::string_view message, std::string_view bounces);

// bounces+ID@portal.example.jp. Precondition: valid_address(bounces).
std::string bounce_address(std::string_view bounces, std::string_view id);

}  // namespace portal::mail
