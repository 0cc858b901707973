// What portal_postgresql.so gives to the program that loads it: postgresql.cpp alone.
#pragma once

#include <Poco/Data/Session.h>

#include <string>

namespace portal {

struct PostgresqlConnector {
  // Makes "PostgreSQL" known to Poco.
  void (*register_it)();
  // Tries to connect. Empty: it can be done, else libpq's reason, of one or more lines.
  std::string (*why_not)(const std::string& connection);
  // Has a session say the SQLSTATE of every error, also where Poco does not. Returns its socket.
  int (*set_up)(Poco::Data::Session& session);
};

}  // namespace portal

extern "C" const portal::PostgresqlConnector* portal_postgresql();
