#include "portalctl/hindered.h"

#include <utility>

namespace portalctl {

portal::Error hindered(const std::string& subject, const portal::Outcome& outcome) {
  std::string text = subject.empty() ? "" : subject + ": ";
  text += in_english(outcome.hindrance);
  if (!outcome.detail.empty()) text += ": " + outcome.detail;
  switch (outcome.hindrance) {
    case portal::Hindrance::kAccountGone:
    case portal::Hindrance::kNoSuchMail:
    case portal::Hindrance::kNoSuchRow:
      return portal::not_found(std::move(text));
    default:
      return portal::refused(std::move(text));
  }
}

}  // namespace portalctl
