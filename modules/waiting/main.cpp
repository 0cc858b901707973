// portal-waiting. kDescription says what it does; --help and portal-waiting(8) show it.
#include "core/database/journal/timeline_event.h"
#include "core/responder/responder.h"
#include "waiting/waiting.h"

namespace {

constexpr portal::Description kDescription = {
    .summary = "who waits for a clinic to be in the roster (/register/waiting)",
    .does = R"(
POST with the number fields and email keeps the address until the roster has
the number, then the mailer queues one mail with a link to the form. POST with
action=withdraw takes it back.
)",
    .security = R"(
Says nothing of accounts; 300 an hour for one client network.
)",
    .logs = R"(
Request lines, `waiting_asked`, `waiting_withdrawn`, `throttled`, and
`unavailable` when the database is away.
)",
    .settings = R"(
database.*, templates.directory, retention.waiting_days, trusted_proxies, log.*,
metrics.directory
)",
};

}  // namespace

int main(int argc, char** argv) {
  return portal::responder_main(
      argc, argv,
      {.name = "waiting",
       .description = kDescription,
       .templates = {"waiting.tpl", "waiting_done.tpl", "waiting_withdrawn.tpl"},
       .make = [](const portal::Site& site) { return std::make_unique<portal::WaitingStep>(site); },
       .events = {name_of(portal::TimelineEvent::kWaitingAsked)}});
}
