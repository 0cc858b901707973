#include "lookup/lookup.h"

#include "core/database/roster/roster.h"
#include "core/registration/application.h"
#include "core/responder/router.h"

namespace portal {

Response LookupStep::handle(const Request& request) {
  return route(site_, request,
               {{"/register/clinic", [this](const Request& r) { return get(r); }, nullptr}});
}

Response LookupStep::get(const Request& request) {
  const auto [number, error] = check_number(request.query);
  if (!number) {
    return json(
        422, json_object(
                 {{"error", "malformed"}, {"field", error->field}, {"message", error->message}}));
  }
  const auto clinic = site_.database->read(
      [&](Connection& connection) { return Roster(connection).find(number->text()); });
  if (!clinic) {
    return site_.unavailable(request, clinic.error(),
                             json(503, json_object({{"error", "unavailable"}})));
  }
  if (!*clinic) {
    const std::string message = field_error("", "not_in_roster").message;
    return json(404, json_object({{"error", "not_in_roster"}, {"message", message}}));
  }
  return json(200, json_object({{"registration_number", number->text()},
                                {"clinic_name", (*clinic)->name}}));
}

}  // namespace portal
