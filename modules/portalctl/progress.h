// A bar on standard error that shows how far a long piece of work is, if that is a terminal.
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

  // `done` of `all`, which is 0 if it is not known. Draws at most ten times a second.
  void show(std::int64_t done, std::int64_t all, std::int64_t count,
            std::string_view unit = "rows");
  // Call it before a line is printed.
  void clear();

 private:
  bool terminal_;
  bool shown_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace portalctl
