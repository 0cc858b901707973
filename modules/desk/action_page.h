// The page of an action: what will happen, to whom, and the reason that the audit keeps; and doing
// it, once, however often its button is pressed.
#pragma once

#include "core/base/result.h"
#include "desk/visit.h"

namespace portal {

// GET /desk/action
Result<Response> action_page(const Visit& visit);
// POST /desk/action
Result<Response> do_action(const Visit& visit);

}  // namespace portal
