#include "desk/status_file.h"

#include <charconv>
#include <fstream>
#include <sstream>

namespace portal {
namespace {

constexpr std::string_view kFile = "/portal-status-1.prom";
constexpr std::string_view kLevel = "portal_status_level{subject=\"";
constexpr std::string_view kWritten = "portal_metrics_written_timestamp_seconds{";

// The number at the end of the line.
template <class Number>
Number value_of(const std::string& line) {
  double value = 0;
  const auto at = line.rfind(' ') + 1;
  std::from_chars(line.data() + at, line.data() + line.size(), value);
  return static_cast<Number>(value);
}

}  // namespace

std::optional<StatusFound> parse_status(std::string_view text) {
  StatusFound found;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kWritten)) found.at = value_of<EpochSeconds>(line);
    if (!line.starts_with(kLevel)) continue;
    const std::string rest = line.substr(kLevel.size());
    found.levels[rest.substr(0, rest.find('"'))] = value_of<int>(line);
  }
  if (found.at == 0) return std::nullopt;
  return found;
}

std::optional<StatusFound> read_status(const std::string& metrics_directory) {
  if (metrics_directory.empty()) return std::nullopt;
  std::ifstream file(metrics_directory + std::string(kFile));
  if (!file) return std::nullopt;
  std::stringstream text;
  text << file.rdbuf();
  return parse_status(text.str());
}

}  // namespace portal
