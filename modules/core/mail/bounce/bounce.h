// Reads mails that came back: delivery status notifications (RFC 3464), and the other forms in
// which mail systems say that they could not deliver a mail of ours, or not yet. Also makes the
// address to which they come back, which contains the mail's id.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/mail/mail_fault.h"

namespace portal::mail {

// The number of bytes that are read of a message. This is enough: the report comes first, and the
// mail that follows it is ours.
inline constexpr std::size_t kMostOfReport = 1024UL * 1024;

struct Bounce {
  bool delayed = false;  // the mail system goes on trying; else the mail came back
  std::string form;      // what was read: "RFC 3464 report", or the family of the program: "qmail"
  std::string status;    // "5.1.1" (RFC 3463); empty if it is not told
  std::string diagnostic;  // the mail system's words in one line; may be empty or contain addresses
  std::string recipient;   // as the mail system knows it; may be empty
  MailFault fault = MailFault::kUnclear;
  bool final = false;  // the same mail cannot arrive later either (read_refusal())
  // These may identify the mail, the most certain one first: the id of bounce_address(), which a
  // server may have made lower case, and the parts of Message-IDs before the @. At most 40.
  std::vector<std::string> ids;
};

// The message returns no mail of ours: a complaint, a read receipt, an absence notice, a person's
// letter, or the report that a mail arrived.
struct NoBounce {
  std::string reason;
};

// `message` is what a mail system hands over: it may have any size and come from anybody. `bounces`
// is mail.bounces and may be empty. Whatever a mail system sends to bounce_address() is a bounce,
// also if it has no known form, unless it clearly is something else.
std::variant<Bounce, NoBounce> read_bounce(std::string_view message, std::string_view bounces);

// bounces+ID@portal.example.jp. Precondition: valid_address(bounces).
std::string bounce_address(std::string_view bounces, std::string_view id);

}  // namespace portal::mail
