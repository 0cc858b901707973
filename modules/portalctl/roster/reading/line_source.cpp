#include "portalctl/roster/reading/line_source.h"

namespace portalctl {
namespace {

constexpr std::size_t kLongestLine = std::size_t{1} << 20;

}  // namespace

std::optional<std::string> LineSource::next() {
  std::string line;
  int byte = EOF;
  while (line.size() < kLongestLine && (byte = getc_unlocked(file_.get())) != EOF) {
    ++bytes_;
    if (byte == '\n') return line;
    if (byte == '\r') {
      const int after = getc_unlocked(file_.get());
      if (after == '\n') {
        ++bytes_;
      } else if (after != EOF) {
        std::ungetc(after, file_.get());
      }
      return line;
    }
    line += static_cast<char>(byte);
  }
  if (line.empty()) return std::nullopt;
  return line;
}

void LineSource::rewind() {
  std::rewind(file_.get());
  bytes_ = 0;
}

}  // namespace portalctl
