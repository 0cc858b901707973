// The functions that portal_postgresql.so gives to the program that loads it. Only postgresql.cpp
// uses them.
#pragma once

#include <Poco/Data/Session.h>

#include <string>

namespace portal {

struct PostgresqlConnector {
  // Registers "PostgreSQL" with Poco.
  void (*register_it)();
  // Tries to connect. Returns an empty text on success, otherwise libpq's reason in one or more
  // lines.
  std::string (*why_not)(const std::string& connection);
  // Makes a session report the SQLSTATE of every error, also where Poco would not. Returns its
  // socket.
  int (*set_up)(Poco::Data::Session& session);
};

}  // namespace portal

extern "C" const portal::PostgresqlConnector* portal_postgresql();
