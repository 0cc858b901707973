// Facts about the body that runs the portal, as templates show them: names, telephone, hours,
// addresses. They stand in operator.conf in the folder of the templates, which says what each
// means.
#pragma once

#include <map>
#include <string>

#include "core/base/result.h"

namespace portal {

// Name → value: what a template shows as {{TELEPHONE}}. TELEPHONE_DIGITS is made from TELEPHONE.
using OperatorFacts = std::map<std::string, std::string, std::less<>>;

// Reads operator.conf of the folder `templates`. The error names the file, and the fact that is
// missing or empty; facts that we do not know are taken too, for templates of the operator's own.
Result<OperatorFacts> read_operator_facts(const std::string& templates);

}  // namespace portal
