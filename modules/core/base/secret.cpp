#include "core/base/secret.h"

#include <cstring>

namespace portal {

void wipe(std::string& text) {
  text.resize(text.capacity());  // what was erased from the string's end counts too
  explicit_bzero(text.data(), text.size());
  text.clear();
}

}  // namespace portal
