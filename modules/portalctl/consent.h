// What verbs that change something ask before: a reason for the audit, and a yes.
#pragma once

#include <string>

#include "portalctl/verb.h"

namespace portalctl {

// What is wrong with --reason, or that nobody could be asked without --yes; or nothing.
std::string complaint_of_consent(const Options& options);

// --yes, or the answer `yes` to `question`, which is asked on standard error.
bool consented(const Options& options, const std::string& question);

}  // namespace portalctl
