#include "core/responder/counted_by.h"

#include <utility>

#include "core/http/client_address.h"

namespace portal {

CountedBy counted_by(const Settings& settings, Throttle throttle, std::string key, int allowance) {
  const ThrottleKind& kind = throttle_kind(throttle);
  Limit limit = kind.limit;
  if (!kind.setting.empty()) limit.most = settings.number(kind.setting);
  return {throttle, {std::move(key), times(limit, allowance), times(kind.policy, allowance)}};
}

std::vector<CountedBy> counted_by_network(const Settings& settings, Throttle throttle,
                                          std::string_view network, std::string_view subject) {
  std::vector<CountedBy> limits;
  for (const auto& [text, allowance] : counted_networks(network)) {
    limits.push_back(
        counted_by(settings, throttle, throttle_key(throttle, subject, text), allowance));
  }
  return limits;
}

std::vector<Throttles::Counted> keys_of(std::span<const CountedBy> limits) {
  std::vector<Throttles::Counted> keys;
  for (const CountedBy& limit : limits) keys.push_back(limit.counted);
  return keys;
}

}  // namespace portal
