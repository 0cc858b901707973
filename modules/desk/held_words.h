// Why a row of a roster is held back, for who has no English.
#pragma once

#include <string>
#include <string_view>

namespace portal {

// `reason` as the reading of rosters gives it (QuarantinedRow::reason).
std::string held_words(std::string_view reason);

}  // namespace portal
