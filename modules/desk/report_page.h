// The whole report of a period, as `portalctl report --html` makes it: counts only, it names
// nobody.
#pragma once

#include "core/base/result.h"
#include "desk/visit.h"

namespace portal {

// GET /desk/report
Result<Response> report_page(const Visit& visit);

}  // namespace portal
