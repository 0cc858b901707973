// portal-desk: what it does stands in kDescription, which --help and portal-desk(8) show.
#include "core/draft/seal.h"
#include "core/responder/responder.h"
#include "desk/desk.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the call centre's pages (/desk/)",
    .does = R"(
Answers who answers the telephone. A search field takes an address, a
registration number, a phone number, the number of an error page or a part of a
clinic's name; the answer begins with what is the matter and what to tell the
caller, in Japanese, and shows below it what happened, the mails, the account
and the clinic. From there the call centre helps: it sends a mail again, puts a
mistyped address right, ends stops and pauses. A supervisor also releases,
disables and enables accounts and takes rows of the roster out of quarantine.
The overview counts registrations and mails of any days.
)",
    .security = R"(
The desk has a site and a socket of its own, which the public site never
reaches. Who it is says the web server of that site, as REMOTE_USER: it has to
ask everybody for a name, because the responder believes it. Without a name, or
with one that neither desk.staff nor desk.supervisors has, the answer is 403.
Posts are held against desk.base_url. Addresses, phone numbers and names are
masked until somebody asks for one record; each search and each such record is
a row of the audit with the name of who asked, and never with what was typed.
What was typed is in no URL. desk.lookups_per_hour ends copying.
)",
    .logs = R"(
Request lines; `remote_user_missing` at most once a minute, `desk_refused`,
`throttled`, the events of the audit, and `unavailable` when the database is
away.
)",
    .settings = R"(
desk.*, database.*, mail.from, mail.limit.*, retention.*, session.*,
templates.directory, trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "desk",
       .description = kDescription,
       .templates = portal::desk_templates(),
       .frame = portal::kDeskFrame,
       .prepare = portal::prepare_sealing,
       .make = [](const portal::Site& site) { return std::make_unique<portal::DeskStep>(site); },
       .events = {"remote_user_missing", "desk_refused"}});
}
