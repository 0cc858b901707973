// portal-activate: the link in the mail (/activate?token=T)
//
// GET in the browser that registered activates the account with one click. GET from anywhere else
// (another device, a mail scanner) changes nothing and asks for the password that was chosen; POST
// with it activates. The same link shows 登録完了画面 again afterwards; over an hour: 410.
//
// Security: the database keeps only the tokens' hashes; five wrong passwords end a link; the first
// to activate has the address and the clinic (unique constraints).
// Logs: request lines, `activated`, `link opened elsewhere`, `wrong password at a link`,
// `unavailable`.
// Settings: site.base_url, database.*, password.*, templates.directory, trusted_proxies, log.*

#include "activate/activate.h"
#include "core/responder/responder.h"

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "activate",
       .summary = "activates an account by the mailed link",
       .templates = {"activate_password.tpl", "activate_done.tpl", "activate_expired.tpl",
                     "activate_unknown.tpl", "activate_ended.tpl"},
       .make = [](const portal::Site& site) {
         return std::make_unique<portal::ActivateStep>(site);
       }});
}
