// What a browser accepts, and what it has already (RFC 9110 §12.5.3, §13.1.2).
#pragma once

#include <string>
#include <string_view>

namespace portal {

// Whether this Accept-Encoding takes gzip. `*` alone does not count: whoever sends no more than
// that is no browser.
bool accepts_gzip(std::string_view accept_encoding);

// Whether this If-None-Match names the entity tag `tag`, which has its quotes.
bool names_tag(std::string_view if_none_match, std::string_view tag);

// The text as gzip (RFC 1952), always the same for the same text. It is made as small as zlib can:
// what is compressed here is compressed once and sent often.
std::string gzip(std::string_view text);

}  // namespace portal
