#include "portalctl/progress.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>
#include <utility>

namespace portalctl {

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
  std::cerr << line << count << " " << unit << std::flush;
}

void Progress::clear() {
  if (std::exchange(shown_, false)) std::cerr << "\r\x1b[K" << std::flush;
}

}  // namespace portalctl
