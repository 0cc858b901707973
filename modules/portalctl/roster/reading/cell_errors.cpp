#include "portalctl/roster/reading/cell_errors.h"

#include <Poco/RegularExpression.h>

#include "core/text/text.h"

namespace portalctl {

bool is_cell_error(std::string_view cell) {
  static const Poco::RegularExpression error(
      "#(N/A|GETTING_DATA|[A-Z][A-Z0-9/_]*[!?]|#+)|Err:[0-9]+",
      Poco::RegularExpression::RE_CASELESS);
  const auto text = portal::text::trim(cell);
  constexpr std::size_t kLongest = 64;
  if (text.size() > kLongest || (!text.starts_with('#') && !text.starts_with("Err:"))) return false;
  return error.match(std::string(text));  // the whole text: match() anchors both ends
}

}  // namespace portalctl
