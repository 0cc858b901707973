// Whether a row that a stranger's request would add is kept, or only counted: the ceilings of
// core/registration/stores.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/registration/stores.h"

namespace portal {

// Asks in the transaction that would add the row. `network`: client_network() of who asks; nothing
// if it is unknown, to whom only the ceiling of the whole store applies. False: the row is counted
// and is not to be added; the answer to the request stays the same. The first one of an hour is a
// line of the log, once it is committed: `storage_bounded`.
bool admit_row(Connection& connection, Store store, const std::optional<std::string>& network,
               EpochSeconds now);

// Counts that many rows as not kept, which nobody has asked about one by one.
void count_not_kept(Connection& connection, Store store, EpochSeconds now, std::int64_t rows,
                    std::string_view network);

// Removes the oldest drafts of a network that has more than its share, and counts them.
void bound_drafts(Connection& connection, const std::optional<std::string>& network,
                  EpochSeconds now);

// The network by which drafts are bounded: of IPv6 the widest one that a subscriber may have.
// Empty: it is unknown.
std::string network_of_draft(const std::optional<std::string>& network);

}  // namespace portal
