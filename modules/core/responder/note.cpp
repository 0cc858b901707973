#include "core/responder/note.h"

#include "core/base/log.h"

namespace portal {

void note(const Site& site, const Request& request, const Event& event) {
  const auto kept = site.database->write([&](Connection& connection) {
    note(connection, request, site.clock(), event);
    return Done{};
  });
  if (!kept) {
    log::warning("event_lost", {{"reason", kept.error().message}, {"request", request.id}});
  }
}

}  // namespace portal
