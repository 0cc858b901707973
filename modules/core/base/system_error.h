// The message for an errno.
#pragma once

#include <cerrno>
#include <string>
#include <system_error>

namespace portal {

// Unlike strerror(3), it may be called by several threads.
inline std::string system_error(int number = errno) {
  return std::generic_category().message(number);
}

}  // namespace portal
