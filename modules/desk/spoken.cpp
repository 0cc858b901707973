#include "desk/spoken.h"

#include "core/base/log.h"

namespace portal {

std::vector<std::string> spoken(Verdict verdict, std::string_view sender_domain) {
  verdict.others.clear();
  auto lines = lines_of(verdict, Language::kJapanese, sender_domain);
  for (std::string& line : lines) line = log::mask_addresses(std::move(line));
  return lines;
}

}  // namespace portal
