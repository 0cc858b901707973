// The one-click form of RFC 8058 as multipart/form-data, which that RFC prefers: how a mail program
// tells a list, without a person's page, that its reader wants no more of it. Every other form is
// urlencoded, so this is no reader of multipart: it recognises the one field that there is.
#pragma once

#include <string_view>

namespace portal::one_click {

inline constexpr std::string_view kField = "List-Unsubscribe";
inline constexpr std::string_view kValue = "One-Click";

// True if the body is multipart/form-data (RFC 7578) and has the part List-Unsubscribe=One-Click.
// `content_type` is the header's value. Takes one pass, and copies no part of the body.
bool is_multipart_form(std::string_view content_type, std::string_view body);

}  // namespace portal::one_click
