#include "core/http/client_address.h"

#include <Poco/String.h>
#include <Poco/StringTokenizer.h>

#include <algorithm>

#include "core/registration/policy.h"

namespace portal {
namespace {

using Poco::StringTokenizer;

constexpr int kTrim = StringTokenizer::TOK_TRIM | StringTokenizer::TOK_IGNORE_EMPTY;
constexpr unsigned kSubscriber = kNetworkWidths.front().bits;  // of an IPv6 address
constexpr std::string_view kUnixPeer = "unix:";
constexpr std::string_view kSpaces = " \t";

bool is_empty(std::string_view entry) {
  return entry.find_first_not_of(kSpaces) == std::string_view::npos;
}

// Whether the quote at `at` stands for itself within a quoted string: an odd number of backslashes
// is before it.
bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t backslashes = 0;
  while (backslashes < at && text[at - backslashes - 1] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

// Cuts the part after the last `separator` outside quotes off `list`. It reads from the right,
// where the proxies' own entries are: a quote that a client never closed cannot swallow them.
std::string_view take_last(std::string_view& list, char separator) {
  bool quoted = false;
  std::size_t begin = list.size();
  for (; begin > 0; --begin) {
    const char c = list[begin - 1];
    if (c == '"' && !is_escaped(list, begin - 1)) quoted = !quoted;
    if (c == separator && !quoted) break;
  }
  const std::string_view last = list.substr(begin);
  list = list.substr(0, begin > 0 ? begin - 1 : 0);
  return last;
}

// `"[2001:db8::7]:4711"` → `[2001:db8::7]:4711`: a quoted string of RFC 9110 §5.6.4 without its
// quotes and escapes.
std::string unquoted(std::string_view quoted) {
  std::string value = Poco::trim(std::string(quoted));
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return value;
  std::string text;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '\\' && i + 2 < value.size()) ++i;
    text += value[i];
  }
  return text;
}

std::string prefix_of(const IpAddress& address, unsigned bits) {
  return address.masked(bits).text() + "/" + std::to_string(bits);
}

// The value of `for=` in an element of Forwarded; empty if there is none.
std::string_view for_of(std::string_view element) {
  while (!element.empty()) {
    const std::string_view pair = take_last(element, ';');
    const auto equals = pair.find('=');
    const std::string name = Poco::trim(std::string(pair.substr(0, equals)));
    if (equals != std::string_view::npos && Poco::icompare(name, "for") == 0)
      return pair.substr(equals + 1);
  }
  return "";
}

}  // namespace

std::string client_network(std::string_view text) {
  const auto address = IpAddress::parse(text);
  if (!address) return std::string(text);
  if (address->is_ipv4()) return address->text();
  return prefix_of(*address, kSubscriber);
}

std::vector<CountedNetwork> counted_networks(std::string_view network) {
  const auto subscriber = IpNetwork::parse(network);
  if (!subscriber || subscriber->address.is_ipv4()) return {{std::string(network), 1}};
  std::vector<CountedNetwork> networks;
  for (const auto& [bits, allowance] : kNetworkWidths) {
    networks.push_back({prefix_of(subscriber->address, bits), allowance});
  }
  return networks;
}

Client::Client(std::string_view text) {
  const auto address = IpAddress::parse_node(text);
  if (address) {
    address_ = address->text();
    network_ = client_network(address_);
  } else if (!text.empty()) {
    address_ = text;
  }
}

Client Client::proxy(std::string_view address) {
  Client client(address);
  client.network_.reset();
  return client;
}

Result<TrustedProxies> TrustedProxies::parse(std::string_view list) {
  TrustedProxies proxies;
  for (const std::string& entry : StringTokenizer(std::string(list), ",", kTrim)) {
    if (entry == kUnixPeer) {
      proxies.trusts_unix_ = true;
      continue;
    }
    const auto network = IpNetwork::parse(entry);
    if (!network) {
      return refused("trusted_proxies: " + entry +
                     " is neither an address nor a network such as 10.0.0.0/8");
    }
    proxies.networks_.push_back(*network);
  }
  return proxies;
}

bool TrustedProxies::trusts(const IpAddress& address) const {
  return std::ranges::any_of(networks_,
                             [&](const IpNetwork& network) { return network.has(address); });
}

TrustedProxies::Found TrustedProxies::find(const Origin& origin) const {
  const auto peer = IpAddress::parse_node(origin.peer);
  const auto is_proxy = [&](const std::optional<IpAddress>& hop) {
    return hop && (trusts(*hop) || (origin.peer_is_proxy && hop == peer));
  };
  if (!is_proxy(peer) && !(trusts_unix_ && origin.peer == kUnixPeer)) {
    return {Client(origin.peer), std::nullopt};
  }
  const bool standard = is_empty(origin.forwarded_for);
  std::string_view hops = standard ? origin.forwarded : origin.forwarded_for;
  Client last = Client::proxy(origin.peer);
  while (!hops.empty()) {
    const std::string_view entry = take_last(hops, ',');
    if (is_empty(entry)) continue;
    const auto hop = IpAddress::parse_node(unquoted(standard ? for_of(entry) : entry));
    if (!hop) return {Client(), std::string(entry)};
    if (!is_proxy(hop)) return {Client(hop->text()), std::nullopt};
    last = Client::proxy(hop->text());
  }
  return {last, std::nullopt};
}

}  // namespace portal
