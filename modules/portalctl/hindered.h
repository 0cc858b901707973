// What an operator is told when an action (core/actions) could not be done.
#pragma once

#include <string>

#include "core/actions/hindrance.h"
#include "core/base/result.h"

namespace portalctl {

// The error: `subject`, which may be empty, and why.
portal::Error hindered(const std::string& subject, const portal::Outcome& outcome);

}  // namespace portalctl
