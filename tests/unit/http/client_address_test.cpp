// Whom an address belongs to, and which address a trusted proxy names.
#include "core/http/client_address.h"

#include <gtest/gtest.h>

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
      {"with a zone", "fe80::1%eth0", "fe80::/64"},
      {"loopback", "::1", "::/64"},
      {"a Unix socket", "unix:", "unix:"},
      {"nothing", "", ""},
      {"no address", "192.0.2.256", "192.0.2.256"},
      {"a number", "3221225985", "3221225985"},
      {"octal", "0300.0.2.1", "0300.0.2.1"},
  };
  for (const auto& test : cases) {
    EXPECT_EQ(client_network(test.address), test.network) << test.label;
  }
}

TEST(CountedNetworks, AreThoseAProviderGivesToASubscriber) {
  const struct {
    const char* network;
    std::vector<std::string> counted;
  } cases[] = {
      {"192.0.2.1", {"192.0.2.1 1"}},
      {"2001:db8:1:203::/64",
       {"2001:db8:1:203::/64 1", "2001:db8:1:200::/56 2", "2001:db8:1::/48 4"}},
      {"unix:", {"unix: 1"}},
      {"unknown", {"unknown 1"}},
      {"device:abc", {"device:abc 1"}},
      {"", {" 1"}},
  };
  for (const auto& test : cases) {
    std::vector<std::string> counted;
    for (const auto& [text, allowance] : counted_networks(test.network)) {
      counted.push_back(text + " " + std::to_string(allowance));
    }
    EXPECT_EQ(counted, test.counted) << test.network;
  }
}

TEST(Client, HasANetworkOnlyIfItIsKnown) {
  const struct {
    const char* label;
    const char* text;
    const char* address;
    std::optional<std::string> network;
  } cases[] = {
      {"IPv4", "203.0.113.7", "203.0.113.7", "203.0.113.7"},
      {"with a port", "203.0.113.7:51234", "203.0.113.7", "203.0.113.7"},
      {"IPv6 with a port", "[2001:db8::7]:51234", "2001:db8::7", "2001:db8::/64"},
      {"a Unix socket", "unix:", "unix:", std::nullopt},
      {"nothing", "", "unknown", std::nullopt},
  };
  for (const auto& test : cases) {
    const Client client(test.text);
    EXPECT_EQ(client.address(), test.address) << test.label;
    EXPECT_EQ(client.network(), test.network) << test.label;
  }
  EXPECT_EQ(Client().address(), "unknown");
  EXPECT_EQ(Client().network(), std::nullopt);
  EXPECT_EQ(Client::proxy("10.0.0.1").address(), "10.0.0.1");
  EXPECT_EQ(Client::proxy("10.0.0.1").network(), std::nullopt);
}

const TrustedProxies& our_proxies() {
  static const auto proxies = TrustedProxies::parse("10.0.0.0/8, 192.168.1.7,fd00::/16, unix:");
  return *proxies;
}

TEST(TrustedProxies, ClientIsTheLastThatIsNoProxyOfOurs) {
  const struct {
    const char* label;
    const char* peer;
    const char* forwarded_for;
    const char* client;
  } cases[] = {
      {"no proxy: the header is a lie", "203.0.113.5", "198.51.100.1", "203.0.113.5"},
      {"one proxy", "10.1.2.3", "198.51.100.1", "198.51.100.1"},
      {"two proxies", "10.1.2.3", "198.51.100.1, 192.168.1.7", "198.51.100.1"},
      {"what the client itself sent", "10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
      {"nonsense that the client sent", "10.1.2.3", "unknown, 198.51.100.1", "198.51.100.1"},
      {"a quote that the client left open", "10.1.2.3", "\", 198.51.100.1", "198.51.100.1"},
      {"IPv6", "fd00::1", "2001:db8::9", "2001:db8::9"},
      {"neighbour of a trusted address", "192.168.1.8", "198.51.100.1", "192.168.1.8"},
      {"a Unix socket", "unix:", "198.51.100.1", "198.51.100.1"},
      {"the peer with a port", "10.1.2.3:443", "198.51.100.1", "198.51.100.1"},
      {"the peer as IPv6", "::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1"},
      {"port", "10.1.2.3", "203.0.113.7:51234", "203.0.113.7"},
      {"empty port", "10.1.2.3", "203.0.113.7:", "203.0.113.7"},
      {"IPv6 and port", "10.1.2.3", "[2001:db8::7]:51234", "2001:db8::7"},
      {"brackets", "10.1.2.3", "[2001:db8::7]", "2001:db8::7"},
      {"all eight groups, a port, no brackets", "10.1.2.3", "2001:db8:1:2:3:4:5:6:51234",
       "2001:db8:1:2:3:4:5:6"},
      {"IPv4 in IPv6", "10.1.2.3", "::ffff:203.0.113.7", "203.0.113.7"},
      {"IPv4 in IPv6, port", "10.1.2.3", "[::ffff:203.0.113.7]:1", "203.0.113.7"},
      {"zone", "10.1.2.3", "fe80::7%eth0", "fe80::7"},
      {"zone and port", "10.1.2.3", "[fe80::7%25eth0]:80", "fe80::7"},
      {"quotes", "10.1.2.3", "\"203.0.113.7\"", "203.0.113.7"},
      {"quotes, brackets, port", "10.1.2.3", "\"[2001:db8::7]:51234\"", "2001:db8::7"},
      {"spaces and tabs", "10.1.2.3", " 198.51.100.1 ,\t203.0.113.7:5\t", "203.0.113.7"},
      {"no spaces", "10.1.2.3", "198.51.100.1,203.0.113.7", "203.0.113.7"},
      {"empty members", "10.1.2.3", ",203.0.113.7,, ,\t,", "203.0.113.7"},
      {"ports on the way", "10.1.2.3", "203.0.113.7:51234, 10.0.0.9:443", "203.0.113.7"},
  };
  for (const auto& test : cases) {
    const auto found = our_proxies().find({.peer = test.peer, .forwarded_for = test.forwarded_for});
    EXPECT_EQ(found.client.address(), test.client) << test.label;
    EXPECT_EQ(found.client.network(), client_network(test.client)) << test.label;
    EXPECT_EQ(found.unreadable, std::nullopt) << test.label;
  }
}

TEST(TrustedProxies, WhoCannotBeReadIsUnknownAndTold) {
  const struct {
    const char* label;
    Origin origin;
    const char* entry;
  } cases[] = {
      {"a word", {"10.0.0.1", "unknown"}, "unknown"},
      {"hidden", {"10.0.0.1", "_hidden"}, "_hidden"},
      {"next to the last proxy of ours", {"10.0.0.1", "1.1.1.1, x, 10.0.0.2"}, " x"},
      {"a name", {"10.0.0.1", "client.example"}, "client.example"},
      {"no IPv4", {"10.0.0.1", "203.0.113.256"}, "203.0.113.256"},
      {"a short IPv4", {"10.0.0.1", "203.0.113"}, "203.0.113"},
      {"a number", {"10.0.0.1", "1"}, "1"},
      {"octal", {"10.0.0.1", "0313.0.0161.7"}, "0313.0.0161.7"},
      {"a word for a port", {"10.0.0.1", "203.0.113.7:http"}, "203.0.113.7:http"},
      {"no port", {"10.0.0.1", "[2001:db8::7]:123456"}, "[2001:db8::7]:123456"},
      {"a bracket left open", {"10.0.0.1", "[2001:db8::7"}, "[2001:db8::7"},
      {"something behind the bracket", {"10.0.0.1", "[2001:db8::7]x"}, "[2001:db8::7]x"},
      {"two without a comma", {"10.0.0.1", "203.0.113.7 203.0.113.8"}, "203.0.113.7 203.0.113.8"},
      {"a network", {"10.0.0.1", "203.0.113.0/24"}, "203.0.113.0/24"},
      {"for=unknown", {"10.0.0.1", "", "for=unknown"}, "for=unknown"},
      {"for=_hidden", {"10.0.0.1", "", "for=_hidden;proto=https"}, "for=_hidden;proto=https"},
      {"no for=", {"10.0.0.1", "", "proto=https"}, "proto=https"},
      {"an empty for=", {"10.0.0.1", "", "for=\"\""}, "for=\"\""},
  };
  for (const auto& test : cases) {
    const auto found = our_proxies().find(test.origin);
    EXPECT_EQ(found.client.address(), "unknown") << test.label;
    EXPECT_EQ(found.client.network(), std::nullopt) << test.label;
    EXPECT_EQ(found.unreadable.value_or("nothing"), test.entry) << test.label;
  }
}

TEST(TrustedProxies, AProxyThatNamesNobodyIsNotEverybodysNetwork) {
  const struct {
    const char* label;
    Origin origin;
    const char* address;
  } cases[] = {
      {"no header", {"10.0.0.1"}, "10.0.0.1"},
      {"an empty header", {"10.0.0.1", " , ,"}, "10.0.0.1"},
      {"proxies only", {"10.0.0.1", "192.168.1.7, 10.0.0.2"}, "192.168.1.7"},
      {"a Unix socket", {"unix:"}, "unix:"},
      {"by the web server's word", {"203.0.113.1", "", "", true}, "203.0.113.1"},
  };
  for (const auto& test : cases) {
    const auto found = our_proxies().find(test.origin);
    EXPECT_EQ(found.client.address(), test.address) << test.label;
    EXPECT_EQ(found.client.network(), std::nullopt) << test.label;
    EXPECT_EQ(found.unreadable, std::nullopt) << test.label;
  }
}

TEST(TrustedProxies, ReadsForwardedOfRfc7239) {
  const struct {
    const char* label;
    const char* forwarded;
    const char* client;
  } cases[] = {
      {"token", "for=203.0.113.7", "203.0.113.7"},
      {"quoted, with port and more", "for=\"[2001:db8::7]:4711\";proto=https", "2001:db8::7"},
      {"any order", "proto=https;by=10.0.0.1;for=203.0.113.7", "203.0.113.7"},
      {"any case", "FoR=203.0.113.7;Proto=http", "203.0.113.7"},
      {"quoted IPv4 with port", "for=\"203.0.113.7:80\"", "203.0.113.7"},
      {"a port that is hidden", "for=\"203.0.113.7:_p\"", "203.0.113.7"},
      {"escapes", "for=\"\\[2001:db8::7\\]\"", "2001:db8::7"},
      {"a comma and a semicolon in quotes", "for=203.0.113.7;host=\"a,b;for=1.1.1.1\"",
       "203.0.113.7"},
      {"an escaped quote in quotes", "for=203.0.113.7;host=\"a\\\",for=1.1.1.1\"", "203.0.113.7"},
      {"spaces", " for = 203.0.113.7 ; proto = https ", "203.0.113.7"},
      {"several elements", "for=1.1.1.1, for=203.0.113.7, for=10.0.0.2", "203.0.113.7"},
      {"empty elements", ", for=203.0.113.7, ,", "203.0.113.7"},
      {"a quote that the client left open", "for=\"1.1.1.1, for=\"[2001:db8::7]:1\"",
       "2001:db8::7"},
      {"an escape that the client left open", "for=\"\\, for=203.0.113.7", "203.0.113.7"},
  };
  for (const auto& test : cases) {
    const auto found = our_proxies().find({.peer = "10.0.0.1", .forwarded = test.forwarded});
    EXPECT_EQ(found.client.address(), test.client) << test.label;
  }
}

TEST(TrustedProxies, NeverMixesTheTwoHeaders) {
  const Origin both = {"10.0.0.1", "203.0.113.7", "for=1.1.1.1"};
  EXPECT_EQ(our_proxies().find(both).client.address(), "203.0.113.7");
  const Origin unreadable = {"10.0.0.1", "unknown", "for=1.1.1.1"};
  EXPECT_EQ(our_proxies().find(unreadable).client.address(), "unknown");
  const Origin from_a_stranger = {"198.51.100.1", "203.0.113.7", "for=1.1.1.1"};
  EXPECT_EQ(our_proxies().find(from_a_stranger).client.address(), "198.51.100.1");
}

// The web server has a list of its own, and has gone as far as it could read.
TEST(TrustedProxies, BelieveTheWebServersWordOfItsPeer) {
  const auto none = TrustedProxies::parse("");
  EXPECT_EQ(none->find({"10.0.0.1", "203.0.113.7:5", "", true}).client.address(), "203.0.113.7");
  EXPECT_EQ(none->find({"10.0.0.2", "x, 10.0.0.2", "", true}).unreadable, "x");
  EXPECT_EQ(none->find({"10.0.0.1", "203.0.113.7:5"}).client.address(), "10.0.0.1");
}

TEST(TrustedProxies, RefusesWhatIsNoNetwork) {
  for (const char* list : {"10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1",
                           "proxy.example", "fd00::/129", "10.0.0/8", "10"}) {
    EXPECT_FALSE(TrustedProxies::parse(list)) << list;
  }
  EXPECT_TRUE(TrustedProxies::parse(""));
}

TEST(TrustedProxies, ANetworkOfOneKindHasNothingOfTheOther) {
  const auto six = TrustedProxies::parse("::/0");
  EXPECT_EQ(six->find({"203.0.113.1", "198.51.100.1"}).client.address(), "203.0.113.1");
  EXPECT_EQ(six->find({"2001:db8::1", "198.51.100.1"}).client.address(), "198.51.100.1");
  const auto four = TrustedProxies::parse("0.0.0.0/0");
  EXPECT_EQ(four->find({"2001:db8::1", "198.51.100.1"}).client.address(), "2001:db8::1");
}

}  // namespace
}  // namespace portal
