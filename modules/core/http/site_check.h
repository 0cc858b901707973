// Is a POST from our own pages? (contract.md §1: from another site: 403.)
#pragma once

#include <string_view>

namespace portal {

// Sec-Fetch-Site decides, else Origin against site.base_url; with neither (curl) it passes.
// `none` is the user's own doing (address bar, bookmark). Fetch Metadata: W3C; Origin: RFC 6454.
bool from_our_site(std::string_view sec_fetch_site, std::string_view origin,
                   std::string_view base_url);

}  // namespace portal
