#include "core/responder/signed_in.h"

#include <Poco/URI.h>

#include <algorithm>
#include <cctype>

#include "core/registration/policy.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kCookie = "session";
constexpr std::string_view kOwnPage = "/account";

// What a path of ours is made of; a query may hold more. Neither can end a header line or be taken
// for another host: no backslash, no white space, no character outside ASCII.
bool is_path_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' || c == '_' || c == '-';
}

bool is_query_character(char c) {
  return is_path_character(c) || std::string_view("=&%.~+").find(c) != std::string_view::npos;
}

bool leads_back(std::string_view path) {
  return path == "/login" || path == "/logout" || path.starts_with("/login/");
}

}  // namespace

SessionLimits session_limits(const Settings& settings) {
  return {settings.number("session.idle_minutes") * kMinute,
          settings.number("session.lifetime_hours") * kHour};
}

std::optional<std::string> session_hash(const Site& site, const Request& request) {
  const auto token = token_cookie(site, request, kCookie);
  if (!token) return std::nullopt;
  return token_hash(*token);
}

Result<std::optional<SignedIn>> signed_in(const Site& site, const Request& request) {
  using Found = std::optional<SignedIn>;
  const auto hash = session_hash(site, request);
  if (!hash) return Found();
  const EpochSeconds now = site.clock();
  auto found = site.database->read([&](Connection& connection) {
    const auto session = WebSessions(connection).find(*hash, now, session_limits(site.settings));
    if (!session) return Found();
    const auto account = Accounts(connection).find(session->account_id);
    return account ? Found(SignedIn{*session, *account}) : Found();
  });
  if (!found || !*found) return found;
  // A HEAD changes nothing (contract.md §1), not even this.
  if (request.method == Method::kHead || now < (*found)->session.seen_at + kSessionTouchInterval) {
    return found;
  }
  const auto touched = site.database->write([&](Connection& connection) {
    WebSessions(connection).touch(*hash, now);
    return Done{};
  });
  if (!touched) return touched.error();
  (*found)->session.seen_at = now;
  return found;
}

void set_session_cookie(const Site& site, Response& response, std::string_view token) {
  set_cookie(response, kCookie, token, session_limits(site.settings).lifetime,
             site.settings.secure());
}

void clear_session_cookie(const Site& site, Response& response) {
  set_cookie(response, kCookie, "", 0, site.settings.secure());
}

Response to_login(std::string_view path) {
  std::string encoded;
  Poco::URI::encode(std::string(path), "?&=+#%", encoded);
  return see_other("/login?return=" + encoded);
}

std::string own_path(std::string_view path) {
  const std::string_view name = path.substr(0, path.find('?'));
  const std::string_view query = path.substr(std::min(path.size(), name.size() + 1));
  const bool ours = name.starts_with('/') && name.find("//") == std::string_view::npos &&
                    std::ranges::all_of(name, is_path_character) &&
                    std::ranges::all_of(query, is_query_character);
  return std::string(ours && !leads_back(name) ? path : kOwnPage);
}

}  // namespace portal
