// Unicode text: checking, normalising, counting. The only room that includes utf8proc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portal::text {

// Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF) without NUL.
bool valid_utf8(std::string_view text);

// The text itself if it is that; else `?` in place of NUL and of each byte beyond ASCII: what came
// from outside and must be kept or shown, whatever it is.
std::string repaired(std::string_view text);

// For all below: precondition valid_utf8(text) (asserted where it is read character by character).

std::size_t code_points(std::string_view text);

// True if a control character (general category Cc), a line or paragraph separator (Zl, Zp), or a
// character that reorders or hides text (bidirectional controls, U+200B, U+FEFF, tags, fillers) is
// in it. Joiners (U+200C, U+200D) and variation selectors are part of a character: they are none.
bool has_control(std::string_view text);

// No Cc, Zl or Zp: what a password may hold. Emoji sequences need tags, so has_control is too much.
bool printable(std::string_view text);

// Nothing that can be seen: only white space and invisible characters, or nothing at all.
bool blank(std::string_view text);

// NFC, but CJK compatibility ideographs (U+F900–FAFF, U+2F800–2FA1F) stay as they are: NFC would
// turn 神 (U+FA19) of a person's name into another form, and CP932 keeps them apart. Text with more
// than 30 combining marks in a row stays as it is: that is no language, and costly to sort.
std::string nfc(std::string_view text);

// NFKC: also full-width and half-width forms, ①, ㈱ and the like become what they stand for. For
// comparing, never for keeping.
std::string nfkc(std::string_view text);

// Without the white space (Unicode's, incl. U+3000) at both ends. A part of `text`, not a copy.
std::string_view trim(std::string_view text);

// NFC, then trimmed.
std::string tidy(std::string_view text);

// Number and phone fields (contract.md §2): full-width digits become half-width; spaces and any
// kind of hyphen, dash or long-vowel mark used as one are dropped, as are invisible format
// characters (numbers copied from an address book carry them); the rest stays. It stays too:
// 〜 and ～, because 03-1234-5678～9 means several numbers, and the kanji 一, which is a digit.
std::string fold_digits(std::string_view text);

// At most `bytes` of its beginning, cut between two characters. A part of `text`, not a copy.
std::string_view cut(std::string_view text, std::size_t bytes);

std::string ascii_lower(std::string_view text);

}  // namespace portal::text
