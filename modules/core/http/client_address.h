// Finds the address of the client that sent a request, also behind trusted proxies.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace portal {

// The network of one subscriber, as far as the address tells. An IPv4 address stays as it is (also
// if it is written as IPv6, ::ffff:192.0.2.1). Of an IPv6 address it is the /64, which belongs to
// one subscriber: "2001:db8:1:2::/64". Text that is not an address (the peer of a Unix socket)
// stays as it is.
std::string client_network(std::string_view address);

class TrustedProxies {
 public:
  // `list` has addresses or CIDR networks, separated by commas. It may be empty.
  static Result<TrustedProxies> parse(std::string_view list);

  // If `peer` is a trusted proxy, the right-most address of `forwarded_for` (X-Forwarded-For) that
  // is not one; otherwise `peer`. Text that is not an address ends the search, because only trusted
  // proxies are believed.
  std::string client(std::string_view peer, std::string_view forwarded_for) const;

 private:
  bool trusts(const std::string& address) const;

  std::vector<std::pair<std::string, unsigned>> networks_;  // address, length of the prefix
};

}  // namespace portal
