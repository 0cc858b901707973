// Turns what a message carries into plain UTF-8 text: line ends, transfer encodings (RFC 2045 §6),
// character sets and HTML. Every function takes any bytes, needs time linear in their number, and
// gives what can be read of them.
#pragma once

#include <string>
#include <string_view>

namespace portal::mail::bounce {

// CR before LF goes, every other CR becomes LF, and NUL becomes a space.
std::string with_line_feeds(std::string_view bytes);

// `encoding` is the value of Content-Transfer-Encoding. What claims to be base64 and is plain text
// stays as it is.
std::string transfer_decoded(std::string_view bytes, std::string_view encoding);

// Text in a character set, as valid UTF-8. Without a set that is known it is taken for UTF-8, or
// for ISO-2022-JP if it has its escape sequences.
std::string utf8_of(std::string_view bytes, std::string_view charset);

// The words of a page, without tags, styles and scripts; blocks begin a new line.
std::string text_of_html(std::string_view html);

// A header field's value with its encoded words (RFC 2047) decoded.
std::string words_decoded(std::string_view value);

}  // namespace portal::mail::bounce
