// portal-form: the registration form (/register)
//
// GET shows the form: blank, or filled in from the draft that the browser's cookie opens, or with
// what a link brings along. POST checks every field (core/registration), looks the number up in the
// roster, seals what was entered into a draft and leads to the confirmation; what is not right
// comes back with 422 and everything that was typed, passwords excepted.
//
// Security: passwords are never shown again nor hashed here; the draft is sealed with a token that
// only the browser keeps.
// Logs: request lines, and `unavailable` when the database is away.
// Settings: site.base_url, database.*, templates.directory, trusted_proxies, log.*

#include "core/responder/responder.h"
#include "form/form.h"

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "form",
       .summary = "the registration form",
       .templates = {"form.tpl"},
       .durability = portal::Durability::kRelaxed,  // a draft is typed again, a registration is not
       .make = [](const portal::Site& site) { return std::make_unique<portal::FormStep>(site); }});
}
