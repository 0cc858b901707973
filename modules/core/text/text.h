// Unicode text: checking, normalising, counting. The only room that includes utf8proc.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace portal::text {

// Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF) without NUL.
bool valid_utf8(std::string_view text);

// For all below: precondition valid_utf8(text).

std::size_t code_points(std::string_view text);

// True if a control character (general category Cc), a line or paragraph separator (Zl, Zp), or a
// character that reorders or hides text (bidirectional controls, U+FEFF, tags) is in it.
bool has_control(std::string_view text);

// NFC, but CJK compatibility ideographs (U+F900–FAFF, U+2F800–2FA1F) stay as they are: NFC would
// turn 神 (U+FA19) of a person's name into another form, and CP932 keeps them apart.
std::string nfc(std::string_view text);

// NFC, then white space (Unicode's, incl. U+3000) at both ends dropped.
std::string tidy(std::string_view text);

// Number and phone fields (contract.md §2): full-width digits become half-width; spaces and any
// kind of hyphen, dash or long-vowel mark used as one are dropped; the rest stays.
std::string fold_digits(std::string_view text);

std::string ascii_lower(std::string_view text);

}  // namespace portal::text
