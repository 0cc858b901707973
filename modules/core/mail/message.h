// A mail message with headers and text (UTF-8), in the form of RFC 5322 and RFC 2045–2047.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace portal::mail {

struct Message {
  std::string from;        // an address without a name
  std::string to;          // an address
  std::string subject;     // UTF-8
  std::string text;        // text/plain, LF line ends
  std::string html;        // the same words as text/html; may be empty
  std::string message_id;  // "<…@…>", stable for one outbox row
  EpochSeconds date = 0;
  // For a mail that its reader has subscribed to: an https URL that ends the subscription by one
  // POST (RFC 8058).
  std::string unsubscribe = {};
  std::string from_name = {};  // UTF-8, shown in place of `from`; empty: none
};

// The whole message in ASCII with CRLF line ends. Lines of the body have at most 76 characters; the
// subject is in encoded words of whole characters. Refused if a header field has a control
// character, or if from or to is not an address.
Result<std::string> encode(const Message& message);

}  // namespace portal::mail
