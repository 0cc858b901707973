#include "core/mail/carriers.h"

#include <algorithm>
#include <string>

#include "core/mail/address.h"
#include "core/text/text.h"

namespace portal::mail {

std::optional<Carrier> carrier_of(std::string_view address) {
  if (address.find('@') == std::string_view::npos) return std::nullopt;
  const std::string domain = "." + text::ascii_lower(domain_of(address));
  const auto* const found = std::ranges::find_if(kCarriers, [&](const Carrier& carrier) {
    return std::ranges::any_of(carrier.domains, [&](std::string_view own) {
      return !own.empty() && domain.ends_with("." + std::string(own));
    });
  });
  return found == kCarriers.end() ? std::nullopt : std::optional(*found);
}

}  // namespace portal::mail
