// What a cell of a roster means: a name, a registration number, or why it is none.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/database/roster/roster.h"
#include "core/database/roster/row_reason.h"
#include "core/registration/registration_number.h"

namespace portalctl {

// The cell without what is there to make a spreadsheet take it as text: ="契0123456-7-8" and
// '0123456789. `roster export` writes the second form.
std::string without_text_mark(std::string cell);

// A value in the form in which it is kept: NFC, no space at the ends, line breaks as spaces.
std::string kept_value(std::string_view cell);

// What is wrong with the tidied values of a clinic, whose number can be read from the text
// `number`; empty: nothing.
portal::RowReason complaint(const portal::ClinicDetails& details, const std::string& number);

// The number, from any writing with brackets, full-width digits … Nothing: it is none, and
// complaint_of_number() says why.
std::optional<portal::RegistrationNumber> roster_number(std::string_view cell);
portal::RowReason complaint_of_number(std::string_view cell);

}  // namespace portalctl
