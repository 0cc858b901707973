// An option of a command line: the one description from which it is read and shown.
//
// An option is a constant beside the verb or the program that takes it; several that take the same
// one name the same constant.
#pragma once

#include <string_view>

namespace portal {

struct Option {
  const char* name;        // "listen", which is given as --listen
  std::string_view value;  // what follows it: "SOCKET"; empty: nothing does
  std::string_view help;   // one line

  bool takes_value() const { return !value.empty(); }
};

}  // namespace portal
