// A PasswordBlocklist is the set of passwords that are too common to be chosen (ASVS 5.0, 6.2.4).
// Immutable, so any number of threads may ask it. Comparing ignores the case of ASCII letters.
#pragma once

#include <cstddef>
#include <cstdint>
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
  std::size_t size() const { return size_; }

 private:
  // The slot of that password in lower case, or the free one where it would stand.
  std::size_t slot_of(std::string_view lower) const;
  std::string_view at(std::uint32_t start) const;

  // Several processes keep the list for as long as they run, so it is one block: the passwords in
  // lower case, each with a line end, and a hash table of where each begins. To sort them instead
  // would take most of a responder's start.
  std::string text_;
  std::vector<std::uint32_t> slots_;  // a power of two, at most half of them taken; or empty
  std::size_t size_ = 0;
};

}  // namespace portal
