// Whom an address belongs to.
#include <gtest/gtest.h>

#include "core/http/client_address.h"

namespace portal {
namespace {

TEST(ClientNetwork, IsTheAddressOrItsSlash64) {
  const struct {
    const char* label;
    const char* address;
    const char* network;
  } cases[] = {
      {"IPv4", "192.0.2.1", "192.0.2.1"},
      {"IPv4 in IPv6", "::ffff:192.0.2.1", "192.0.2.1"},
      {"IPv6", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
      {"the same subscriber", "2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"},
      {"the neighbour", "2001:db8:1:3::1", "2001:db8:1:3::/64"},
      {"in capitals", "2001:DB8:1:2::A", "2001:db8:1:2::/64"},
      {"loopback", "::1", "::/64"},
      {"a Unix socket", "unix:", "unix:"},
      {"nothing", "", ""},
      {"no address", "192.0.2.256", "192.0.2.256"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(client_network(test.address), test.network) << test.label;
  }
}

}  // namespace
}  // namespace portal
