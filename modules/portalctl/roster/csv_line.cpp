#include "portalctl/roster/csv_line.h"

#include <csv.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/text/text.h"

namespace portalctl {
namespace {

// Whether a spreadsheet could take the cell for a formula (OWASP, "CSV injection"). Some also look
// behind spaces and quotes, and fold full-width signs. What begins with ' would lose it in import.
bool may_be_formula(std::string_view cell) {
  constexpr std::array<std::string_view, 8> kSigns = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  constexpr std::array<std::string_view, 5> kBefore = {" ", "\"", "'", "\u3000", "\u00A0"};
  const auto begins_with_one = [&](const auto& texts) {
    return std::ranges::find_if(texts, [&](auto text) { return cell.starts_with(text); });
  };
  if (cell.starts_with("'")) return true;
  for (auto before = begins_with_one(kBefore); before != kBefore.end();
       before = begins_with_one(kBefore)) {
    cell.remove_prefix(before->size());
  }
  return begins_with_one(kSigns) != kSigns.end();
}

}  // namespace

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (const std::string& value : fields) {
    if (!line.empty()) line += ',';
    const std::string field = (may_be_formula(value) ? "'" : "") + portal::text::visible(value);
    std::string quoted(field.size() * 2 + 2, '\0');
    quoted.resize(csv_write(quoted.data(), quoted.size(), field.data(), field.size()));
    line += quoted;
  }
  return line + "\r\n";
}

}  // namespace portalctl
