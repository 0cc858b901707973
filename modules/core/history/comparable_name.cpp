// How a clinic's name is compared with what a caller says and an agent types.
#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/history/private/name_pattern.h"
#include "core/history/search.h"
#include "core/text/text.h"

namespace portal {
namespace {

// Variants of a character in names, and the form that stands for them when names are compared.
// Empty: it does not count.
constexpr auto kVariants = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"髙", "高"}, {"﨑", "崎"}, {"嵜", "崎"}, {"碕", "崎"}, {"邊", "辺"}, {"邉", "辺"},
    {"齋", "斉"}, {"齊", "斉"}, {"斎", "斉"}, {"澤", "沢"}, {"濵", "浜"}, {"濱", "浜"},
    {"嶋", "島"}, {"嶌", "島"}, {"廣", "広"}, {"眞", "真"}, {"國", "国"}, {"德", "徳"},
    {"惠", "恵"}, {"淸", "清"}, {"瀨", "瀬"}, {"瀧", "滝"}, {"黑", "黒"}, {"櫻", "桜"},
    {"龍", "竜"}, {"學", "学"}, {"壽", "寿"}, {"榮", "栄"}, {"萬", "万"}, {"圓", "円"},
    {"醫", "医"}, {"ゖ", "け"}, {"ゕ", "か"}, {"・", ""},   {"ー", ""},   {"-", ""},
    {"‐", ""},
});

// Kanji that CP932 has in a second form, which NFKC replaces by these and a list keeps.
constexpr std::string_view kWithCompatibilityForm = "塚晴猪益礼神祥福靖精羽諸逸都飯飼館鶴";

// The characters of valid UTF-8, one by one.
template <class F>
void for_each_character(std::string_view text, const F& each) {
  while (!text.empty()) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    each(text.substr(0, length));
    text.remove_prefix(length);
  }
}

// ァ to ヶ are ぁ to ゖ, 0x60 code points further.
std::string hiragana_of(std::string_view character) {
  constexpr unsigned kFirst = 0x30A1;
  constexpr unsigned kLast = 0x30F6;
  constexpr unsigned kApart = 0x60;
  if (character.size() != 3) return std::string(character);
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(character[at]); };
  const unsigned point = ((byte(0) & 0x0FU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
  if (point < kFirst || point > kLast) return std::string(character);
  const unsigned kana = point - kApart;
  return {static_cast<char>(0xE0U | (kana >> 12U)),
          static_cast<char>(0x80U | ((kana >> 6U) & 0x3FU)),
          static_cast<char>(0x80U | (kana & 0x3FU))};
}

bool is_variation_selector(std::string_view character) {
  return character.starts_with("\xEF\xB8") || character.starts_with("\xF3\xA0");
}

bool is_kanji(std::string_view character) {
  return character >= "\u3400" && character <= "\u9FFF" && character.size() == 3;
}

// A name that has this character when it is compared has it as it is stored, too.
bool is_stable(std::string_view character) {
  return is_kanji(character) && kWithCompatibilityForm.find(character) == std::string_view::npos &&
         std::ranges::none_of(kVariants, [&](const auto& row) { return row.second == character; });
}

std::string stable_part(const std::string& word) {
  std::string pattern = "%";
  for_each_character(word, [&](std::string_view character) {
    if (is_stable(character)) pattern.append(character).append("%");
  });
  return pattern;
}

}  // namespace

std::string comparable_name(std::string_view name) {
  std::string compared;
  for_each_character(text::ascii_lower(text::nfkc(name)), [&](std::string_view character) {
    if (text::has_space(character) || is_variation_selector(character)) return;
    const std::string kana = hiragana_of(character);
    const auto* const variant = std::ranges::find(kVariants, std::string_view(kana),
                                                  [](const auto& row) { return row.first; });
    compared.append(variant == kVariants.end() ? std::string_view(kana) : variant->second);
  });
  return compared;
}

std::string like_pattern(const std::vector<std::string>& words) {
  std::string longest = "%";
  for (const std::string& word : words) {
    std::string pattern = stable_part(word);
    if (pattern.size() > longest.size()) longest = std::move(pattern);
  }
  return longest;
}

}  // namespace portal
