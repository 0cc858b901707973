#include "core/mail/encoded_words.h"

#include <algorithm>

#include "core/mail/base64.h"

namespace portal::mail {
namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

}  // namespace

std::string encoded_words(std::string_view text, std::size_t bytes_of_word) {
  std::string words;
  while (!text.empty()) {
    std::size_t size = std::min(bytes_of_word, text.size());
    while (size > 1 && size < text.size() && continues_character(text[size])) --size;
    words.append(words.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?");
    words.append(base64(text.substr(0, size))).append("?=");
    text.remove_prefix(size);
  }
  return words;
}

}  // namespace portal::mail
