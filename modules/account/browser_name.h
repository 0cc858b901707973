// What a browser calls itself (User-Agent), in words that its owner knows.
#pragma once

#include <string>
#include <string_view>

namespace portal {

// 「iPhone の Safari」「Windows の Edge」「Android のブラウザ」; 「不明なブラウザ」 if neither the
// device nor the browser is in our tables. Never a part of the text itself, which anybody can
// choose.
std::string browser_name(std::string_view user_agent);

}  // namespace portal
