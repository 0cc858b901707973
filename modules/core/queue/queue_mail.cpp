#include "core/queue/queue_mail.h"

#include <algorithm>

#include "core/base/activity.h"
#include "core/database/mail/outbox.h"
#include "core/registration/policy.h"
#include "core/security/token.h"

namespace portal {
namespace {

OutboxRow due_at(EpochSeconds now, MailKind kind, std::string_view recipient) {
  OutboxRow row;
  row.id = draw_id();
  row.kind = name_of(kind);
  row.recipient = recipient;
  row.created_at = now;
  row.next_attempt_at = now;
  row.request_id = Activity::here().request();
  return row;
}

}  // namespace

void queue_account_mail(Connection& connection, EpochSeconds now, const AccountMail& mail) {
  OutboxRow row = due_at(now, mail.kind, mail.recipient);
  row.account_id = mail.account_id;
  row.network = mail.client.network().value_or("");
  row.device = mail.device;
  Outbox(connection).add(row);
}

void queue_activation(Connection& connection, EpochSeconds now, const Registration& registration,
                      const Client& client) {
  OutboxRow row = due_at(now, MailKind::kActivation, registration.email);
  row.registration_id = registration.id;
  row.network = client.network().value_or("");
  Outbox(connection).add(row);
}

void queue_listed(Connection& connection, EpochSeconds now, const WaitingEntry& entry) {
  OutboxRow row = due_at(now, MailKind::kListed, entry.email);
  row.registration_id = entry.id;
  row.network = entry.network;
  Outbox(connection).add(row);
}

EpochSeconds queue_activation_again(Connection& connection, EpochSeconds now,
                                    const Registration& registration, const Client& client) {
  const EpochSeconds ago = now - Outbox(connection).newest(registration.id);
  // A mail of later than now was queued before the clock was set back.
  if (ago < kResendCoolDown && ago >= -kClockSlack) return kResendCoolDown - ago;
  queue_activation(connection, now, registration, client);
  return 0;
}

}  // namespace portal
