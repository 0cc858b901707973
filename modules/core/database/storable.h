// Text that comes from outside in any encoding. For this room only.
#pragma once

#include <string>
#include <string_view>

namespace portal {

// As it is if it is UTF-8 without NUL; else with `?` for each byte that is not ASCII: what a mail
// server or a browser sends must not keep a row from being written.
std::string storable(std::string_view text);

}  // namespace portal
