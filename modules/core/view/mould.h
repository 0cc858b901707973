// A Mould is a page, or a part of one, of which everything is filled in that no request changes.
// What is left open is filled in for each request, and no template is expanded for it any more.
//
// View::mould() makes one from a template: the data say open_place(N) where they have no value yet.
// Nobody may give it what a user entered: a mould serves everybody. What fill() is given stays in
// its result alone.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/view/html.h"

namespace portal {

// The value for {{NAME}} that leaves it open. It fits where ctemplate only escapes HTML: within an
// element, or a quoted attribute that holds no URL, style or script.
std::string open_place(std::size_t number);

class Mould {
 public:
  // The text of a template, with open places in it.
  explicit Mould(std::string_view text);

  // The place N gets values[N], or nothing if there are fewer. A place may stand in several spots.
  Html fill(std::span<const Html> values) const;

 private:
  struct Part {
    std::string text;   // what stands before the place
    std::size_t place;  // its number
  };
  std::vector<Part> parts_;
  std::string end_;
};

}  // namespace portal
