#include "core/responder/known_device.h"

#include "core/database/account/known_devices.h"
#include "core/registration/policy.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kCookie = "device";

EpochSeconds lifetime(const Site& site) {
  return site.settings.number("retention.device_days") * kDay;
}

}  // namespace

std::optional<std::string> device_hash(const Site& site, const Request& request) {
  const auto token = token_cookie(site, request, kCookie);
  if (!token) return std::nullopt;
  return token_hash(*token);
}

std::optional<std::string> known_device(Connection& connection, const Site& site,
                                        const Request& request, std::string_view account_id,
                                        EpochSeconds now) {
  auto hash = device_hash(site, request);
  if (hash && !KnownDevices(connection).knows(account_id, *hash, now - lifetime(site))) {
    hash.reset();
  }
  return hash;
}

std::string device_token(const Site& site, const Request& request) {
  const auto token = token_cookie(site, request, kCookie);
  return token ? *token : draw_token();
}

void remember_device(Connection& connection, std::string_view account_id, std::string_view token,
                     EpochSeconds now) {
  KnownDevices(connection).add(account_id, token_hash(token), now, kMostDevices);
}

void set_device_cookie(const Site& site, Response& response, std::string_view token) {
  set_cookie(response, kCookie, token, lifetime(site), site.settings.secure());
}

}  // namespace portal
