// portalctl mail allow: ends what 「心当たりがない」 in a mail began, for its owner on the phone.
#include <array>
#include <iostream>

#include "core/database/mail/mail_addresses.h"
#include "core/database/registration/registrations.h"
#include "core/journal/audit.h"
#include "portalctl/listing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason, kFull};

Result<Done> allow_mail(Context& context);

}  // namespace

constexpr Verb kMailAllow = {
    .usage = {.words = "mail allow",
              .arguments = "ADDRESS",
              .options = kOptions,
              .help = "Lets mail that others can cause go on to an address whose owner had stopped "
                      "it.",
              .example = "portalctl mail allow taro@example.jp --reason 'asked by phone'"},
    .run = allow_mail};

namespace {

using portal::Connection;

// False, and nothing changes, if the address gets mail anyway.
bool allow(Connection& connection, const std::string& email_key, const std::string& reason) {
  portal::MailAddresses addresses(connection);
  const portal::EpochSeconds now = portal::system_now();
  if (addresses.stopped_until(email_key) <= now) return false;
  addresses.resume(email_key);
  const auto newest =
      portal::Registrations(connection)
          .list({.email_key = email_key, .number = {}, .state = "", .most = 1}, now);
  portal::record_audit_event(connection, {.event = portal::AuditEvent::kMailAllowed,
                                          .account_id = newest.empty() ? "" : newest.front().id,
                                          .at = now,
                                          .client = "",
                                          .request_id = "",
                                          .detail = reason});
  return true;
}

Result<Done> allow_mail(Context& context) {
  const auto owner = parse_owner(context.argument());
  if (!owner) return owner.error();
  if (owner->email_key.empty()) return portal::refused(context.argument() + ": not an address");
  const std::string shown = shown_address(context, owner->email_key);
  const auto yes = context.confirm("Let mail that others can cause to " + shown + " go on");
  if (!yes) return yes;
  const auto allowed = context.database().write([&](Connection& connection) {
    return allow(connection, owner->email_key, context.reason());
  });
  if (!allowed) return allowed.error();
  if (!*allowed) return portal::refused(shown + ": mail to it is not stopped");
  std::cout << shown << ": mail is allowed again\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
