// See password_blocklist.h.
#include "core/registration/password_blocklist.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>

#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

}  // namespace

Result<PasswordBlocklist> PasswordBlocklist::parse(std::string_view text) {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) return refused("it is too large");
  constexpr std::string_view kByteOrderMark = "\uFEFF";  // Windows' editors write one
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  PasswordBlocklist list;
  list.text_.reserve(text.size() + 1);
  const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  list.slots_.assign(std::bit_ceil(2 * lines), kFree);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!text::valid_utf8(line)) {
      return refused("line " + std::to_string(number) + " is not UTF-8");
    }
    if (line.empty() || line.starts_with('#')) continue;
    const std::string lower = text::ascii_lower(line);
    std::uint32_t& slot = list.slots_[list.slot_of(lower)];
    if (slot != kFree) continue;
    slot = static_cast<std::uint32_t>(list.text_.size());
    list.text_.append(lower).append("\n");
    ++list.size_;
  }
  list.text_.shrink_to_fit();
  return list;
}

bool PasswordBlocklist::contains(std::string_view password) const {
  return !slots_.empty() && slots_[slot_of(text::ascii_lower(password))] != kFree;
}

std::size_t PasswordBlocklist::slot_of(std::string_view lower) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>()(lower) & mask;
  while (slots_[slot] != kFree && at(slots_[slot]) != lower) slot = (slot + 1) & mask;
  return slot;
}

std::string_view PasswordBlocklist::at(std::uint32_t start) const {
  const std::string_view rest = std::string_view(text_).substr(start);
  return rest.substr(0, rest.find('\n'));
}

}  // namespace portal
