// The functions of text.h that tell and show what nobody can see in a text.
#include <array>
#include <cstdio>

#include "core/text/private/characters.h"
#include "core/text/text.h"

namespace portal::text {
namespace {

// True for what position_of_unseen() means. U+FFF9 to U+FFFB are interlinear annotations.
bool is_unseen(utf8proc_int32_t code) {
  const bool mark = utf8proc_category(code) == UTF8PROC_CATEGORY_MN;
  return is_break(code) || (is_invisible(code) && !mark);
}

// JSON's escape of a character: two of them for one beyond U+FFFF.
std::string json_escape(utf8proc_int32_t code) {
  constexpr utf8proc_int32_t kSupplementary = 0x10000;
  const auto unit = [](utf8proc_int32_t value) {
    std::array<char, sizeof "\\u001B"> escape{};
    std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(value) & 0xFFFFU);
    return std::string(escape.data());
  };
  if (code < kSupplementary) return unit(code);
  const auto rest = code - kSupplementary;
  return unit(0xD800 + (rest >> 10)) + unit(0xDC00 + (rest & 0x3FF));
}

// The text with `escape` in place of each unseen character and `escape_byte` in place of each byte
// that is not UTF-8.
template <class Escape, class EscapeByte>
std::string escaped(std::string_view text, Escape escape, EscapeByte escape_byte) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const auto character = decode(text);
    const std::size_t bytes = character ? character->bytes : 1;
    if (!character) {
      shown += escape_byte(static_cast<unsigned char>(text[0]));
    } else if (is_unseen(character->code)) {
      shown += escape(character->code);
    } else {
      shown += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return shown;
}

}  // namespace

std::size_t position_of_unseen(std::string_view text) {
  for (std::size_t position = 1; !text.empty(); ++position) {
    const auto character = first(text);
    if (is_unseen(character.code)) return position;
    text.remove_prefix(character.bytes);
  }
  return 0;
}

std::string visible(std::string_view text) {
  return escaped(
      text, [](auto code) { return "<" + named(code) + ">"; },
      [](unsigned char byte) {
        std::array<char, sizeof "<0xFF>"> name{};
        std::snprintf(name.data(), name.size(), "<0x%02X>", static_cast<unsigned>(byte));
        return std::string(name.data());
      });
}

std::string visible_json(std::string_view json) {
  return escaped(json, json_escape, [](unsigned char) { return std::string("\\ufffd"); });
}

}  // namespace portal::text
