#include "core/http/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <span>
#include <system_error>

namespace portal {
namespace {

constexpr std::array<std::uint8_t, 12> kIpv4Prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned kIpv4Begins = 96;  // bits

std::string_view trimmed(std::string_view text, std::string_view characters) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(characters)));
  return text.substr(0, text.find_last_not_of(characters) + 1);
}

// A port, or the name that RFC 7239 §6.3 allows in its place ("_p1"). Some proxies leave it empty.
bool is_port(std::string_view text) {
  constexpr std::size_t kMostDigits = 5;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.starts_with('_') ||
         (text.size() <= kMostDigits && std::ranges::all_of(text, is_digit));
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const auto zone = text.find('%');
  if (zone != std::string_view::npos && text.find(':') > zone) return std::nullopt;
  const std::string name(text.substr(0, zone));
  IpAddress address;
  if (inet_pton(AF_INET6, name.c_str(), address.bytes.data()) == 1) return address;
  std::ranges::copy(kIpv4Prefix, address.bytes.begin());
  if (inet_pton(AF_INET, name.c_str(), address.bytes.data() + kIpv4Prefix.size()) == 1)
    return address;
  return std::nullopt;
}

std::optional<IpAddress> IpAddress::parse_node(std::string_view text) {
  text = trimmed(text, " \t");
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty() && (rest[0] != ':' || !is_port(rest.substr(1)))) return std::nullopt;
    return parse(text.substr(1, end - 1));
  }
  if (const auto address = parse(text)) return address;
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || !is_port(text.substr(colon + 1))) return std::nullopt;
  return parse(text.substr(0, colon));
}

bool IpAddress::is_ipv4() const {
  return std::ranges::equal(kIpv4Prefix, std::span(bytes).first<kIpv4Prefix.size()>());
}

std::string IpAddress::text() const {
  std::array<char, INET6_ADDRSTRLEN> text = {};
  if (is_ipv4()) {
    inet_ntop(AF_INET, bytes.data() + kIpv4Prefix.size(), text.data(), text.size());
  } else {
    inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  }
  return text.data();
}

IpAddress IpAddress::masked(unsigned bits) const {
  IpAddress result = *this;
  for (unsigned i = 0; i < result.bytes.size(); ++i) {
    const unsigned kept = bits > i * 8 ? std::min(bits - i * 8, 8U) : 0;
    result.bytes.at(i) &= static_cast<std::uint8_t>(0xff00U >> kept);
  }
  return result;
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return IpNetwork{*address};
  const std::string_view number = text.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, fault] = std::from_chars(number.data(), number.data() + number.size(), bits);
  const bool ipv4 = text.find(':') == std::string_view::npos;
  if (number.empty() || fault != std::errc() || end != number.data() + number.size() ||
      bits > (ipv4 ? 32U : 128U))
    return std::nullopt;
  return IpNetwork{*address, ipv4 ? bits + kIpv4Begins : bits};
}

bool IpNetwork::has(const IpAddress& other) const {
  return (bits >= kIpv4Begins || !other.is_ipv4()) && other.masked(bits) == address.masked(bits);
}

}  // namespace portal
