#include "core/actions/mail_actions.h"

#include <algorithm>
#include <utility>

#include "core/actions/private/record.h"
#include "core/database/mail/mail_addresses.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/activation_links.h"
#include "core/queue/queue_mail.h"
#include "core/registration/application.h"
#include "core/registration/policy.h"

namespace portal {
namespace {

// Whether a letter would leave, and which.
Resent foresee(Connection& connection, const Registration& registration, const MailLimits& limits,
               EpochSeconds now) {
  Resent resent{{}, foresee_activation(connection, registration, limits, now)};
  if (resent.forecast.clinics_account) {
    resent.outcome.hindrance = Hindrance::kClinicTaken;
  } else if (resent.forecast.obstruction) {
    // What waits for a limit waits for that of a network, and this mail has none.
    resent.outcome = {Hindrance::kWouldNotLeave, resent.forecast.obstruction->reason};
  }
  return resent;
}

}  // namespace

EpochSeconds resend_possible_from(Connection& connection, std::string_view registration_id,
                                  EpochSeconds now) {
  const EpochSeconds newest = Outbox(connection).newest(registration_id);
  // A mail of later than now was queued before the clock was set back.
  if (newest > now + kClockSlack) return now;
  return std::max(now, newest + kResendCoolDown);
}

Resent resend_activation(Connection& connection, std::string_view registration_id,
                         const MailLimits& limits, CoolDown cool_down, const Instruction& by) {
  const auto registration = Registrations(connection).find(registration_id);
  if (!registration || !registration->waits(by.now)) return {{Hindrance::kNotWaitedFor}, {}};
  Resent resent = foresee(connection, *registration, limits, by.now);
  if (!resent.outcome.done()) return resent;
  const EpochSeconds from = resend_possible_from(connection, registration_id, by.now);
  if (cool_down == CoolDown::kKept && from > by.now) {
    resent.outcome = {.hindrance = Hindrance::kTooSoon, .from = from};
    return resent;
  }
  queue_activation(connection, by.now, *registration, Client());
  record(connection, AuditEvent::kMailResent, registration->id, by);
  return resent;
}

Resent correct_address(Connection& connection, std::string_view registration_id,
                       const std::string& email, const MailLimits& limits, const Instruction& by) {
  Registrations registrations(connection);
  auto registration = registrations.find(registration_id);
  if (!registration || !registration->waits(by.now)) return {{Hindrance::kNotWaitedFor}, {}};
  // Capital letters make no other address (email_key): what was sent has reached the same mailbox.
  if (registration->email_key == email_key(email)) return {{Hindrance::kSameAddress}, {}};
  const std::string mistyped = std::exchange(registration->email, email);
  registration->email_key = email_key(email);
  Resent resent = foresee(connection, *registration, limits, by.now);
  if (!resent.outcome.done()) return resent;
  if (!registrations.correct_email(registration->id, mistyped, email, registration->email_key)) {
    return correct_address(connection, registration_id, email, limits, by);  // as it is by now
  }
  const Obstruction why = address_corrected();
  Outbox(connection).withhold_activations(registration->id, by.now, why.reason, why.obstacle);
  ActivationLinks(connection).end_all(registration->id);
  queue_activation(connection, by.now, *registration, Client());
  record(connection, AuditEvent::kAddressCorrected, registration->id, by);
  return resent;
}

Outcome allow_mail(Connection& connection, const std::string& email_key, const Instruction& by) {
  MailAddresses addresses(connection);
  if (addresses.stopped_until(email_key) <= by.now) return {Hindrance::kNotStopped};
  addresses.resume(email_key);
  const auto newest =
      Registrations(connection)
          .list({.email_key = email_key, .number = {}, .state = "", .most = 1}, by.now);
  record(connection, AuditEvent::kMailAllowed, newest.empty() ? "" : newest.front().id, by);
  return {};
}

Outcome retry_mail(Connection& connection, std::string_view mail_id, const Instruction& by) {
  Outbox outbox(connection);
  if (!outbox.retry(mail_id, by.now)) {
    return {outbox.find(mail_id) ? Hindrance::kSentAlready : Hindrance::kNoSuchMail};
  }
  const auto mail = outbox.find(mail_id);
  const bool ended = MailPauses(connection).end();
  record(connection, AuditEvent::kMailRetried,
         mail->registration_id.empty() ? mail->account_id : mail->registration_id, by);
  return {.pause_ended = ended};
}

}  // namespace portal
