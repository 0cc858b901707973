// portal-waiting: who wants to be told when a clinic is in the roster (/register/waiting)
//
// POST with the number fields and email keeps the address until the roster has the number, then the
// mailer queues one mail with a link to the form. POST with action=withdraw takes it back.
//
// Security: says nothing of accounts; 30 an hour for one client network.
// Logs: request lines, and `unavailable` when the database is away.
// Settings: database.*, templates.directory, retention.waiting_days, trusted_proxies, log.*

#include "core/responder/responder.h"
#include "waiting/waiting.h"

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "waiting",
       .summary = "keeps who waits for a clinic to be in the roster",
       .templates = {"waiting.tpl", "waiting_done.tpl", "waiting_withdrawn.tpl"},
       .make = [](const portal::Site& site) {
         return std::make_unique<portal::WaitingStep>(site);
       }});
}
