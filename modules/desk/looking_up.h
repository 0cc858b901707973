// Looking up: the search field, what it has found, and one record in full. Each look-up counts for
// desk.lookups_per_hour and is a row of the audit, in the transaction that leads to its page.
#pragma once

#include "core/base/result.h"
#include "desk/visit.h"

namespace portal {

Result<Response> start_page(const Visit& visit);

// POST /desk/: 303 to the page of what was found. The same again, by a double click or on the
// page of what was found, is one look-up.
Result<Response> look_up(const Visit& visit);

// GET /desk/found: says it; without a search, or after its time, the search field.
Result<Response> show_found(const Visit& visit);

// POST /desk/found: one of several hits.
Result<Response> choose_hit(const Visit& visit);

// POST /desk/show: one record in full. Asked for twice, it is one look-up.
Result<Response> show_record(const Visit& visit);

// The search field, because the search is over, or somebody else's.
Response search_ended(const Visit& visit);

}  // namespace portal
