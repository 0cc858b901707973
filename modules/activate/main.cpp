// portal-activate. kDescription says what it does; --help and portal-activate(8) show it.
#include "activate/activate.h"
#include "core/database/journal/audit_event.h"
#include "core/database/journal/timeline_event.h"
#include "core/responder/responder.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the link in the mail (/activate)",
    .does = R"(
GET in the browser that registered activates the account with one click. GET
from anywhere else (another device, a mail scanner) changes nothing and asks
for the password that was chosen; POST with it activates. The same link shows
登録完了画面 again afterwards; over an hour: 410, with 再送 in the browser that
registered. What a mail program appends to the token is ignored.
)",
    .security = R"(
The database keeps only the tokens' hashes; five wrong passwords end a link;
the first to activate has the address and the clinic (unique constraints). The
browser becomes known to the account, as by a login.
)",
    .logs = R"(
Request lines, `link_opened`, `link_password_wrong`, `unavailable`. Audit and
log: activated.
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
      {.name = "activate",
       .description = kDescription,
       .templates = {"activate_password.tpl", "activate_done.tpl", "activate_expired.tpl",
                     "activate_unknown.tpl", "activate_ended.tpl"},
       .make =
           [](const portal::Site& site) { return std::make_unique<portal::ActivateStep>(site); },
       .events = {name_of(portal::TimelineEvent::kLinkOpened),
                  name_of(portal::TimelineEvent::kLinkPasswordWrong),
                  name_of(portal::AuditEvent::kActivated)}});
}
