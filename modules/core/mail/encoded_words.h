// Encoded words: how a header field has what is not ASCII (RFC 2047).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portal::mail {

// How many bytes of text a word may have. In a line of its own, 45 bytes are 60 characters of
// base64 and the word has 72 (RFC 2047 §2 allows 75, and 76 for the line). In the first line of a
// field named `Subject`, 39 bytes give 73 columns.
inline constexpr std::size_t kBytesOfWord = 45;
inline constexpr std::size_t kBytesOfWordBesideName = 39;

// The text (UTF-8) in encoded words, one in each line, of whole characters. Empty for no text.
std::string encoded_words(std::string_view text, std::size_t bytes_of_word);

}  // namespace portal::mail
