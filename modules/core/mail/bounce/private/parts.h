// The parts of a message (RFC 2046), from anybody and perhaps broken.
//
// The reader is ours. Debian's libraries were weighed: Poco's MultipartReader and GMime give up, or
// give nothing, at what gateways really send (a boundary that is not the announced one, a missing
// empty line, line ends of CR), and VMime is GPL. This one needs time linear in the message for
// each of at most 8 levels, and memory for its size a few times over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/mail/bounce/private/fields.h"

namespace portal::mail::bounce {

struct Part {
  Fields fields;
  std::string type;  // "text/plain", in lower case
  std::string text;  // decoded; UTF-8 if it is text; the header too if it is a message
};

struct Message {
  Fields fields;
  std::string report_type;  // the parameter of multipart/report, in lower case
  std::vector<Part> parts;  // those without parts of their own, in their order; at most 100
};

// `text` has passed with_line_feeds(). The message within a part message/rfc822 is one part: read
// it again with this function.
Message read_message(std::string_view text);

bool is_message(const Part& part);          // message/rfc822 or message/global
bool is_header(const Part& part);           // of a message: text/rfc822-headers and its like
bool is_delivery_status(const Part& part);  // RFC 3464, RFC 6533 (global)

}  // namespace portal::mail::bounce
