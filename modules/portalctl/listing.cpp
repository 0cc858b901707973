#include "portalctl/listing.h"

#include <Poco/Ascii.h>

#include <algorithm>
#include <iostream>
#include <utility>

#include "core/base/log.h"

namespace portalctl {

portal::Result<Whose> whose_of(const Invocation& invocation) {
  if (invocation.arguments.empty()) return Whose{};
  return parse_whose(invocation.arguments[0]);
}

std::string complaint_of_state(const Options& options, std::span<const std::string_view> states) {
  if (options.state.empty() || std::ranges::find(states, options.state) != states.end()) return "";
  std::string names;
  for (const auto state : states) names.append(names.empty() ? "" : ", ").append(state);
  return "--state: one of " + names;
}

std::string shown_address(const Options& options, const std::string& address) {
  return options.full ? address : portal::log::mask_address(address);
}

std::string shown_reply(const Options& options, std::string reply) {
  std::ranges::replace_if(
      reply, [](char c) { return Poco::Ascii::hasProperties(c, Poco::Ascii::ACP_CONTROL); }, '?');
  return options.full ? reply : portal::log::mask_addresses(std::move(reply));
}

std::string age(portal::EpochSeconds seconds) {
  constexpr std::pair<portal::EpochSeconds, std::string_view> kUnits[] = {
      {portal::kDay, " days"}, {portal::kHour, " h"}, {portal::kMinute, " min"}};
  for (const auto& [length, name] : kUnits) {
    if (seconds >= 2 * length) return std::to_string(seconds / length).append(name);
  }
  return std::to_string(seconds) + " s";
}

void say_if_cut(std::size_t rows) {
  if (rows < static_cast<std::size_t>(kMostListed)) return;
  std::cerr << "only the newest " << kMostListed << ": there may be more\n";
}

}  // namespace portalctl
