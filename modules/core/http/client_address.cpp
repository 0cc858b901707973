#include "core/http/client_address.h"

#include <Poco/Exception.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/NumberParser.h>
#include <Poco/StringTokenizer.h>

namespace portal {
namespace {

using Poco::StringTokenizer;
using Poco::Net::IPAddress;

constexpr int kTrim = StringTokenizer::TOK_TRIM | StringTokenizer::TOK_IGNORE_EMPTY;

unsigned bits_of(const IPAddress& address) {
  return address.family() == Poco::Net::AddressFamily::IPv4 ? 32 : 128;
}

constexpr unsigned kSubscriber = 64;  // bits of an IPv6 address (RFC 6177)

}  // namespace

std::string client_network(std::string_view text) {
  IPAddress address;
  if (!IPAddress::tryParse(std::string(text), address)) return std::string(text);
  if (address.family() == Poco::Net::AddressFamily::IPv4) return address.toString();
  if (address.isIPv4Mapped()) {
    const std::string mapped = address.toString();
    return mapped.substr(mapped.rfind(':') + 1);
  }
  const IPAddress mask(kSubscriber, address.family());
  return (address & mask).toString() + "/" + std::to_string(kSubscriber);
}

Result<TrustedProxies> TrustedProxies::parse(std::string_view list) {
  TrustedProxies proxies;
  for (const std::string& entry : StringTokenizer(std::string(list), ",", kTrim)) {
    const auto slash = entry.find('/');
    IPAddress address;
    unsigned prefix = 0;
    const bool is_address = IPAddress::tryParse(entry.substr(0, slash), address);
    if (slash == std::string::npos) prefix = is_address ? bits_of(address) : 0;
    const bool has_prefix = slash == std::string::npos ||
                            Poco::NumberParser::tryParseUnsigned(entry.substr(slash + 1), prefix);
    if (!is_address || !has_prefix || prefix > bits_of(address)) {
      return refused("trusted_proxies: " + entry +
                     " is neither an address nor a network such as 10.0.0.0/8");
    }
    proxies.networks_.emplace_back(address.toString(), prefix);
  }
  return proxies;
}

bool TrustedProxies::trusts(const std::string& text) const {
  IPAddress address;
  if (!IPAddress::tryParse(text, address)) return false;
  for (const auto& [network_text, prefix] : networks_) {
    const IPAddress network(network_text);
    if (network.family() != address.family()) continue;
    const IPAddress mask(prefix, network.family());
    if ((address & mask) == (network & mask)) return true;
  }
  return false;
}

std::string TrustedProxies::client(std::string_view peer, std::string_view forwarded_for) const {
  std::string client(peer);
  if (!trusts(client)) return client;
  const StringTokenizer hops(std::string(forwarded_for), ",", kTrim);
  for (auto hop = hops.count(); hop > 0; --hop) {
    IPAddress address;
    if (!IPAddress::tryParse(hops[hop - 1], address)) break;
    client = address.toString();
    if (!trusts(client)) break;
  }
  return client;
}

}  // namespace portal
