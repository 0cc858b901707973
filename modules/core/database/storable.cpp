#include "core/database/storable.h"

#include <algorithm>

#include "core/text/text.h"

namespace portal {

std::string storable(std::string_view text) {
  std::string stored(text);
  if (text::valid_utf8(stored)) return stored;
  // Plain char is signed or not: NUL and what is beyond ASCII.
  std::replace_if(
      stored.begin(), stored.end(),
      [](char c) { return c == '\0' || static_cast<unsigned char>(c) > 0x7f; }, '?');
  return stored;
}

}  // namespace portal
