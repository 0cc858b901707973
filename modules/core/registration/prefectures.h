// The 47 prefectures and their codes (JIS X 0401), with which registration numbers begin.
#pragma once

#include <optional>
#include <string_view>

namespace portal {

// "13" → 東京都; nothing: it is no prefecture's code.
std::optional<std::string_view> prefecture_name(std::string_view code);

// Of 13, 東京都, 東京 or 13:東京都 the code, "13"; nothing: it is none of these.
std::optional<std::string_view> prefecture_code(std::string_view text);

}  // namespace portal
