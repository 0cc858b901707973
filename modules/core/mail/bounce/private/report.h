// The report of a mail system about what became of a mail (RFC 3464), also one that is a step off
// the standard.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portal::mail::bounce {

// What the mail system did with the mail, or has not done yet.
enum class Action { kFailed, kDelayed, kDelivered };

struct Report {
  Action action = Action::kFailed;
  std::string status;      // "5.1.1" (RFC 3463); may be empty
  std::string diagnostic;  // in one line, without its type; may be empty
  std::string recipient;   // may be empty
};

// Reads the first group of fields that tells of a failure, else of a delay, else of a delivery: a
// mail of ours has one recipient. `text` may have anything before the report, and stand behind `>`.
// Nothing if no group tells of a recipient.
std::optional<Report> read_report(std::string_view text);

// The same for a group that stands where a part's header should be.
class Fields;
std::optional<Report> report_of(const Fields& group);

}  // namespace portal::mail::bounce
