// Facts about the body that runs the portal, which templates show: names, telephone, hours,
// addresses. They are in operator.conf in the folder of the templates; this file says what each
// fact means.
#pragma once

#include <map>
#include <string>

#include "core/base/result.h"

namespace portal {

// Name → value. A template shows the fact TELEPHONE as {{TELEPHONE}}. TELEPHONE_DIGITS is made from
// TELEPHONE, and SECURITY_CONTACT from CONTACT_EMAIL unless it is given.
using OperatorFacts = std::map<std::string, std::string, std::less<>>;

// Reads operator.conf in the folder `templates`. Within a value ${NAME} stands for another fact.
// The error names the file and the fact that is missing or empty, or whose ${NAME} stands for
// nothing. Unknown facts are accepted, because templates of the operator may use them.
Result<OperatorFacts> read_operator_facts(const std::string& templates);

}  // namespace portal
