#include "core/probe/dns.h"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace portal {
namespace {

constexpr std::uint16_t kPort = 53;

std::optional<sockaddr_in> address_of(std::string_view server) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(kPort);
  const auto colon = std::min(server.find(':'), server.size());
  if (colon < server.size()) {
    const std::string_view digits = server.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    address.sin_port = htons(port);
  }
  const std::string host(server.substr(0, colon));
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) return std::nullopt;
  return address;
}

std::string address_text(int family, const unsigned char* data) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(family, data, text.data(), text.size());
  return text.data();
}

// Joins strings that each have their length in front.
std::string joined(const unsigned char* data, std::size_t size) {
  std::string text;
  for (std::size_t at = 0; at < size; at += 1U + data[at]) {
    const std::size_t length = std::min<std::size_t>(data[at], size - at - 1);
    text.append(reinterpret_cast<const char*>(data + at + 1), length);
  }
  return text;
}

std::string text_of(const ns_msg& message, const ns_rr& record) {
  const unsigned char* data = ns_rr_rdata(record);
  switch (ns_rr_type(record)) {
    case ns_t_a:
      return ns_rr_rdlen(record) == 4 ? address_text(AF_INET, data) : "";
    case ns_t_aaaa:
      return ns_rr_rdlen(record) == 16 ? address_text(AF_INET6, data) : "";
    case ns_t_txt:
      return joined(data, ns_rr_rdlen(record));
    default:
      break;
  }
  constexpr int kPriority = 2;  // bytes before the host of an MX record
  std::array<char, NS_MAXDNAME> host{};
  const bool read =
      ns_rr_rdlen(record) > kPriority && dn_expand(ns_msg_base(message), ns_msg_end(message),
                                                   data + kPriority, host.data(), host.size()) >= 0;
  return read ? host.data() : "";
}

}  // namespace

Result<std::vector<std::string>> records_of(std::span<const unsigned char> answer, int type) {
  ns_msg message = {};
  if (ns_initparse(answer.data(), static_cast<int>(answer.size()), &message) != 0) {
    return unavailable(" is none");
  }
  std::vector<std::string> records;
  for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
    ns_rr record = {};
    if (ns_parserr(&message, ns_s_an, i, &record) != 0) return unavailable(" is cut off");
    // Records of other types show that the name is an alias.
    if (ns_rr_type(record) == type) records.push_back(text_of(message, record));
  }
  return records;
}

struct Resolver::State {
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { res_nclose(&native); }
  struct __res_state native = {};
};

Resolver::Resolver(std::unique_ptr<State> state) : state_(std::move(state)) {}
Resolver::~Resolver() = default;
Resolver::Resolver(Resolver&&) noexcept = default;
Resolver& Resolver::operator=(Resolver&&) noexcept = default;

Result<Resolver> Resolver::open(const std::string& server, std::chrono::milliseconds patience) {
  auto state = std::make_unique<State>();
  auto& native = state->native;
  if (res_ninit(&native) != 0) return unavailable("/etc/resolv.conf cannot be used");
  if (!server.empty()) {
    const auto address = address_of(server);
    if (!address) return refused(server + ": expected an IPv4 address, or ADDRESS:PORT");
    native.nscount = 1;
    native.nsaddr_list[0] = *address;
  }
  using std::chrono::seconds;
  native.options &= ~(RES_DNSRCH | RES_DEFNAMES);
  const auto whole = std::chrono::duration_cast<seconds>(patience);
  native.retry = whole >= seconds(2) ? 2 : 1;
  native.retrans = static_cast<int>(std::max(seconds(1), whole / native.retry).count());
  return Resolver(std::move(state));
}

Result<std::vector<std::string>> Resolver::ask_one(const std::string& name, int type) {
  std::array<unsigned char, 65536> answer{};
  const int size = res_nquery(&state_->native, name.c_str(), ns_c_in, type, answer.data(),
                              static_cast<int>(answer.size()));
  if (size < 0) {
    const int reason = state_->native.res_h_errno;
    if (reason == HOST_NOT_FOUND || reason == NO_DATA) return std::vector<std::string>();
    return unavailable("no resolver answers for " + name + " (" + hstrerror(reason) + ")");
  }
  auto records = records_of(std::span(answer).first(static_cast<std::size_t>(size)), type);
  if (!records) return unavailable("the resolver's answer for " + name + records.error().message);
  return records;
}

Result<std::vector<std::string>> Resolver::ask(const std::string& name, Type type) {
  if (type == Type::kMx) return ask_one(name, ns_t_mx);
  if (type == Type::kTxt) return ask_one(name, ns_t_txt);
  auto addresses = ask_one(name, ns_t_a);
  if (!addresses || !addresses->empty()) return addresses;
  return ask_one(name, ns_t_aaaa);
}

}  // namespace portal
