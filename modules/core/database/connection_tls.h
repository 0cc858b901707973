// Whether TLS protects the connection to PostgreSQL that a connection string makes.
#pragma once

#include <string>

namespace portal {

struct ConnectionTls {
  // A server is reached by a host or an address (of the string, else PGHOSTADDR or PGHOST) that is
  // neither a socket of this machine nor its loopback.
  bool leaves_machine = false;
  // The sslmode that the string names, or PGSSLMODE; it counts, whatever it is. Empty: none, and
  // libpq would take TLS only if the server happens to offer it.
  std::string mode;
  // A service file of libpq may name all of this. It is not read here.
  bool by_service = false;

  // What the portal adds to the string: " sslmode=require" where nothing is said and the connection
  // leaves this machine, so that no password and no row travels in the clear; otherwise empty.
  std::string words() const;
};

ConnectionTls tls_of(const std::string& connection);

}  // namespace portal
