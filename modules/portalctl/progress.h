// How far a long piece of work is: a bar on standard error, if that is a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace portalctl {

class Progress {
 public:
  Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { clear(); }

  // `done` of `all`; all 0: not known. At most ten times a second.
  void show(std::int64_t done, std::int64_t all, std::int64_t count,
            std::string_view unit = "rows");
  // Before a line is printed.
  void clear();

 private:
  bool terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace portalctl
