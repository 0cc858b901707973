// portal-lookup: what it does stands in kDescription, which --help and portal-lookup(8) show.
#include "core/responder/responder.h"
#include "lookup/lookup.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "the fields that fill themselves (/register/clinic)",
    .does = R"(
GET with the number fields answers JSON: the registration number and the
clinic's name from the roster, or why there is none (404 not_in_roster, 422
malformed). It changes nothing.
)",
    .security = R"(
Shows nothing but the public roster.
)",
    .logs = R"(
Request lines, and `unavailable` when the database is away.
)",
    .settings = R"(
database.*, templates.directory, trusted_proxies, log.*, metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(argc, argv,
                                {.name = "lookup",
                                 .description = kDescription,
                                 .templates = {},
                                 .make = [](const portal::Site& site) {
                                   return std::make_unique<portal::LookupStep>(site);
                                 }});
}
