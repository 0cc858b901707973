// Makes standard output and standard error harmless, whatever is written to them.
//
// File names, cells of rosters and mail servers' replies come from outside. A terminal obeys
// control characters in them, and characters that reorder text make it read as something else. So
// between the streams and the terminal, everything that text::position_of_unseen() means is shown
// as <U+001B>. Ends of lines (LF, CR LF), TAB, and a byte-order mark at the very beginning stay.
//
// A line break within a value could still begin a line of its own: printing.h shows it, too.
#pragma once

#include <memory>

namespace portal {

class VisibleOutput {
 public:
  // From now on, for std::cout and std::cerr. main() has one, before it writes anything.
  VisibleOutput();
  VisibleOutput(const VisibleOutput&) = delete;
  VisibleOutput& operator=(const VisibleOutput&) = delete;
  ~VisibleOutput();  // writes what is left

 private:
  class Filter;
  std::unique_ptr<Filter> output_;
  std::unique_ptr<Filter> error_;
};

}  // namespace portal
