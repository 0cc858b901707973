// portal-confirm: the confirmation (/register/confirm)
//
// Shows everything that was entered, with 登録記号番号 and 施術所名 filled in; the password is
// masked, and shown by a POST with show=password. From here lead 修正する (/register) and OK
// (/register/complete). Without a draft it leads back to the form. It changes nothing.
//
// Security: the page is never stored by a cache; the draft opens with the browser's token only.
// Logs: request lines, and `unavailable` when the database is away.
// Settings: site.base_url, database.*, templates.directory, trusted_proxies, log.*

#include "confirm/confirm.h"
#include "core/responder/responder.h"

int main(int argc, char** argv) {
  return portal::responder_main(argc, argv,
                                {.name = "confirm",
                                 .summary = "the confirmation of what was entered",
                                 .templates = {"confirm.tpl"},
                                 .make = [](const portal::Site& site) {
                                   return std::make_unique<portal::ConfirmStep>(site);
                                 }});
}
