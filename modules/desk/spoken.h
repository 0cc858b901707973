// The verdict as it is read out at the telephone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/history/verdict.h"

namespace portal {

// Its lines, the first of which says what is the matter and what to do. Addresses are masked.
std::vector<std::string> spoken(Verdict verdict, std::string_view sender_domain);

}  // namespace portal
