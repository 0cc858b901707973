// Which names of the roster can match the words of a search at all.
#pragma once

#include <string>
#include <vector>

namespace portal {

// A pattern of LIKE, with `\` as its escape, that each stored name matches whose comparable_name()
// contains all `words`, and many others match: it has only characters that a name is always stored
// with.
std::string like_pattern(const std::vector<std::string>& words);

}  // namespace portal
