// The error of a command line, or of settings, that are wrong: the program exits with status 2.
#pragma once

#include <string>
#include <utility>

#include "core/base/result.h"

namespace portal {

// A further Error::Kind, which only programs with a command line need.
inline constexpr auto kWrongUsage = static_cast<Error::Kind>(16);

inline Error wrong_usage(std::string message) {
  return {kWrongUsage, std::move(message)};
}

}  // namespace portal
