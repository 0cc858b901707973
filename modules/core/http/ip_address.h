// An IP address and a network of them, read strictly: no names, no octal numbers, no short forms.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace portal {

struct IpAddress {
  // 16 bytes. An IPv4 address is kept as ::ffff:a.b.c.d, so both ways to write it are equal.
  std::array<std::uint8_t, 16> bytes = {};

  // "192.0.2.1", "2001:db8::1", "fe80::1%eth0" (the zone is dropped: it means nothing elsewhere).
  static std::optional<IpAddress> parse(std::string_view text);
  // The same with what proxies add: brackets, a port, spaces around.
  static std::optional<IpAddress> parse_node(std::string_view text);

  bool is_ipv4() const;
  std::string text() const;
  IpAddress masked(unsigned bits) const;  // the first `bits` of the 128, the others 0
  bool operator==(const IpAddress&) const = default;
};

struct IpNetwork {
  IpAddress address;
  unsigned bits = 128;

  // "10.0.0.0/8", "2001:db8::/32", or one address.
  static std::optional<IpNetwork> parse(std::string_view text);
  // A network of IPv6 has no IPv4 address, however wide it is.
  bool has(const IpAddress& other) const;
};

}  // namespace portal
