// What errno says, in words. For this room only.
#pragma once

#include <cerrno>
#include <string>
#include <system_error>

namespace portal::fastcgi {

// Unlike strerror(3), safe with threads.
inline std::string system_error(int number = errno) {
  return std::generic_category().message(number);
}

}  // namespace portal::fastcgi
