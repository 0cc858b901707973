// The overview: how the portal is doing, for who answers the telephone. It has counts only and
// names nobody.
#pragma once

#include "core/base/result.h"
#include "core/view/view.h"
#include "desk/visit.h"

namespace portal {

// {{>TODAY}}: what a caller may be affected by now. Nothing, if it cannot be found out.
void show_today(Data& data, const Visit& visit);

// GET /desk/overview: the same, and the figures of a period.
Result<Response> overview_page(const Visit& visit);

}  // namespace portal
