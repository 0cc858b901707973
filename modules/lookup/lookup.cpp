#include "lookup/lookup.h"

#include "core/database/roster/roster.h"
#include "core/registration/application.h"
#include "core/responder/router.h"

namespace portal {

Result<Response> LookupStep::handle(const Request& request) {
  return route(site_, request,
               {{"/register/clinic", [this](const Request& r) { return get(r); }, nullptr}});
}

Result<Response> LookupStep::get(const Request& request) {
  const auto [number, error] = check_number(request.query);
  if (!number) {
    return json(
        422, json_object(
                 {{"error", "malformed"}, {"field", error->field}, {"message", error->message}}));
  }
  const auto clinic = site_.database->read(
      [&](Connection& connection) { return Roster(connection).find(*number); });
  if (!clinic) return clinic.error();
  if (!*clinic) {
    const std::string message = field_error("", "not_in_roster").message;
    return json(404, json_object({{"error", "not_in_roster"}, {"message", message}}));
  }
  return json(200, json_object({{"registration_number", number->text()},
                                {"clinic_name", (*clinic)->name}}));
}

std::optional<Response> LookupStep::unavailable_page(const Request&) {
  return json(503, json_object({{"error", "unavailable"}}));
}

}  // namespace portal
