// portal-form: what it does stands in kDescription, which --help and portal-form(8) show.
#include "core/database/journal/timeline_event.h"
#include "core/draft/seal.h"
#include "core/responder/responder.h"
#include "form/form.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the registration form (/register)",
    .does = R"(
GET shows the form: blank, or filled in from the draft that the browser's
cookie opens, from a registration of this browser that was not activated yet
(a mistyped address is corrected there), or with what a link brings along. If a
draft has ended, the form says so for a day. POST checks every field, looks the
number up in the roster, seals what was entered into a draft and leads to the
confirmation; what is not right comes back with 422 and everything that was
typed, passwords excepted. While the draft lives, empty password fields mean
its password. A password of the list that password.blocklist names
is refused.
)",
    .security = R"(
Passwords are never shown again nor hashed here; the draft is sealed with a
token that only the browser keeps.
)",
    .logs = R"(
Request lines, `form_accepted`, `form_refused` with the kinds of mistakes,
`unavailable` when the database is away.
)",
    .settings = R"(
site.base_url, database.*, password.blocklist, templates.directory,
trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "form",
       .description = kDescription,
       .templates = {"form.tpl", "cookies_off.tpl"},
       .durability = portal::Durability::kRelaxed,  // a draft is typed again, a registration is not
       .chooses_passwords = true,
       .prepare = portal::prepare_sealing,
       .make = [](const portal::Site& site) { return std::make_unique<portal::FormStep>(site); },
       .events = {name_of(portal::TimelineEvent::kFormAccepted),
                  name_of(portal::TimelineEvent::kFormRefused)}});
}
