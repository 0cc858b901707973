// Base64 in one line (RFC 4648 §4): for encoded words and AUTH.
#pragma once

#include <string>
#include <string_view>

namespace portal::mail {

std::string base64(std::string_view bytes);

}  // namespace portal::mail
