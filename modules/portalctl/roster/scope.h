// The part of the roster of which a file is the whole list: `--complete judo`, `ahaki:44`, or
// several of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/registration/registration_number.h"

namespace portalctl {

class RosterScope {
 public:
  // "judo", "judo:44" (the prefecture: the first two digits of the number), "judo:大分県",
  // "judo:44:大分県", "judo:44,ahaki:44";
  // empty: a scope with nothing in it.
  static portal::Result<RosterScope> parse(std::string_view text);

  std::string in_words() const;  // "judo 大分県 (44), ahaki 大分県 (44)"
  bool empty() const { return parts_.empty(); }
  bool has(const portal::RegistrationNumber& number) const;

 private:
  struct Part {
    portal::Institution institution;
    std::string prefecture;  // empty: all
  };
  std::vector<Part> parts_;
};

}  // namespace portalctl
