#include "core/responder/signup_cookie.h"

#include "core/registration/policy.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kCookie = "signup";

}  // namespace

std::string signup_token(std::string_view draft_token) {
  return derive_token(draft_token, "signup");
}

void set_signup_cookie(const Site& site, Response& response, std::string_view signup_token) {
  set_cookie(response, kCookie, signup_token, kRegistrationLifetime, site.settings.secure());
}

std::optional<std::string> signup_hash(const Site& site, const Request& request) {
  const auto token = token_cookie(site, request, kCookie);
  if (!token) return std::nullopt;
  return token_hash(*token);
}

Result<std::optional<Registration>> signed_up(const Site& site, const Request& request) {
  const auto hash = signup_hash(site, request);
  if (!hash) return std::optional<Registration>();
  return site.database->read(
      [&](Connection& connection) { return Registrations(connection).find_by_signup(*hash); });
}

}  // namespace portal
