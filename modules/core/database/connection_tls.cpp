#include "core/database/connection_tls.h"

#include <algorithm>
#include <cstdlib>

#include "core/base/loopback.h"
#include "core/database/engine/connection_string.h"

namespace portal {
namespace {

using List = std::vector<std::string>;

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// Where libpq connects to: an address counts more than a name.
List servers_of(const std::string& connection) {
  const std::string environment =
      "hostaddr=" + from_environment("PGHOSTADDR") + " host=" + from_environment("PGHOST");
  for (const std::string& words : {connection, environment}) {
    for (const char* key : {"hostaddr", "host"}) {
      if (List list = list_of(words, key); !list.empty()) return list;
    }
  }
  return {};
}

// A path, or @NAME for an abstract one, is a socket; without a name it is the usual one.
bool is_on_this_machine(const std::string& server) {
  return server.empty() || server.front() == '/' || server.front() == '@' || is_loopback(server);
}

}  // namespace

std::string ConnectionTls::words() const {
  return leaves_machine && mode.empty() && !by_service ? " sslmode=require" : "";
}

ConnectionTls tls_of(const std::string& connection) {
  ConnectionTls tls;
  tls.leaves_machine = !std::ranges::all_of(servers_of(connection), is_on_this_machine);
  const List modes = list_of(connection, "sslmode");
  tls.mode = modes.empty() ? from_environment("PGSSLMODE") : modes.front();
  tls.by_service =
      !list_of(connection, "service").empty() || !from_environment("PGSERVICE").empty();
  return tls;
}

}  // namespace portal
