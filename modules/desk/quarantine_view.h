// Rows of imported files that could not be used, where a caller's clinic may be among them.
#pragma once

#include <string_view>
#include <vector>

#include "core/database/roster/roster_quarantine.h"
#include "core/view/view.h"
#include "desk/staff.h"

namespace portal {

// Those with that number.
std::vector<QuarantinedRow> quarantined_as(Connection& connection,
                                           const RegistrationNumber& number);

// {{>HELD_ROWS}}: nothing without rows; with the way to mend them, for who may. `search`: its
// token; may be empty.
void show_quarantined(Data& data, const std::vector<QuarantinedRow>& rows, const Member& member,
                      std::string_view search);

}  // namespace portal
