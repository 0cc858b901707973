#include "desk/masks.h"

#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::string_view kMask = "＊＊＊";

}  // namespace

std::string mask_name(std::string_view name) {
  if (name.empty()) return "";
  return text::name_of_first_character(name).append(kMask);
}

std::string mask_phone(std::string_view phone) {
  constexpr std::size_t kShown = 4;
  constexpr std::size_t kShortest = 8;  // of a shorter number too much would be left
  if (phone.empty()) return "";
  const std::string digits = text::fold_number(phone);
  std::string masked(kMask);
  if (digits.size() >= kShortest) masked += digits.substr(digits.size() - kShown);
  return masked;
}

}  // namespace portal
