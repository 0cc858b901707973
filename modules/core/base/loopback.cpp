#include "core/base/loopback.h"

#include <Poco/String.h>
#include <arpa/inet.h>

namespace portal {

bool is_loopback(const std::string& host) {
  const std::string name = Poco::toLower(host);
  if (name == "localhost" || name.ends_with(".localhost")) return true;
  in_addr address = {};
  if (inet_pton(AF_INET, name.c_str(), &address) == 1) return ntohl(address.s_addr) >> 24 == 127;
  in6_addr longer = {};
  return inet_pton(AF_INET6, name.c_str(), &longer) == 1 && IN6_IS_ADDR_LOOPBACK(&longer);
}

}  // namespace portal
