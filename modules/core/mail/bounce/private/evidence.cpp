#include "core/mail/bounce/private/evidence.h"

#include "core/mail/bounce/private/decoding.h"
#include "core/mail/bounce/private/ids.h"
#include "core/mail/bounce/private/not_a_bounce.h"
#include "core/text/text.h"

namespace portal::mail::bounce {
namespace {

constexpr std::size_t kMostOfText = 65536;  // of what a mail system says in its own words
constexpr int kDeepest = 3;                 // messages in messages

// The text parts, else the HTML parts, up to the copy of the mail.
Prose text_of(const Message& message) {
  std::string plain;
  std::string html;
  for (const auto& part : message.parts) {
    if (part.type == "text/plain" && plain.size() < kMostOfText) plain += part.text + "\n";
    if (part.type == "text/html" && html.size() < kMostOfText)
      html += text_of_html(part.text) + "\n";
  }
  const std::string& text = trimmed(plain).empty() ? html : plain;
  Prose whole{std::string(text::cut(text, kMostOfText))};
  const std::string words = whole.text().substr(0, copy_begins(whole));
  return trimmed(words).empty() ? whole : Prose(words);
}

std::optional<Report> report_in_its_part(const Message& message) {
  for (const auto& part : message.parts) {
    if (!is_delivery_status(part)) continue;
    if (auto report = read_report(part.text)) return report;
    if (auto report = report_of(part.fields)) return report;
  }
  return std::nullopt;
}

// In a part of another type, for example within a text.
std::optional<Report> report_elsewhere(const Message& message) {
  for (const auto& part : message.parts) {
    if (is_message(part) || is_header(part)) continue;
    if (auto report = read_report(part.text)) return report;
  }
  return std::nullopt;
}

Evidence evidence_within(const Message& message, std::string_view bounces, int depth) {
  Evidence evidence;
  evidence.report = report_in_its_part(message);
  evidence.by_type = evidence.report.has_value();
  if (!evidence.report) evidence.report = report_elsewhere(message);
  evidence.text = text_of(message);
  evidence.reading = read_by_form(message.fields, evidence.text, bounces);
  evidence.ids = copied_ids_of(message, bounces);
  if (evidence.report || depth == kDeepest) return evidence;
  for (const auto& part : message.parts) {
    if (!is_message(part)) continue;
    const Message inner = read_message(part.text);
    Evidence nested = evidence_within(inner, bounces, depth + 1);
    const bool says_more =
        is_by_mail_system(inner.fields) && nested.reading.certainty > evidence.reading.certainty;
    if (!nested.report && !says_more) continue;
    nested.by_type = false;
    nested.ids.insert(nested.ids.end(), evidence.ids.begin(), evidence.ids.end());
    return nested;
  }
  return evidence;
}

}  // namespace

Evidence evidence_of(const Message& message, std::string_view bounces) {
  return evidence_within(message, bounces, 0);
}

}  // namespace portal::mail::bounce
