#include "core/mail/bounce/bounce.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/mail/bounce/private/decoding.h"
#include "core/mail/bounce/private/forms.h"
#include "core/mail/bounce/private/ids.h"
#include "core/mail/bounce/private/not_a_bounce.h"
#include "core/mail/bounce/private/parts.h"
#include "core/mail/bounce/private/report.h"
#include "core/mail/refusal.h"
#include "core/text/text.h"

namespace portal::mail {
namespace {

using bounce::Action;
using bounce::Message;
using bounce::Prose;
using bounce::Report;
using bounce::Sender;

constexpr std::size_t kMostOfText = 65536;  // of what a mail system says in its own words
constexpr int kDeepest = 3;                 // messages in messages

// What people read: the text parts, else the HTML parts, without the copy of the mail.
Prose text_of(const Message& message) {
  std::string plain;
  std::string html;
  for (const auto& part : message.parts) {
    if (part.type == "text/plain" && plain.size() < kMostOfText) plain += part.text + "\n";
    if (part.type == "text/html" && html.size() < kMostOfText)
      html += bounce::text_of_html(part.text) + "\n";
  }
  const std::string& text = bounce::trimmed(plain).empty() ? html : plain;
  Prose whole{std::string(text::cut(text, kMostOfText))};
  const std::string words = whole.text().substr(0, bounce::copy_begins(whole));
  return bounce::trimmed(words).empty() ? whole : Prose(words);
}

struct Evidence {
  std::optional<Report> report;
  bool by_type = false;  // the report is a part of its own, as RFC 3464 wants it
  bounce::Reading reading;
  Prose text{""};
  std::vector<std::string> ids;  // of the copy
};

std::optional<Report> report_of(const Message& message) {
  for (const auto& part : message.parts) {
    if (!bounce::is_delivery_status(part)) continue;
    if (auto report = bounce::read_report(part.text)) return report;
    if (auto report = bounce::report_of(part.fields)) return report;
  }
  return std::nullopt;
}

// A report of another type, or in a text.
std::optional<Report> misplaced_report_of(const Message& message) {
  for (const auto& part : message.parts) {
    if (bounce::is_message(part) || bounce::is_header(part)) continue;
    if (auto report = bounce::read_report(part.text)) return report;
  }
  return std::nullopt;
}

Evidence evidence_of(const Message& message, std::string_view bounces, int depth) {
  Evidence evidence;
  evidence.report = report_of(message);
  evidence.by_type = evidence.report.has_value();
  if (!evidence.report) evidence.report = misplaced_report_of(message);
  evidence.text = text_of(message);
  evidence.reading = bounce::read_by_form(message.fields, evidence.text, bounces);
  evidence.ids = bounce::copied_ids_of(message, bounces);
  if (evidence.report || depth == kDeepest) return evidence;
  // A gateway may put the whole report into a mail of its own.
  for (const auto& part : message.parts) {
    if (!bounce::is_message(part)) continue;
    const Message inner = bounce::read_message(part.text);
    Evidence nested = evidence_of(inner, bounces, depth + 1);
    const bool says_more = bounce::trimmed(evidence.text.text()).empty() ||
                           bounce::certainty(nested.reading) > bounce::certainty(evidence.reading);
    const bool tells =
        nested.report || (says_more && bounce::sender_of(inner.fields) == Sender::kMailSystem);
    if (!tells) continue;
    nested.by_type = false;
    nested.ids.insert(nested.ids.end(), evidence.ids.begin(), evidence.ids.end());
    return nested;
  }
  return evidence;
}

// Why the message is not believed, or nothing.
std::string_view doubt(const Message& message, const Evidence& evidence) {
  switch (bounce::sender_of(message.fields)) {
    case Sender::kMailSystem:
      return "";
    case Sender::kPerson:
      return evidence.by_type ? "" : "a person sent it";
    case Sender::kUnknown:
      if (evidence.by_type) return "";
      if (evidence.report || !evidence.reading.family.empty())
        return bounce::is_answer_or_forward(message.fields) ? "a person sent it" : "";
      return "no mail system sent it";
  }
  return "";
}

// Why the message returns no mail, or nothing.
std::string_view other_purpose(const Message& message, const Evidence& evidence) {
  const int certainty = bounce::certainty(evidence.reading);
  if (evidence.report)
    return evidence.report->action == Action::kDelivered ? "it says that the mail arrived" : "";
  if (certainty == 2) return "";
  if (bounce::tells_of_delivery(message.fields, evidence.text))
    return "it says that the mail arrived";
  return bounce::automatic_answer(message, evidence.text, certainty == 1);
}

// Sieve rejects a mail by a read receipt (RFC 5429 §2.1.2).
constexpr std::string_view kRejectsByReceipt = "Sieve";

bool is_delay(const Message& message, const Evidence& evidence) {
  if (evidence.report) return evidence.report->action == Action::kDelayed;
  return bounce::tells_of_delay(message.fields, evidence.text);
}

// The reason in the words that tell most: the report's, else the text's around it.
void explain(Bounce& bounce, const Evidence& evidence) {
  const Report report = evidence.report.value_or(Report{});
  bounce.recipient = report.recipient.empty() ? evidence.reading.recipient : report.recipient;
  bounce.diagnostic = report.diagnostic.empty() ? evidence.reading.words : report.diagnostic;
  if (bounce.diagnostic.empty() && !evidence.report) bounce.diagnostic = evidence.reading.opening;
  Refusal refusal;
  for (const std::string_view words :
       {std::string_view(bounce.diagnostic), std::string_view(evidence.reading.words),
        std::string_view(evidence.text.text())}) {
    refusal = read_refusal({Stage::kReport, words, bounce.recipient, report.status});
    if (bounce.status.empty()) bounce.status = refusal.status;
    if (refusal.fault != MailFault::kUnclear) break;
  }
  bounce.fault = refusal.fault;
  bounce.final = refusal.final;
}

}  // namespace

std::variant<Bounce, NoBounce> read_bounce(std::string_view message, std::string_view bounces) {
  const std::string bytes = bounce::with_line_feeds(message.substr(0, kMostOfReport));
  const Message mail = bounce::read_message(bytes);
  const Evidence evidence = evidence_of(mail, bounces, 0);
  if (evidence.reading.family != kRejectsByReceipt) {
    const auto reason = bounce::complaint_or_receipt(mail, evidence.text);
    if (!reason.empty()) return NoBounce{std::string(reason)};
  }
  for (const auto reason : {doubt(mail, evidence), other_purpose(mail, evidence)}) {
    if (!reason.empty()) return NoBounce{std::string(reason)};
  }
  Bounce bounce;
  const std::string envelope_id = bounce::envelope_id_of(mail.fields, bounces);
  if (!envelope_id.empty()) bounce.ids.push_back(envelope_id);
  bounce.ids.insert(bounce.ids.end(), evidence.ids.begin(), evidence.ids.end());
  if (bounce.ids.empty()) return NoBounce{"it does not say which mail it is about"};
  bounce.delayed = is_delay(mail, evidence);
  bounce.form = evidence.report                   ? "RFC 3464 report"
                : evidence.reading.family.empty() ? "unknown form"
                                                  : std::string(evidence.reading.family);
  explain(bounce, evidence);
  return bounce;
}

std::string bounce_address(std::string_view bounces, std::string_view id) {
  const auto at = bounces.rfind('@');
  return std::string(bounces.substr(0, at)).append("+").append(id).append(bounces.substr(at));
}

}  // namespace portal::mail
