// Base64 (RFC 4648 §4): for encoded words, AUTH and the bodies of mails.
#pragma once

#include <string>
#include <string_view>

namespace portal::mail {

std::string base64(std::string_view bytes);  // in one line

// In lines of 72 characters, each with CRLF (RFC 2045 §6.8 allows 76).
std::string base64_lines(std::string_view bytes);

}  // namespace portal::mail
