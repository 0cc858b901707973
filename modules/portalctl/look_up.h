// Looking at whole addresses is written into the audit: a verb with --full calls this when it knows
// what it will show, before it shows anything. A verb that takes kFull takes kReason, too.
//
// No look-ups are: `roster import --full`, whose addresses are those of clinics in public lists,
// and `mail allow --full`, which shows the address that was typed and is in the audit as
// mail_allowed.
#pragma once

#include <cstddef>
#include <string_view>

#include "portalctl/context.h"

namespace portalctl {

struct LookUp {
  std::string_view account_id = "";  // or the registration's; empty: of several people, or nobody's
  std::size_t rows = 1;              // how many people's rows are shown
};

// Does nothing without --full. Errors: the row cannot be written, and so nothing may be shown; or
// --reason was given without --full.
portal::Result<portal::Done> record_look_up(Context& context, const LookUp& look_up);

}  // namespace portalctl
