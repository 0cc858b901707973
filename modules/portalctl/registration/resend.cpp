// portalctl registration resend
#include <iostream>

#include "core/database/registration/registrations.h"
#include "core/journal/audit.h"
#include "core/queue/queue_mail.h"
#include "portalctl/owner.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> resend_link(Context& context);

}  // namespace

constexpr Verb kRegistrationResend = {
    .usage = {.words = "registration resend",
              .arguments = "ADDRESS|NUMBER",
              .help = "Queues the mail with the link again, for the newest registration that waits "
                      "for it.",
              .example = "portalctl registration resend taro@example.jp"},
    .run = resend_link};

namespace {

using portal::Connection;

// False: no registration of the owner waits.
bool resend(Connection& connection, const Owner& owner) {
  const portal::EpochSeconds now = portal::system_now();
  portal::Registrations registrations(connection);
  const auto newest = owner.number ? registrations.newest_pending_of(*owner.number, now)
                                   : registrations.newest_pending(owner.email_key, now);
  if (!newest) return false;
  portal::queue_activation(connection, now, *newest, portal::Client());
  portal::record_audit_event(
      connection, {.event = portal::AuditEvent::kMailResent, .account_id = newest->id, .at = now});
  return true;
}

Result<Done> resend_link(Context& context) {
  const std::string& text = context.argument();
  const auto owner = parse_owner(text);
  if (!owner) return owner.error();
  const auto queued =
      context.database().write([&](Connection& connection) { return resend(connection, *owner); });
  if (!queued) return queued.error();
  if (!*queued) {
    return portal::not_found(text + ": no registration waits for its link; `portalctl timeline " +
                             text + "` tells what happened");
  }
  std::cout << text << ": the mail is queued; `portalctl timeline " << text
            << "` tells what becomes of it\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
