#include "core/queue/activation_letter.h"

#include "core/database/mail/mail_kind.h"

namespace portal {

std::optional<Obstruction> closed(const std::optional<Registration>& registration) {
  if (!registration) {
    return Obstruction{MailObstacle::kRegistrationGone, "the registration is gone"};
  }
  if (registration->activated()) {
    return Obstruction{MailObstacle::kActivated, "the registration is activated already"};
  }
  if (registration->cancelled()) {
    return Obstruction{MailObstacle::kCancelled, "the registration was cancelled"};
  }
  return std::nullopt;
}

Obstruction address_corrected() {
  return {MailObstacle::kAddressCorrected, "the address was corrected"};
}

std::optional<Account> holder_of_address(Connection& connection, const Registration& registration) {
  return Accounts(connection).find_by_email(registration.email_key);
}

ActivationForecast foresee_activation(Connection& connection, const Registration& registration,
                                      const MailLimits& limits, EpochSeconds now) {
  ActivationForecast forecast;
  forecast.holder = holder_of_address(connection, registration);
  forecast.clinics_account = Accounts(connection).find_by_number(registration.number);
  forecast.obstruction = closed(registration);
  if (!forecast.obstruction) {
    const OutboxRow to_be_queued;
    const bool notice = forecast.holder.has_value();
    const Mailing mailing{to_be_queued,
                          notice ? MailKind::kRegistered : MailKind::kActivation,
                          registration.email_key,
                          registration.number,
                          notice ? forecast.holder->id : registration.id,
                          notice ? forecast.holder->id : "",
                          registration.id};
    forecast.obstruction = foresee_limits(connection, mailing, limits, now);
  }
  return forecast;
}

}  // namespace portal
