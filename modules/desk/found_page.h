// What a search has found: nothing, several, or one case.
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "desk/desk_search.h"
#include "desk/visit.h"

namespace portal {

// `done`: the token of what was just done (keep_done()); may be empty.
Result<Response> found_page(const Visit& visit, const DeskSearch& search, std::string_view done);

}  // namespace portal
