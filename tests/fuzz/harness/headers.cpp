// What a web server tells of the client and of the page it comes from (core/http).
#include "core/http/client_address.h"
#include "core/http/site_check.h"
#include "input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace portal;
  static const auto proxies = TrustedProxies::parse("127.0.0.1, 10.0.0.0/8, 2001:db8::/32, unix:");
  std::string_view rest = fuzz::text_of(data, size);
  const auto peer = fuzz::take(rest, '\n');
  const auto forwarded_for = fuzz::take(rest, '\n');
  const auto forwarded = fuzz::take(rest, '\n');
  for (const auto from : {peer, std::string_view("127.0.0.1")}) {
    const auto found =
        proxies->find({.peer = from, .forwarded_for = forwarded_for, .forwarded = forwarded});
    fuzz::expect(!found.client.address().empty());
  }
  if (const auto address = IpAddress::parse_node(peer)) {
    fuzz::expect(IpAddress::parse(address->text()) == address);
  }
  [[maybe_unused]] const auto list = TrustedProxies::parse(forwarded_for);
  client_network(peer);
  from_our_site(peer, forwarded, "https://portal.example.jp");
  return 0;
}
