#include "core/command/consent.h"

#include <unistd.h>

#include <iostream>

#include "core/text/text.h"

namespace portal {
namespace {

constexpr std::size_t kLongestReason = 200;  // characters

}  // namespace

Result<Done> check_consent(const CommandLine& line) {
  const std::string reason = line.value(kReason);
  const bool asks = line.verb->takes(kYes);
  if (reason.empty()) {
    if (asks) return wrong_usage("--reason TEXT is missing");
    return Done{};
  }
  if (!text::valid_utf8(reason) || text::has_control(reason) || text::blank(reason)) {
    return wrong_usage("--reason: not a line of text");
  }
  if (text::code_points(reason) > kLongestReason) {
    return wrong_usage("--reason: longer than " + std::to_string(kLongestReason) + " characters");
  }
  if (asks && !line.has(kYes) && isatty(STDIN_FILENO) == 0) {
    return wrong_usage("nobody can be asked here: give --yes");
  }
  return Done{};
}

Result<Done> confirm(const CommandLine& line, const std::string& question) {
  if (line.has(kYes)) return Done{};
  std::cerr << question << "? Type yes: ";
  std::string answer;
  std::getline(std::cin, answer);
  if (answer != "yes") return refused("nothing was changed");
  return Done{};
}

}  // namespace portal
