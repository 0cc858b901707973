#include "core/mail/bounce/private/report.h"

#include <algorithm>
#include <array>

#include "core/mail/bounce/private/decoding.h"
#include "core/mail/bounce/private/fields.h"
#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {
namespace {

constexpr int kMostGroups = 200;

struct ActionWord {
  std::string_view begins;  // in lower case
  Action action;
};
// RFC 3464 §2.3.3, and what mail systems write in its place.
constexpr std::array<ActionWord, 10> kActions = {{{"fail", Action::kFailed},
                                                  {"expire", Action::kFailed},
                                                  {"undeliver", Action::kFailed},
                                                  {"reject", Action::kFailed},
                                                  {"delay", Action::kDelayed},
                                                  {"deliver", Action::kDelivered},
                                                  {"relay", Action::kDelivered},
                                                  {"expand", Action::kDelivered},
                                                  {"success", Action::kDelivered},
                                                  {"transfer", Action::kDelivered}}};
// A field of any of these begins a report in a text.
constexpr std::array<std::string_view, 4> kBegins = {
    "reporting-mta:", "final-recipient:", "original-recipient:", "arrival-date:"};

// Without the type before the semicolon (RFC 3464 §2.1.2).
std::string without_type(std::string_view value) {
  const auto end = value.find(';');
  return one_line(words_decoded(end == std::string_view::npos ? value : value.substr(end + 1)));
}

std::string recipient_of(const Fields& group) {
  for (const auto* name : {"final-recipient", "original-recipient", "x-actual-recipient"}) {
    const std::string value = without_type(group.get(name));
    if (value.empty()) continue;
    const std::string address = address_in(value);
    return address.empty() ? value : address;
  }
  return "";
}

std::optional<Action> action_of(const Fields& group, const std::string& status) {
  const std::string action = lower(words_decoded(group.get("action")));
  const auto* known = std::ranges::find_if(
      kActions, [&](const ActionWord& word) { return action.starts_with(word.begins); });
  if (known != kActions.end()) return known->action;
  if (status.starts_with('2')) return Action::kDelivered;
  if (!status.empty() || group.has("diagnostic-code")) return Action::kFailed;
  return std::nullopt;
}

// Text behind `>`, as a person or a gateway quotes it, without trailing spaces.
std::string_view unquoted(std::string_view line) {
  while (line.starts_with('>') || line.starts_with(" >")) {
    line.remove_prefix(line.front() == '>' ? 1 : 2);
    if (line.starts_with(' ')) line.remove_prefix(1);
  }
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  return line;
}

bool begins_report(std::string_view line) {
  const std::string start = lower(trimmed(line).substr(0, 20));
  return std::ranges::any_of(kBegins, [&](auto name) { return start.starts_with(name); });
}

// The report within the text, with each field at the beginning of its line. Where a group begins
// without an empty line, one is put before it.
std::string report_within(std::string_view text) {
  std::string report;
  bool has_recipient = false;  // in this group
  std::size_t indent = 0;      // of the whole report
  while (!text.empty()) {
    std::string_view line = unquoted(take_line(text));
    if (report.empty()) {
      if (!begins_report(line)) continue;
      indent = static_cast<std::size_t>(trimmed(line).data() - line.data());
    }
    const auto text_begin = static_cast<std::size_t>(trimmed(line).data() - line.data());
    line.remove_prefix(std::min(indent, line.empty() ? 0 : text_begin));
    const bool recipient = lower(line.substr(0, 16)) == "final-recipient:";
    if (recipient && has_recipient) report += '\n';
    has_recipient = (has_recipient && !line.empty()) || recipient;
    report.append(line).append("\n");
  }
  return report;
}

}  // namespace

std::optional<Report> report_of(const Fields& group) {
  const std::string status = status_in(group.get("status"));
  const auto action = action_of(group, status);
  const std::string recipient = recipient_of(group);
  if (!action || (recipient.empty() && !group.has("action"))) return std::nullopt;
  return Report{*action, status, without_type(group.get("diagnostic-code")), recipient};
}

std::optional<Report> read_report(std::string_view text) {
  const std::string report = report_within(text);
  std::string_view rest = report;
  std::optional<Report> told;
  for (int groups = 0; groups < kMostGroups && !rest.empty(); ++groups) {
    while (rest.starts_with('\n')) rest.remove_prefix(1);
    if (rest.starts_with("--")) break;  // the next part
    const auto group = report_of(take_header(rest).fields);
    if (group && (!told || group->action < told->action)) told = group;
  }
  return told;
}

}  // namespace portal::mail::bounce
