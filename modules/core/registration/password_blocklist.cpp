// See password_blocklist.h.
#include "core/registration/password_blocklist.h"

#include <algorithm>
#include <limits>

#include "core/text/text.h"

namespace portal {

Result<PasswordBlocklist> PasswordBlocklist::parse(std::string_view text) {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) return refused("it is too large");
  constexpr std::string_view kByteOrderMark = "\uFEFF";  // Windows' editors write one
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  PasswordBlocklist list;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!text::valid_utf8(line)) {
      return refused("line " + std::to_string(number) + " is not UTF-8");
    }
    if (line.empty() || line.starts_with('#')) continue;
    list.starts_.push_back(static_cast<std::uint32_t>(list.text_.size()));
    list.text_.append(text::ascii_lower(line)).append("\n");
  }
  std::ranges::sort(list.starts_, {}, [&](std::uint32_t start) { return list.at(start); });
  list.text_.shrink_to_fit();
  list.starts_.shrink_to_fit();
  return list;
}

bool PasswordBlocklist::contains(std::string_view password) const {
  const std::string lower = text::ascii_lower(password);
  return std::ranges::binary_search(starts_, std::string_view(lower), {},
                                    [this](std::uint32_t start) { return at(start); });
}

std::string_view PasswordBlocklist::at(std::uint32_t start) const {
  const std::string_view rest = std::string_view(text_).substr(start);
  return rest.substr(0, rest.find('\n'));
}

}  // namespace portal
