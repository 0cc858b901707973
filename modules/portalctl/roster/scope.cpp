#include "portalctl/roster/scope.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>

namespace portalctl {
namespace {

// JIS X 0401
bool is_prefecture(std::string_view code) {
  return code.size() == 2 && code >= "01" && code <= "47" && code[1] >= '0' && code[1] <= '9';
}

// "judo or ahaki"
std::string codes() {
  std::string codes;
  for (const portal::ClinicKind& kind : portal::kClinicKinds) {
    codes.append(codes.empty() ? "" : " or ").append(kind.code);
  }
  return codes;
}

}  // namespace

portal::Result<RosterScope> RosterScope::parse(std::string_view text) {
  RosterScope scope;
  const Poco::StringTokenizer parts(std::string(text), ",", Poco::StringTokenizer::TOK_TRIM);
  for (const std::string& part : parts) {
    const auto colon = std::min(part.find(':'), part.size());
    const auto institution = portal::institution_of(part.substr(0, colon));
    const std::string prefecture = part.substr(std::min(colon + 1, part.size()));
    if (!institution || (colon < part.size() && !is_prefecture(prefecture))) {
      return portal::refused("--complete: " + part + ": expected " + codes() +
                             ", or with a prefecture's code from 01 to 47, such as judo:44");
    }
    scope.parts_.push_back({*institution, prefecture});
  }
  return scope;
}

bool RosterScope::has(const portal::RegistrationNumber& number) const {
  const auto institution = number.institution();
  const auto prefecture = number.prefecture();
  return std::ranges::any_of(parts_, [&](const Part& part) {
    return part.institution == institution &&
           (part.prefecture.empty() || part.prefecture == prefecture);
  });
}

}  // namespace portalctl
