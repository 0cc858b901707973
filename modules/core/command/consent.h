// Asking before a verb changes what cannot be changed back: a reason, which the audit keeps, and a
// yes, from the terminal or by --yes. A verb that changes nothing may be given a reason, too.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/command/program.h"

namespace portal {

// A verb asks because it takes this option: the reading of the command line then insists on a
// reason.
inline constexpr Option kYes = {"yes", "", "does not ask"};
inline constexpr Option kReason = {"reason", "TEXT",
                                   "why; it is kept in the audit: no secrets, no addresses"};

// Error: kWrongUsage; --reason is not a line of text; or, of a verb that takes kYes, it is missing,
// or nobody could be asked here.
Result<Done> check_consent(const CommandLine& line);

// Asks `question` ("Disable the account of Taro") on standard error, unless --yes was given. Error:
// kRefused; the answer was not `yes`.
Result<Done> confirm(const CommandLine& line, const std::string& question);

}  // namespace portal
