#include "core/base/secret.h"

#include <cstring>

namespace portal {

void wipe(std::string& text) {
  text.resize(text.capacity());  // characters that were erased from the end must be wiped too
  explicit_bzero(text.data(), text.size());
  text.clear();
}

}  // namespace portal
