// portal-complete. kDescription says what it does; --help and portal-complete(8) show it.
#include "complete/complete.h"
#include "core/database/journal/audit_event.h"
#include "core/draft/seal.h"
#include "core/responder/responder.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the registration itself (/register/complete, /register/resend)",
    .does = R"(
POST /register/complete (the OK button) hashes the password and commits, in one
transaction, the pending registration and its mail; GET shows 申請完了画面, or, when
the newest mail came back, that it could not be delivered. POST
/register/resend queues the mail again, once a minute. One draft makes one
registration, however often it is posted. OK after the draft has ended leads to
the form, filled in with what the page sent along: all but the password.
)",
    .security = R"(
The password's Argon2id hash is computed here only, as many at a time as there
are cores, and by threads that give way to all other work (nice 5). Who would
wait over two seconds for it is answered with 503 at once, on a page with an OK
button of its own. Whether the address has an account is not looked up: the
mailer finds out when it sends.
)",
    .logs = R"(
Request lines, `come_again`, `throttled`, `unavailable`. Audit and log:
registered.
)",
    .settings = R"(
site.base_url, database.*, mail.from, password.*, templates.directory,
trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "complete",
       .description = kDescription,
       .templates = {"complete.tpl", "busy.tpl", "undelivered.tpl", "activate_done.tpl",
                     "taken.tpl"},
       .prepare = portal::prepare_sealing,
       .make =
           [](const portal::Site& site) { return std::make_unique<portal::CompleteStep>(site); },
       .events = {name_of(portal::AuditEvent::kRegistered)}});
}
