// portal-lookup: the fields that fill themselves (/register/clinic)
//
// GET with the number fields answers JSON: the registration number and the clinic's name from the
// roster, or why there is none (404 not_in_roster, 422 malformed). It changes nothing.
//
// Security: shows nothing but the public roster.
// Logs: request lines, and `unavailable` when the database is away.
// Settings: database.*, templates.directory, trusted_proxies, log.*

#include "core/responder/responder.h"
#include "lookup/lookup.h"

int main(int argc, char** argv) {
  return portal::responder_main(argc, argv,
                                {.name = "lookup",
                                 .summary = "looks a clinic up in the roster",
                                 .templates = {},
                                 .make = [](const portal::Site& site) {
                                   return std::make_unique<portal::LookupStep>(site);
                                 }});
}
