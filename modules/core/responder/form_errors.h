// What is wrong with a form, as its template shows it: a summary at the top that links to the
// fields, and each error beside its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/registration/application.h"
#include "core/view/view.h"

namespace portal {

// family_name → FAMILY_NAME: a field's name in a template.
std::string capitals(std::string_view field);

// Fills {{#ERRORS}}{{#ERROR}}{{FIELD}} {{MESSAGE}}, and for each field that is at fault
// {{#NAME_INVALID}} once and {{#NAME_ERROR}}{{MESSAGE}} for each error.
void show_errors(Data& data, const std::vector<FieldError>& errors);

}  // namespace portal
