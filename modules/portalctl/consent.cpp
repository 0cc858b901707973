#include "portalctl/consent.h"

#include <unistd.h>

#include <iostream>

#include "core/text/text.h"

namespace portalctl {
namespace {

constexpr std::size_t kLongestReason = 200;  // characters

}  // namespace

std::string complaint_of_consent(const Options& options) {
  const std::string& reason = options.reason;
  if (reason.empty()) return "--reason TEXT is missing";
  if (!portal::text::valid_utf8(reason) || portal::text::has_control(reason) ||
      portal::text::blank(reason)) {
    return "--reason: not a line of text";
  }
  if (portal::text::code_points(reason) > kLongestReason) {
    return "--reason: longer than " + std::to_string(kLongestReason) + " characters";
  }
  if (!options.yes && isatty(STDIN_FILENO) == 0) return "nobody can be asked here: give --yes";
  return "";
}

bool consented(const Options& options, const std::string& question) {
  if (options.yes) return true;
  std::cerr << question << "? Type yes: ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "yes";
}

}  // namespace portalctl
