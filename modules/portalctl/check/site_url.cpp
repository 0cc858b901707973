#include "portalctl/check/site_url.h"

#include <Poco/URI.h>

#include "core/base/loopback.h"

namespace portalctl {

SiteUrl::SiteUrl(const portal::Settings& settings)
    : text_(settings.text("site.base_url")), port_(0), https_(settings.secure()) {
  const Poco::URI url(text_);  // checked when the settings were read
  host_ = url.getHost();
  port_ = url.getPort();
}

bool SiteUrl::loopback() const {
  return portal::is_loopback(host_);
}

}  // namespace portalctl
