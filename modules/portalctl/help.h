// The same table as help, as a manual page, and as what bash completes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "portalctl/verb.h"

namespace portalctl {

// "roster import" → roster, import
std::vector<std::string> words_of(std::string_view text);

void print_help();
void print_help(const Verb& verb);

}  // namespace portalctl
