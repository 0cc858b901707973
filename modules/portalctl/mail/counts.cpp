#include "portalctl/mail/counts.h"

#include <algorithm>
#include <string>

namespace portalctl {

std::vector<portal::OutboxCount> counts_of_all_states(portal::Connection& connection) {
  const auto some = portal::Outbox(connection).counts();
  std::vector<portal::OutboxCount> all;
  for (const auto state : portal::kMailStates) {
    const auto count = std::ranges::find(some, state, &portal::OutboxCount::state);
    all.push_back(count == some.end() ? portal::OutboxCount{std::string(state)} : *count);
  }
  return all;
}

}  // namespace portalctl
