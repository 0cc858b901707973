// See text.h. Categories and properties are utf8proc's (Unicode 14).
#include "core/text/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <memory>
#include <new>

#include "core/text/private/characters.h"

namespace portal::text {
namespace {

template <class Predicate>
bool any_of(std::string_view text, Predicate predicate) {
  while (!text.empty()) {
    const auto character = first(text);
    if (predicate(character.code)) return true;
    text.remove_prefix(character.bytes);
  }
  return false;
}

// Unicode's property White_Space.
bool is_space(utf8proc_int32_t code) {
  if ((code >= 0x09 && code <= 0x0D) || code == 0x85) return true;
  const auto category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

// True for invisible characters that do not belong to another one. Variation selectors do: they are
// marks (Mn).
bool is_hidden(utf8proc_int32_t code) {
  constexpr utf8proc_int32_t kNonJoiner = 0x200C;
  constexpr utf8proc_int32_t kJoiner = 0x200D;
  return is_invisible(code) && utf8proc_category(code) != UTF8PROC_CATEGORY_MN &&
         code != kNonJoiner && code != kJoiner;
}

// True for Unicode's dashes (Pd) and for the characters that people type in their place.
bool is_dash(utf8proc_int32_t code) {
  constexpr std::array<utf8proc_int32_t, 2> kWaves = {0x301C, 0x3030};
  constexpr std::array<utf8proc_int32_t, 11> kTypedAsDash = {
      0x00AF,  // ¯ macron
      0x02D7,  // ˗ modifier letter minus
      0x2043,  // ⁃ hyphen bullet
      0x207B,  // ⁻ superscript minus
      0x208B,  // ₋ subscript minus
      0x2212,  // − minus
      0x2500,  // ─ box drawing
      0x2501,  // ━ box drawing, heavy
      0x2796,  // ➖ heavy minus
      0x30FC,  // ー long-vowel mark
      0xFF70,  // ｰ half-width long-vowel mark
  };
  if (std::ranges::find(kTypedAsDash, code) != kTypedAsDash.end()) return true;
  return utf8proc_category(code) == UTF8PROC_CATEGORY_PD &&
         std::ranges::find(kWaves, code) == kWaves.end();
}

// True for Unicode's brackets, and for the signs that are typed as such.
bool is_bracket(utf8proc_int32_t code) {
  constexpr std::array<utf8proc_int32_t, 4> kTypedAsBracket = {'<', '>', 0xFF1C, 0xFF1E};
  const auto category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_PS || category == UTF8PROC_CATEGORY_PE ||
         std::ranges::find(kTypedAsBracket, code) != kTypedAsBracket.end();
}

// True for the dots that people and input methods put between the groups of a number.
bool is_dot(utf8proc_int32_t code) {
  constexpr std::array<utf8proc_int32_t, 12> kDots = {
      0x002E,  // . full stop
      0xFF0E,  // ．full-width full stop
      0xFE52,  // ﹒ small full stop
      0x2024,  // ․ one dot leader
      0x3002,  // 。 ideographic full stop
      0xFF61,  // ｡ half-width ideographic full stop
      0x30FB,  // ・ middle dot
      0xFF65,  // ･ half-width middle dot
      0x00B7,  // · Latin middle dot
      0x2022,  // • bullet
      0x2219,  // ∙ bullet operator
      0x22C5,  // ⋅ dot operator
  };
  return std::ranges::find(kDots, code) != kDots.end();
}

// True for a character that shows nothing by itself and has no place in an address. U+FFF9 to
// U+FFFB are interlinear annotations, which Unicode does not call ignorable.
bool is_droppable(utf8proc_int32_t code) {
  return utf8proc_get_property(code)->ignorable != 0 || (code >= 0xFFF9 && code <= 0xFFFB);
}

// True if no machine but that of the writer can be expected to show the character.
bool is_unshowable(utf8proc_int32_t code) {
  constexpr std::array<utf8proc_int32_t, 3> kOfLostCharacters = {
      0xFFFD,  // replacement character
      0xFFFC,  // object replacement character
      0x3013,  // 〓, which Japanese print has in place of a missing character
  };
  constexpr utf8proc_int32_t kPlane = 0x10000;
  constexpr utf8proc_int32_t kLastOfPlane = 0xFFFE;  // it and the next are noncharacters
  const auto category = utf8proc_category(code);
  if (category == UTF8PROC_CATEGORY_CO) return true;
  if (category == UTF8PROC_CATEGORY_CN) {
    const auto plane = code / kPlane;
    return (plane != 2 && plane != 3) || code % kPlane >= kLastOfPlane;
  }
  return std::ranges::find(kOfLostCharacters, code) != kOfLostCharacters.end();
}

bool is_compatibility_ideograph(utf8proc_int32_t code) {
  return (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x2F800 && code <= 0x2FA1F);
}

bool is_mark(utf8proc_int32_t code) {
  const auto category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
         category == UTF8PROC_CATEGORY_ME;
}

// utf8proc sorts the marks of one character by insertion: a form full of marks would take 6
// seconds.
bool has_heap_of_marks(std::string_view text) {
  constexpr int kMost = 30;  // UAX #15, Stream-Safe Text Format
  int marks = 0;
  return any_of(text, [&](auto code) {
    marks = is_mark(code) ? marks + 1 : 0;
    return marks > kMost;
  });
}

// What fold_digits() says, without the characters that `drops` names.
template <class Predicate>
std::string folded_digits(std::string_view text, Predicate drops) {
  constexpr utf8proc_int32_t kFullWidthZero = 0xFF10;
  std::string folded;
  while (!text.empty()) {
    const auto character = first(text);
    const auto digit = character.code - kFullWidthZero;
    if (digit >= 0 && digit <= 9) {
      folded += static_cast<char>('0' + digit);
    } else if (!is_space(character.code) && !is_dash(character.code) &&
               !is_droppable(character.code) && !drops(character.code) &&
               utf8proc_category(character.code) != UTF8PROC_CATEGORY_CF) {
      folded += text.substr(0, character.bytes);
    }
    text.remove_prefix(character.bytes);
  }
  return folded;
}

struct Free {
  void operator()(utf8proc_uint8_t* memory) const { std::free(memory); }
};

constexpr auto kNfc = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
constexpr auto kNfkc = static_cast<utf8proc_option_t>(kNfc | UTF8PROC_COMPAT);

std::string composed(std::string_view text, utf8proc_option_t form) {
  if (text.empty()) return {};
  utf8proc_uint8_t* memory = nullptr;
  const auto length =
      utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &memory, form);
  const std::unique_ptr<utf8proc_uint8_t, Free> owner(memory);
  assert(length != UTF8PROC_ERROR_INVALIDUTF8);
  if (length < 0) throw std::bad_alloc();
  return {reinterpret_cast<const char*>(memory), static_cast<std::size_t>(length)};
}

}  // namespace

bool valid_utf8(std::string_view text) {
  // ASCII, of which there is most, needs no decoding. The cast is needed because char may be
  // signed.
  constexpr auto kIsAscii = [](char c) {
    return c != '\0' && static_cast<unsigned char>(c) < 0x80;
  };
  for (;;) {
    text.remove_prefix(
        static_cast<std::size_t>(std::ranges::find_if_not(text, kIsAscii) - text.begin()));
    if (text.empty()) return true;
    const auto character = decode(text);
    if (!character || character->code == 0) return false;
    text.remove_prefix(character->bytes);
  }
}

std::string repaired(std::string_view text) {
  std::string good(text);
  if (valid_utf8(text)) return good;
  // Replaces NUL and bytes beyond ASCII. The cast is needed because char may be signed.
  std::ranges::replace_if(
      good, [](char c) { return c == '\0' || static_cast<unsigned char>(c) > 0x7f; }, '?');
  return good;
}

std::size_t code_points(std::string_view text) {
  constexpr auto kIsFirstByte = [](char byte) { return (byte & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(text, kIsFirstByte));
}

bool has_control(std::string_view text) {
  return any_of(text, [](auto code) { return is_break(code) || is_hidden(code); });
}

bool printable(std::string_view text) {
  return !any_of(text, is_break);
}

bool blank(std::string_view text) {
  return !any_of(text, [](auto code) { return !is_space(code) && !is_invisible(code); });
}

// A compatibility ideograph neither composes with its neighbours nor moves among them, so the text
// before it and the text after it can be normalised separately.
std::string nfc(std::string_view text) {
  if (has_heap_of_marks(text)) return std::string(text);
  std::string normal;
  std::size_t begin = 0;  // of the part that is not yet in `normal`
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first(text.substr(at));
    if (is_compatibility_ideograph(character.code)) {
      normal += composed(text.substr(begin, at - begin), kNfc);
      normal += text.substr(at, character.bytes);
      begin = at + character.bytes;
    }
    at += character.bytes;
  }
  return normal += composed(text.substr(begin), kNfc);
}

std::string nfkc(std::string_view text) {
  return has_heap_of_marks(text) ? std::string(text) : composed(text, kNfkc);
}

std::string_view trim(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first(text.substr(at));
    const auto next = at + character.bytes;
    if (!is_space(character.code)) {
      begin = std::min(begin, at);
      end = next;
    }
    at = next;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string tidy(std::string_view text) {
  return std::string(trim(nfc(text)));
}

std::string fold_digits(std::string_view text) {
  return folded_digits(text, [](auto) { return false; });
}

std::string fold_number(std::string_view text) {
  return folded_digits(text, [](auto code) { return is_bracket(code) || is_dot(code); });
}

std::string fold_address(std::string_view text) {
  constexpr utf8proc_int32_t kFirstFullWidth = 0xFF01;  // ！
  constexpr utf8proc_int32_t kLastFullWidth = 0xFF5E;   // ～
  constexpr utf8proc_int32_t kToAscii = kFirstFullWidth - '!';
  std::string folded;
  while (!text.empty()) {
    const auto character = first(text);
    if (character.code >= kFirstFullWidth && character.code <= kLastFullWidth) {
      folded += static_cast<char>(character.code - kToAscii);
    } else if (!is_droppable(character.code)) {
      folded += text.substr(0, character.bytes);
    }
    text.remove_prefix(character.bytes);
  }
  return std::string(trim(folded));
}

std::size_t position_of_unshowable(std::string_view text) {
  for (std::size_t position = 1; !text.empty(); ++position) {
    const auto character = first(text);
    if (is_unshowable(character.code)) return position;
    text.remove_prefix(character.bytes);
  }
  return 0;
}

std::string name_of_first_character(std::string_view text) {
  constexpr utf8proc_int32_t kBlankBraille = 0x2800;
  const auto character = first(text);
  const auto code = character.code;
  const bool unseen = is_break(code) || is_space(code) || is_invisible(code) || is_mark(code) ||
                      is_unshowable(code) || code == kBlankBraille;
  return unseen ? named(code) : std::string(text.substr(0, character.bytes));
}

std::string name_of_character(std::string_view text, std::size_t position) {
  while (position-- > 1) text.remove_prefix(first(text).bytes);
  return name_of_first_character(text);
}

bool has_space(std::string_view text) {
  return any_of(text, is_space);
}

std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (text[bytes] & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& letter : lower) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return lower;
}

}  // namespace portal::text
