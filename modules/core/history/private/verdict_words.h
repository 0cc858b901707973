// The words of in_words(), a language in each file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/history/verdict.h"

namespace portal {

std::string in_english(const Verdict& verdict, std::string_view sender_domain);
std::vector<std::string> in_japanese(const Verdict& verdict, std::string_view sender_domain);

}  // namespace portal
