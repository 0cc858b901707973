#include "core/journal/opened_link.h"

namespace portal {

std::string opened_link_detail(OpenedLink state, bool same_browser, std::string_view user_agent) {
  std::string detail(kOpenedLinkRows.at(static_cast<std::size_t>(state)).name);
  return detail.append(same_browser ? kInSameBrowser : kElsewhere).append(": ").append(user_agent);
}

std::optional<OpenedLinkDetail> read_opened_link(std::string_view detail) {
  for (const OpenedLinkRow& row : kOpenedLinkRows) {
    for (const bool same_browser : {true, false}) {
      const std::string start = opened_link_detail(row.state, same_browser, "");
      if (!detail.starts_with(start)) continue;
      return OpenedLinkDetail{row.state, same_browser, detail.substr(start.size())};
    }
  }
  return std::nullopt;
}

}  // namespace portal
