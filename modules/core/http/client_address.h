// Which address a request comes from, behind trusted proxies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace portal {

class TrustedProxies {
 public:
  // `list`: addresses or CIDR networks, separated by commas; may be empty.
  static Result<TrustedProxies> parse(std::string_view list);

  // The right-most address of X-Forwarded-For that is no trusted proxy, if `peer` is one;
  // else `peer`. What is no address is ignored from there on.
  std::string client(std::string_view peer, std::string_view forwarded_for) const;

 private:
  struct Network {
    std::string address;  // Poco::Net::IPAddress's text
    unsigned prefix;
  };
  bool trusts(std::string_view address) const;
  std::vector<Network> networks_;
};

}  // namespace portal
