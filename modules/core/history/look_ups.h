// Who looked for whom, and at what: the audit's rows of the call centre. They have the kind of key
// and never the key, and whose record it was by its id.
//
// Each is written in the transaction, or before the page, that shows what was found: what cannot be
// written down is not shown.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/history/search.h"
#include "core/http/request.h"

namespace portal {

// A member of the call centre at the desk.
struct Staff {
  std::string_view name;  // the row's actor
  const Request& request;
};

// searched: "address, 2 hits".
void record_search(Connection& connection, const Staff& staff, EpochSeconds now, KeyKind kind,
                   std::size_t hits);

// looked_up's detail: the record was shown in full.
inline constexpr std::string_view kShownAtDesk = "desk: record";
// `account_id` is whose it is: the account's id or the registration's.
void record_shown(Connection& connection, const Staff& staff, EpochSeconds now,
                  std::string_view account_id);

}  // namespace portal
