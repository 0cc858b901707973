// portal-mailstop. kDescription says what it does; --help and portal-mailstop(8) show it.
#include "core/database/journal/audit_event.h"
#include "core/responder/responder.h"
#include "mailstop/mailstop.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the link 「心当たりがない」 in a mail (/mail/stop)",
    .does = R"(
GET shows which address and clinic the mail was about, and a button; it changes
nothing, whoever follows the link. POST action=stop cancels that registration,
unless its link was followed already, and ends mail that others can cause to the
address for 30 days; so does the one-click form of mail programs (RFC 8058), in
both of its encodings. POST action=resume ends that. An account is not touched.
The link lives as long: then 410; unknown: 404.
)",
    .security = R"(
The database keeps only the tokens' hashes; the address is shown masked.
)",
    .logs = R"(
Request lines, `unavailable`. Audit and log: mail_stopped, mail_allowed.
)",
    .settings = R"(
site.base_url, database.*, templates.directory, trusted_proxies, log.*,
metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "mailstop",
       .description = kDescription,
       .templates = {"mailstop.tpl", "mailstop_done.tpl", "mailstop_resumed.tpl",
                     "mailstop_ended.tpl"},
       .make =
           [](const portal::Site& site) { return std::make_unique<portal::MailStopStep>(site); },
       .events = {name_of(portal::AuditEvent::kMailStopped),
                  name_of(portal::AuditEvent::kMailAllowed)}});
}
