// site.base_url in its parts.
#pragma once

#include <string>

#include "core/base/settings.h"

namespace portalctl {

class SiteUrl {
 public:
  explicit SiteUrl(const portal::Settings& settings);

  const std::string& text() const { return text_; }
  const std::string& host() const { return host_; }
  unsigned short port() const { return port_; }
  bool https() const { return https_; }
  bool usual_port() const { return port_ == (https_ ? 443 : 80); }  // 443, or 80 with http
  bool loopback() const;                                            // by its name alone

 private:
  std::string text_;
  std::string host_;
  unsigned short port_;
  bool https_;
};

}  // namespace portalctl
