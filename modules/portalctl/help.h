// The same table as help, as a manual page, and as what bash completes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "portalctl/verb.h"

namespace portalctl {

inline constexpr std::string_view kExitStatus =
    "0 done; 1 refused or not found, the reason is on standard error;\n"
    "2 wrong usage or settings.";

// "roster import" → roster, import
std::vector<std::string> words_of(std::string_view text);

void print_help();
// Of these only, and of the options that they take.
void print_help(std::span<const Verb* const> some);

}  // namespace portalctl
