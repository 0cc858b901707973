// portal-password. kDescription says what it does; --help and portal-password(8) show it.
#include "core/database/journal/audit_event.h"
#include "core/responder/responder.h"
#include "password/password.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "a new password by mail (/password/forgot, /password/reset)",
    .does = R"(
POST /password/forgot queues a mail to the address that was typed; the mailer
finds out whether there is an account. Without one it sends nothing, or, if a
registration of that address waits, its activation mail again. GET of
the link shows a form and changes nothing, so that a mail scanner does no harm;
POST with a new password uses the link up.
)",
    .security = R"(
One screen and one time for every address; from one network few mails for one
address, and so many altogether; the link is good for an hour from its sending,
once; all sessions end, no other browser is known to the account any more, and
the owner gets a mail. The cookie `device` goes along with the request, hashed:
its owner gets the mail whatever strangers have used up.
)",
    .logs = R"(
Request lines, `throttled`, `unavailable`. Audit and log: password_reset_asked,
password_reset.
)",
    .settings = R"(
site.base_url, database.*, password.*, templates.directory, trusted_proxies,
log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "password",
       .description = kDescription,
       .templates = {"forgot.tpl", "forgot_sent.tpl", "reset.tpl", "reset_ended.tpl", "wait.tpl"},
       .chooses_passwords = true,
       .make =
           [](const portal::Site& site) { return std::make_unique<portal::PasswordStep>(site); },
       .events = {name_of(portal::AuditEvent::kPasswordResetAsked),
                  name_of(portal::AuditEvent::kPasswordReset)}});
}
