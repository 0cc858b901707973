#include "portalctl/roster/scope.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>

#include "core/registration/prefectures.h"

namespace portalctl {
namespace {

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
    const auto prefecture = portal::prefecture_code(part.substr(std::min(colon + 1, part.size())));
    if (!institution || (colon < part.size() && !prefecture)) {
      return portal::refused("--complete: " + part + ": expected " + codes() +
                             ", or with a prefecture, such as judo:44 or judo:大分県");
    }
    scope.parts_.push_back({*institution, std::string(prefecture.value_or(""))});
  }
  return scope;
}

std::string RosterScope::in_words() const {
  std::string words;
  for (const Part& part : parts_) {
    words.append(words.empty() ? "" : ", ").append(code_of(part.institution));
    if (part.prefecture.empty()) continue;
    words.append(" ").append(*portal::prefecture_name(part.prefecture));
    words.append(" (").append(part.prefecture).append(")");
  }
  return words;
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
