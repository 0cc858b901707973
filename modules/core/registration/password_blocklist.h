// A PasswordBlocklist is the set of passwords that are too common to be chosen (ASVS 5.0, 6.2.4).
// Immutable, so any number of threads may ask it. Comparing ignores the case of ASCII letters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace portal {

class PasswordBlocklist {
 public:
  PasswordBlocklist() = default;  // nothing is too common

  // One password a line, in UTF-8; empty lines and those that begin with # do not count. Refused,
  // with the number of the line, if one is not UTF-8.
  static Result<PasswordBlocklist> parse(std::string_view text);

  bool contains(std::string_view password) const;
  std::size_t size() const { return passwords_.size(); }

 private:
  std::vector<std::string> passwords_;  // in lower case, sorted; most are too short for the heap
};

}  // namespace portal
