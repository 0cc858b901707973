#include "core/http/site_check.h"

namespace portal {

bool from_our_site(std::string_view sec_fetch_site, std::string_view origin,
                   std::string_view base_url) {
  if (!sec_fetch_site.empty()) return sec_fetch_site == "same-origin" || sec_fetch_site == "none";
  return origin.empty() || origin == base_url;
}

}  // namespace portal
