#include "lookup/lookup.h"

#include <string>

#include "core/database/roster/roster.h"
#include "core/probe/dns.h"
#include "core/probe/mail_domain.h"
#include "core/registration/application.h"
#include "core/responder/router.h"
#include "core/text/text.h"

namespace portal {
namespace {

Response malformed(const FieldError& error) {
  return json(
      422,
      json_object({{"error", "malformed"}, {"field", error.field}, {"message", error.message}}));
}

Result<bool> ask_resolver(const std::string& server, const std::string& domain) {
  auto resolver = Resolver::open(server, std::chrono::seconds(1));
  if (!resolver) return resolver.error();
  return takes_mail(*resolver, domain);
}

}  // namespace

LookupStep::LookupStep(const Site& site) : site_(site) {
  if (site.settings.text("mail.check_domains") != "on") return;
  domains_ = std::make_unique<MailDomains>(
      [server = site.settings.text("mail.resolver")](const std::string& domain) {
        return ask_resolver(server, domain);
      });
}

Result<Response> LookupStep::handle(const Request& request) {
  return route(site_, request,
               {{"/register/clinic", [this](const Request& r) { return get_clinic(r); }, nullptr},
                {"/register/domain", [this](const Request& r) { return get_domain(r); }, nullptr}});
}

// A domain is right if an address with it is. Only the domain is known here, so whose address it is
// stays with the browser.
Result<Response> LookupStep::get_domain(const Request& request) {
  constexpr std::string_view kAnybody = "a@";
  std::string address = std::string(kAnybody).append(request.query.get("name"));
  if (const auto error = check_email("email", address)) return malformed(*error);
  const std::string domain = text::ascii_lower(address.substr(kAnybody.size()));
  const MailReach reach = domains_ ? domains_->find(domain) : MailReach::kUnknown;
  return json(200, json_object({{"domain", domain}, {"mail", word_of(reach)}}));
}

Result<Response> LookupStep::get_clinic(const Request& request) {
  const auto checked = check_number(request.query);
  if (!checked.number) return malformed(*checked.error);
  const RegistrationNumber& number = *checked.number;
  const auto clinic =
      site_.database->read([&](Connection& connection) { return Roster(connection).find(number); });
  if (!clinic) return clinic.error();
  if (!*clinic) {
    const std::string message = field_error("", "not_in_roster").message;
    return json(404, json_object({{"error", "not_in_roster"}, {"message", message}}));
  }
  return json(
      200, json_object({{"registration_number", number.text()}, {"clinic_name", (*clinic)->name}}));
}

std::optional<Response> LookupStep::unavailable_page(const Request&) {
  return json(503, json_object({{"error", "unavailable"}}));
}

}  // namespace portal
