// Decides whether a POST comes from the portal's own pages (contract.md §1: otherwise the answer is
// 403).
#pragma once

#include <string_view>

namespace portal {

// If there is Sec-Fetch-Site, it decides; otherwise Origin is compared with site.base_url. Without
// either (curl) the request passes. The value `none` means that the user acted directly (address
// bar, bookmark). Sources: W3C, Fetch Metadata; RFC 6454, Origin.
bool from_our_site(std::string_view sec_fetch_site, std::string_view origin,
                   std::string_view base_url);

}  // namespace portal
