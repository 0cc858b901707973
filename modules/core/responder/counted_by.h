// The keys under which a request is counted for a limit of the table of policies: of a network also
// the wider ones around it (counted_networks).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/settings.h"
#include "core/database/account/throttles.h"
#include "core/registration/policy.h"

namespace portal {

// One key of a limit.
struct CountedBy {
  Throttle throttle;
  Throttles::Counted counted;
};

CountedBy counted_by(const Settings& settings, Throttle throttle, std::string key,
                     int allowance = 1);

// A key for each width of the network. `subject`: what the limit counts besides the network; empty:
// nothing.
std::vector<CountedBy> counted_by_network(const Settings& settings, Throttle throttle,
                                          std::string_view network, std::string_view subject = "");

// What Throttles::claim() takes.
std::vector<Throttles::Counted> keys_of(std::span<const CountedBy> limits);

}  // namespace portal
