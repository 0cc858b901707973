// Mending: a row in quarantine becomes a clinic of the roster; what `portalctl roster fix` and the
// desk do.
#pragma once

#include <cstdint>
#include <string>

#include "core/actions/hindrance.h"
#include "core/actions/instruction.h"
#include "core/database/database.h"
#include "core/database/roster/roster.h"
#include "core/database/roster/row_reason.h"
#include "portalctl/roster/reading/cell_values.h"

namespace portalctl {

struct Mended {
  portal::Outcome outcome;
  portal::Clinic clinic = {};    // if it was done
  portal::RowReason unfit = {};  // why, where it is kRowUnfit
};

// `name`: empty: as the row has it. What the row lacks stays as the roster has it.
Mended mend_row(portal::Connection& connection, std::int64_t id,
                const portal::RegistrationNumber& number, const std::string& name,
                const portal::Instruction& by);

}  // namespace portalctl
