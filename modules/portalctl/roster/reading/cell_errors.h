// The errors that a spreadsheet shows in a cell in place of a value.
#pragma once

#include <string_view>

namespace portalctl {

// "#N/A", "#REF!" and the like, "Err:502" of LibreOffice, and "####" of a column that is too
// narrow.
bool is_cell_error(std::string_view cell);

}  // namespace portalctl
