#include "portalctl/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <utility>

namespace portalctl {
namespace {

// Not by std::cerr, which would show what the bar is made of (core/command/visible_output.h).
void write(const std::string& text) {
  std::fputs(text.c_str(), stderr);
  std::fflush(stderr);
}

}  // namespace

Progress::Progress()
    : terminal_(isatty(STDERR_FILENO) == 1), next_(std::chrono::steady_clock::now()) {}

void Progress::show(std::int64_t done, std::int64_t all, std::int64_t count,
                    std::string_view unit) {
  constexpr std::int64_t kWidth = 40;
  const auto now = std::chrono::steady_clock::now();
  if (!terminal_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  std::string line = "\r";
  if (all > 0) {
    const auto share = std::min(done, all) * kWidth / all;
    line += "[" + std::string(static_cast<std::size_t>(share), '#') +
            std::string(static_cast<std::size_t>(kWidth - share), ' ') + "] ";
  }
  write(line + std::to_string(count) + " " + std::string(unit));
}

void Progress::clear() {
  if (std::exchange(shown_, false)) write("\r\x1b[K");
}

}  // namespace portalctl
