#include "mailer/bounces.h"

#include <Poco/RegularExpression.h>
#include <Poco/String.h>

#include <algorithm>
#include <optional>
#include <string>

#include "core/base/activity.h"
#include "core/base/log.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/mail_state.h"
#include "core/database/mail/outbox.h"
#include "core/mail/bounce/bounce.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kBounced = name_of(MailOutcome::kBounced);
constexpr std::string_view kDelayed = name_of(MailOutcome::kDelayed);

// The mail server's reply as the row keeps it. The token of a link that a filter quoted is hidden.
std::string reply_of(const mail::Bounce& bounce) {
  static const Poco::RegularExpression token("token=[A-Za-z0-9_-]+");
  std::string reply = bounce.status + " " + bounce.diagnostic;
  token.subst(reply, "token=***", Poco::RegularExpression::RE_GLOBAL);
  return Poco::trimLeft(reply + " (" + bounce.form + ")");
}

std::optional<OutboxEntry> find_row(Outbox& outbox, const mail::Bounce& bounce) {
  for (const auto& id : bounce.ids) {
    if (auto row = outbox.find(id)) return row;
    if (auto row = outbox.find_in_any_case(id)) return row;
  }
  return std::nullopt;
}

enum class Effect { kRecorded, kUnknown, kRepeated, kNotSent, kEarly };

std::string_view reason_of(Effect effect) {
  switch (effect) {
    case Effect::kUnknown:
      return "there is no such mail in the outbox";
    case Effect::kRepeated:
      return "it was reported before";
    case Effect::kNotSent:
      return "the mail was not sent";
    case Effect::kRecorded:
    case Effect::kEarly:
      return "";
  }
  return "";
}

struct Recorded {
  Effect effect = Effect::kUnknown;
  // Of the row.
  std::string id = {};
  std::string request_id = {};
};

// Must run in a write transaction.
Recorded record_bounce(Connection& connection, const mail::Bounce& bounce, EpochSeconds now) {
  Outbox outbox(connection);
  const auto row = find_row(outbox, bounce);
  if (!row) return {};
  const auto result = [&](Effect effect) { return Recorded{effect, row->id, row->request_id}; };
  MailAttempts attempts(connection);
  const MailAttempt attempt{row->id, now, std::string(bounce.delayed ? kDelayed : kBounced),
                            reply_of(bounce), std::string(name_of(bounce.fault))};
  const bool repeated = std::ranges::any_of(attempts.of(row->id), [&](const MailAttempt& earlier) {
    return earlier.outcome == attempt.outcome && earlier.reply == attempt.reply;
  });
  // A mail server can answer before the mailer's own transaction has ended.
  if (row->state == name_of(MailState::kQueued))
    return result(repeated ? Effect::kRepeated : Effect::kEarly);
  if (row->state == name_of(MailState::kBounced)) return result(Effect::kRepeated);
  if (row->state != name_of(MailState::kSent)) return result(Effect::kNotSent);
  if (attempt.outcome == kDelayed && repeated) return result(Effect::kRepeated);
  if (attempt.outcome == kBounced &&
      !outbox.mark_bounced(row->id, now, attempt.reply, bounce.fault)) {
    return result(Effect::kRepeated);  // another was faster
  }
  attempts.add(draw_id(), attempt);
  return result(Effect::kRecorded);
}

Delivery ignore(std::string_view reason, const std::string& id = "") {
  log::info("bounce_ignored", {{"id", id}, {"reason", reason}});
  return Delivery::kDone;
}

}  // namespace

Delivery take_bounce(Database& database, std::string_view message, std::string_view bounces,
                     EpochSeconds now) {
  const auto read = mail::read_bounce(message, bounces);
  if (const auto* none = std::get_if<mail::NoBounce>(&read)) return ignore(none->reason);
  const auto& bounce = std::get<mail::Bounce>(read);
  const auto recorded = database.write(
      [&](Connection& connection) { return record_bounce(connection, bounce, now); });
  if (!recorded) {
    log::error("bounce_not_noted", {{"reason", recorded.error().message}});
    return Delivery::kTryAgain;
  }
  const ForRequest for_request(recorded->request_id);
  if (recorded->effect == Effect::kEarly) {
    log::info("bounce_early", {{"id", recorded->id}});
    return Delivery::kTryAgain;
  }
  if (recorded->effect != Effect::kRecorded)
    return ignore(reason_of(recorded->effect), recorded->id);
  // Others will refuse the portal, too: a blocklist, SPF, DMARC.
  const bool alarming = !bounce.delayed && bounce.fault == MailFault::kOurs;
  log::write(alarming ? log::Level::kError : log::Level::kWarning,
             bounce.delayed ? "mail_delayed" : "mail_bounced",
             {{"id", recorded->id},
              {"fault", name_of(bounce.fault)},
              {"final", bounce.final ? "yes" : "no"},
              {"status", bounce.status},
              {"recipient", log::mask_address(bounce.recipient)},
              {"reply", log::mask_addresses(reply_of(bounce))}});
  return Delivery::kDone;
}

}  // namespace portal
