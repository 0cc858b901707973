// What the functions of text.h ask of a single character.
#pragma once

#include <utf8proc.h>

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace portal::text {

struct Character {
  utf8proc_int32_t code;
  std::size_t bytes;
};

inline const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

// The first character. Nothing if the text is empty or does not begin with a well-formed character.
inline std::optional<Character> decode(std::string_view text) {
  utf8proc_int32_t code = 0;
  const auto length =
      utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &code);
  if (length <= 0) return std::nullopt;
  return Character{code, static_cast<std::size_t>(length)};
}

inline Character first(std::string_view text) {
  const auto character = decode(text);
  assert(character && "text must be valid UTF-8 and not empty");
  return *character;
}

inline bool is_break(utf8proc_int32_t code) {
  const auto category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

inline bool is_invisible(utf8proc_int32_t code) {
  return utf8proc_category(code) == UTF8PROC_CATEGORY_CF ||
         utf8proc_get_property(code)->ignorable != 0;
}

inline std::string named(utf8proc_int32_t code) {
  std::array<char, sizeof "U+10FFFF"> name{};
  std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(code));
  return name.data();
}

}  // namespace portal::text
