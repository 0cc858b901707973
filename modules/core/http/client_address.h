// Finds out which client sent a request, also behind trusted proxies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/http/ip_address.h"

namespace portal {

// The network of one subscriber, as far as the address tells. An IPv4 address stays as it is (also
// if it is written as IPv6, ::ffff:192.0.2.1). Of an IPv6 address it is the /64, which belongs to
// one subscriber (RFC 6177): "2001:db8:1:2::/64". Text that is not an address stays as it is.
std::string client_network(std::string_view address);

// A network under which a limit counts a client, and how many times as much as one subscriber it
// may have (kNetworkWidths).
struct CountedNetwork {
  std::string text;
  int allowance = 1;
};

// `network` is what client_network() returns, or text that stands for one: itself, and of IPv6 also
// the /56 and the /48 around it.
std::vector<CountedNetwork> counted_networks(std::string_view network);

// The client of a request.
class Client {
 public:
  Client() = default;  // unknown
  // A client is known by its address, which may have a port. Other text (nginx names the peer of a
  // Unix socket "unix:") is kept for the log; no text means unknown.
  explicit Client(std::string_view address);
  // A trusted proxy, which sends its own requests and those of people whom it does not name.
  static Client proxy(std::string_view address);

  // For people and logs: "203.0.113.7", "2001:db8::7", or "unknown".
  const std::string& address() const { return address_; }
  // What limits count by: client_network(). There is none if the client is unknown or a proxy; then
  // no limit by network applies, because it would hold back everybody behind that proxy.
  const std::optional<std::string>& network() const { return network_; }

 private:
  std::string address_ = "unknown";
  std::optional<std::string> network_;
};

// What a web server tells of where a request came from.
struct Origin {
  std::string_view peer = {};           // REMOTE_ADDR
  std::string_view forwarded_for = {};  // X-Forwarded-For, lines joined by commas
  std::string_view forwarded = {};      // Forwarded (RFC 7239), lines joined by commas
  bool peer_is_proxy = false;           // the web server itself knows the peer as a trusted proxy
};

class TrustedProxies {
 public:
  // `list` has addresses or CIDR networks, or `unix:` for peers of a Unix socket, separated by
  // commas. It may be empty.
  static Result<TrustedProxies> parse(std::string_view list);

  struct Found {
    Client client;
    std::optional<std::string> unreadable;  // the entry because of which the client is unknown
  };
  // Of a peer that is not trusted, the peer. Of a trusted proxy, the right-most entry of its header
  // that is not one: each proxy appends whom it heard, so what stands further left may be invented.
  // X-Forwarded-For counts if it is there, otherwise Forwarded; they are never mixed.
  Found find(const Origin& origin) const;

 private:
  bool trusts(const IpAddress& address) const;

  std::vector<IpNetwork> networks_;
  bool trusts_unix_ = false;
};

}  // namespace portal
