// Delivery status notifications (RFC 3464): what a mail system says about a mail of ours that it
// could not deliver, or not yet. And the address that they come back to, with the mail's id in it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace portal::mail {

// So much of a message is read: a report comes first, and the mail that it returns is ours.
inline constexpr std::size_t kMostOfReport = 1024UL * 1024;

struct Bounce {
  std::string action;      // failed, delayed, delivered, relayed or expanded (§2.3.3)
  std::string status;      // "5.1.1" (RFC 3463); empty: not said
  std::string diagnostic;  // the mail server's words, one line; may be empty, or name addresses
  std::string recipient;   // as the mail system knows it; may be empty
  // What names the mail; both may be empty.
  std::string message_id;   // what stands before @ in its Message-ID
  std::string envelope_id;  // what bounce_address() added; a server may have made it lower case
};

// An absence notice, a letter of a person, a report that nobody can read.
struct NoBounce {
  std::string reason;
};

// `message`: as a mail system hands it over, of any size and from anybody. `bounces`:
// mail.bounces; may be empty. Of several recipients the first that failed counts: a mail of ours
// has one.
std::variant<Bounce, NoBounce> read_bounce(std::string_view message, std::string_view bounces);

// bounces+ID@portal.example.jp. Precondition: valid_address(bounces).
std::string bounce_address(std::string_view bounces, std::string_view id);

}  // namespace portal::mail
