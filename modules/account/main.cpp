// portal-account. kDescription says what it does; --help and portal-account(8) show it.
#include "account/account.h"
#include "core/database/journal/audit_event.h"
#include "core/responder/responder.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the own page (/account)",
    .does = R"(
GET shows who is logged in what the portal knows of the account, and the open
sessions; with the token of a mailed link it shows the new address and a
button, and POST makes it the account's. Other POSTs change the telephone
number, ask for a new address to be confirmed, change the password, end a
session, or end the account.
)",
    .security = R"(
Without a session 303 to /login; the present password is asked for again before
every change, with the same limits as at login; a new password ends all other
sessions; the owner gets a mail of every such change.
)",
    .logs = R"(
Request lines, `throttled`, `unavailable`. Audit and log: phone_changed,
email_change_asked, email_changed, password_changed, password_refused,
session_ended, account_attacked, left.
)",
    .settings = R"(
site.base_url, database.*, password.*, session.*, templates.directory,
trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "account",
       .description = kDescription,
       .templates = {"account.tpl", "account_link.tpl", "wait.tpl"},
       .chooses_passwords = true,
       .make = [](const portal::Site& site) { return std::make_unique<portal::AccountStep>(site); },
       .events = {name_of(portal::AuditEvent::kPasswordRefused),
                  name_of(portal::AuditEvent::kAccountAttacked)}});
}
