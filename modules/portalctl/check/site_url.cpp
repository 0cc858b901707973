#include "portalctl/check/site_url.h"

#include <Poco/URI.h>

namespace portalctl {

SiteUrl::SiteUrl(const portal::Settings& settings)
    : text_(settings.text("site.base_url")), port_(0), https_(settings.secure()) {
  const Poco::URI url(text_);  // checked when the settings were read
  host_ = url.getHost();
  port_ = url.getPort();
}

bool SiteUrl::loopback() const {
  return is_loopback_name(host_);
}

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "::1";
}

}  // namespace portalctl
