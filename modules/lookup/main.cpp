// portal-lookup: what it does stands in kDescription, which --help and portal-lookup(8) show.
#include "core/responder/responder.h"
#include "lookup/lookup.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the form's look-ups (/register/clinic, /register/domain)",
    .does = R"(
GET answers JSON and changes nothing. /register/clinic with the number fields:
the registration number and the clinic's name from the roster, or why there is
none (404 not_in_roster, 422 malformed). /register/domain with the domain of a
mail address: whether the DNS lets mail reach it, yes, no or unknown. Without
mail.check_domains = on it is unknown, and nobody is asked.
)",
    .security = R"(
Shows nothing but the public roster and the public DNS. Of an address it sees
the domain alone. Few domains are asked for in a second, at most four at the
same time, and no request waits for an answer longer than 0.5 s.
)",
    .logs = R"(
Request lines, `unavailable` when the database is away, and
`domain_unchecked` when no resolver answers.
)",
    .settings = R"(
database.*, mail.check_domains, mail.resolver, templates.directory,
trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(argc, argv,
                                {.name = "lookup",
                                 .description = kDescription,
                                 .templates = {},
                                 .writes = false,
                                 .make = [](const portal::Site& site) {
                                   return std::make_unique<portal::LookupStep>(site);
                                 }});
}
