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

// Takes the first line off the text, without its end.
std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// "line N": the first that is not UTF-8.
std::string bad_line_of(std::string_view text) {
  std::size_t number = 1;
  while (!text.empty() && text::valid_utf8(take_line(text))) ++number;
  return "line " + std::to_string(number);
}

}  // namespace

Result<PasswordBlocklist> PasswordBlocklist::parse(std::string_view text) {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) return refused("it is too large");
  constexpr std::string_view kByteOrderMark = "\uFEFF";  // Windows' editors write one
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (!text::valid_utf8(text)) return refused(bad_line_of(text) + " is not UTF-8");
  // All at once: a start reads ten thousand lines, and a string for each would be half of that.
  const std::string lower = text::ascii_lower(text);
  PasswordBlocklist list;
  list.text_.reserve(lower.size() + 1);
  const auto lines = static_cast<std::size_t>(std::ranges::count(lower, '\n')) + 1;
  list.slots_.assign(std::bit_ceil(lines + lines / 2), kFree);
  for (std::string_view rest = lower; !rest.empty();) {
    const std::string_view line = take_line(rest);
    if (line.empty() || line.starts_with('#')) continue;
    std::uint32_t& slot = list.slots_[list.slot_of(line)];
    if (slot != kFree) continue;
    slot = static_cast<std::uint32_t>(list.text_.size());
    list.text_.append(line).append("\n");
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
