#include "core/mail/bounce/bounce.h"

#include "core/mail/bounce/private/decoding.h"
#include "core/mail/bounce/private/evidence.h"
#include "core/mail/bounce/private/ids.h"
#include "core/mail/bounce/private/not_a_bounce.h"
#include "core/mail/refusal.h"

namespace portal::mail {
namespace {

using bounce::Action;
using bounce::Certainty;
using bounce::Evidence;
using bounce::Message;
using bounce::Report;
using bounce::Sender;

constexpr std::string_view kArrived = "it says that the mail arrived";
constexpr std::string_view kByPerson = "a person sent it";

// Why the message is not believed, or nothing.
std::string_view doubt(const Message& message, const Evidence& evidence) {
  const Sender sender = bounce::sender_of(message.fields);
  if (sender == Sender::kMailSystem || evidence.by_type) return "";
  const Certainty certainty = evidence.reading.certainty;
  // Forwarding rewrites the null sender now and then, but not the words of a known program.
  const bool tells = sender == Sender::kPerson ? certainty == Certainty::kFamily
                                               : evidence.report || certainty != Certainty::kNone;
  if (!tells) return sender == Sender::kPerson ? kByPerson : "no mail system sent it";
  return bounce::is_answer_or_forward(message.fields) ? kByPerson : "";
}

// Why the message returns no mail, or nothing.
std::string_view other_purpose(const Message& message, const Evidence& evidence) {
  if (evidence.report) return evidence.report->action == Action::kDelivered ? kArrived : "";
  const Certainty certainty = evidence.reading.certainty;
  if (certainty == Certainty::kFamily) return "";
  if (certainty == Certainty::kNone && bounce::tells_of_delivery(message.fields, evidence.text))
    return kArrived;
  return bounce::automatic_answer(message, evidence.text, certainty == Certainty::kWords);
}

// Why the message is no bounce, or nothing.
std::string_view why_ignored(const Message& message, const Evidence& evidence) {
  // Sieve rejects a mail by a read receipt (RFC 5429 §2.1.2).
  if (evidence.reading.family != "Sieve") {
    const auto reason = bounce::complaint_or_receipt(message, evidence.text);
    if (!reason.empty()) return reason;
  }
  const auto reason = doubt(message, evidence);
  return reason.empty() ? other_purpose(message, evidence) : reason;
}

bool is_delay(const Message& message, const Evidence& evidence) {
  if (evidence.report) return evidence.report->action == Action::kDelayed;
  return bounce::tells_of_delay(message.fields, evidence.text);
}

// The fault is told by the report, or else by the text around it.
void explain(Bounce& bounce, const Evidence& evidence) {
  const Report report = evidence.report.value_or(Report{});
  const bounce::Reading& reading = evidence.reading;
  bounce.form = evidence.report ? "RFC 3464 report" : reading.family;
  bounce.recipient = report.recipient.empty() ? reading.recipient : report.recipient;
  bounce.diagnostic = report.diagnostic.empty() ? reading.words : report.diagnostic;
  if (bounce.diagnostic.empty() && !evidence.report) bounce.diagnostic = reading.opening;
  for (const auto& words : {bounce.diagnostic, reading.words, evidence.text.text()}) {
    const Refusal refusal = read_refusal({Stage::kReport, words, bounce.recipient, report.status});
    bounce.fault = refusal.fault;
    bounce.final = refusal.final;
    if (bounce.status.empty()) bounce.status = refusal.status;
    if (refusal.fault != MailFault::kUnclear) break;
  }
}

}  // namespace

std::variant<Bounce, NoBounce> read_bounce(std::string_view message, std::string_view bounces) {
  const std::string text = bounce::with_line_feeds(message.substr(0, kMostOfReport));
  const Message mail = bounce::read_message(text);
  const Evidence evidence = bounce::evidence_of(mail, bounces);
  const auto reason = why_ignored(mail, evidence);
  if (!reason.empty()) return NoBounce{std::string(reason)};
  Bounce bounce;
  const std::string envelope_id = bounce::envelope_id_of(mail.fields, bounces);
  if (!envelope_id.empty()) bounce.ids.push_back(envelope_id);
  bounce.ids.insert(bounce.ids.end(), evidence.ids.begin(), evidence.ids.end());
  if (bounce.ids.empty()) return NoBounce{"it does not say which mail it is about"};
  bounce.delayed = is_delay(mail, evidence);
  explain(bounce, evidence);
  return bounce;
}

std::string bounce_address(std::string_view bounces, std::string_view id) {
  const auto at = bounces.rfind('@');
  return std::string(bounces.substr(0, at)).append("+").append(id).append(bounces.substr(at));
}

}  // namespace portal::mail
