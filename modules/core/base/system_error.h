// What errno says, in words.
#pragma once

#include <cerrno>
#include <string>
#include <system_error>

namespace portal {

// Unlike strerror(3), safe with threads.
inline std::string system_error(int number = errno) {
  return std::generic_category().message(number);
}

}  // namespace portal
