// The verdict as it is read out at the telephone.
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/history/verdict.h"

namespace portal {

// Its sentences, the first of which says what is the matter. Addresses are masked; times are as
// said_time() has them; hints at an administrator's commands are left out.
std::vector<std::string> spoken(Verdict verdict, std::string_view sender_domain, EpochSeconds now);

}  // namespace portal
