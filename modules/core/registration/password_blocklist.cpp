// See password_blocklist.h.
#include "core/registration/password_blocklist.h"

#include <algorithm>

#include "core/text/text.h"

namespace portal {

Result<PasswordBlocklist> PasswordBlocklist::parse(std::string_view text) {
  PasswordBlocklist list;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!text::valid_utf8(line)) {
      return refused("line " + std::to_string(number) + " is not UTF-8");
    }
    if (!line.empty() && !line.starts_with('#')) {
      list.passwords_.push_back(text::ascii_lower(line));
    }
  }
  std::ranges::sort(list.passwords_);
  const auto repeated = std::ranges::unique(list.passwords_);
  list.passwords_.erase(repeated.begin(), repeated.end());
  list.passwords_.shrink_to_fit();
  return list;
}

bool PasswordBlocklist::contains(std::string_view password) const {
  return std::ranges::binary_search(passwords_, text::ascii_lower(password));
}

}  // namespace portal
