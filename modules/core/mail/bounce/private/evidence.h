// What a message tells of a mail that it returns: the report, the text, the copy of the mail.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/mail/bounce/private/forms.h"
#include "core/mail/bounce/private/parts.h"
#include "core/mail/bounce/private/report.h"
#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {

struct Evidence {
  std::optional<Report> report;
  bool by_type = false;          // the report is a part of its own, as RFC 3464 wants it
  Prose text{""};                // what people read, without the copy of the mail
  Reading reading;               // of that text
  std::vector<std::string> ids;  // in the copy of the mail
};

// From the message, or from one within it if a gateway has put the returned mail into a mail of its
// own. `bounces` is mail.bounces.
Evidence evidence_of(const Message& message, std::string_view bounces);

}  // namespace portal::mail::bounce
