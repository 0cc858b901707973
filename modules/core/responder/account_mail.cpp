#include "core/responder/account_mail.h"

#include "core/database/outbox.h"
#include "core/security/token.h"

namespace portal {

void queue(Connection& connection, EpochSeconds now, const AccountMail& mail) {
  OutboxRow row;
  row.id = draw_id();
  row.kind = mail.kind;
  row.account_id = mail.account_id;
  row.recipient = mail.recipient;
  row.created_at = now;
  row.next_attempt_at = now;
  Outbox(connection).add(row);
}

}  // namespace portal
