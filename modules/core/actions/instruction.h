// Actions: what an operator (portalctl) or the call centre (the desk) does for one person's case.
// Each is one function in the caller's transaction: it looks at the rows as they are now, changes
// them, and writes one row of the audit. Nothing is printed here, so that both say it in their own
// words.
#pragma once

#include <string_view>

#include "core/base/clock.h"

namespace portal {

// Who has it done, and why: what the audit keeps of it. For an operator's command all but the
// reason is empty.
struct Instruction {
  std::string_view reason = "";
  std::string_view actor = "";       // the desk's staff
  std::string_view client = "";      // Client::address()
  std::string_view request_id = "";  // of the request that asks for it
  EpochSeconds now = 0;
};

}  // namespace portal
