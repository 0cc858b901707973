// Which address a request comes from, behind trusted proxies.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace portal {

// Whom an address belongs to, as far as can be told: an IPv4 address as it is (also one written as
// IPv6, ::ffff:192.0.2.1), of an IPv6 address its /64, which one subscriber has:
// "2001:db8:1:2::/64". What is no address (a Unix socket's peer) stays as it is.
std::string client_network(std::string_view address);

class TrustedProxies {
 public:
  // `list`: addresses or CIDR networks, separated by commas; may be empty.
  static Result<TrustedProxies> parse(std::string_view list);

  // The right-most address of `forwarded_for` (X-Forwarded-For) that is no trusted proxy, if `peer`
  // is one; else `peer`. What is no address ends the search: only a proxy of ours is believed.
  std::string client(std::string_view peer, std::string_view forwarded_for) const;

 private:
  bool trusts(const std::string& address) const;

  std::vector<std::pair<std::string, unsigned>> networks_;  // address, length of the prefix
};

}  // namespace portal
