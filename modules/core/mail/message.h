// A mail message: headers and text (UTF-8). Poco::Net builds it (RFC 5322, 2045–2047).
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"

namespace portal::mail {

struct Message {
  std::string from;        // an address, no display name
  std::string to;          // an address
  std::string subject;     // UTF-8
  std::string text;        // text/plain, LF line ends
  std::string html;        // the same words as text/html; may be empty
  std::string message_id;  // "<…@…>", stable for one outbox row
  EpochSeconds date = 0;
  // Of a mail that the reader has subscribed to: an https URL that ends it by one POST (RFC 8058).
  std::string unsubscribe = {};
};

// The whole message in ASCII with CRLF line ends: body lines of at most 76 characters, the subject
// in encoded words of whole characters. Refused: a control character in a header field, or a from
// or to that is no address.
Result<std::string> encode(const Message& message);

}  // namespace portal::mail
