// The functions that portal_postgresql.so gives to the program that loads it. Only postgresql.cpp
// uses them.
#pragma once

#include <Poco/Data/Session.h>

#include <string>

#include "core/database/engine/connection_string.h"

namespace portal {

struct PostgresqlConnector {
  // What libpq was told when the session began.
  struct Greeting {
    int socket = -1;
    int version = 0;  // of the server, such as 150008
    // The process that serves the session. A pooler tells a number of its own.
    int process = 0;
    ServerName server;
  };
  // What Poco says before libpq's reason for a session that cannot begin. libpq 17 has none if
  // socket(2) fails.
  static constexpr auto kFailed = "Connection Error: ";
  struct Attempt {
    std::string why_not;  // as Poco says it, in one or more lines; empty on success
    ServerName server;    // on success
  };

  // Registers "PostgreSQL" with Poco.
  void (*register_it)();
  // Connects, and closes the session again.
  Attempt (*attempt)(const std::string& connection);
  // Makes a session report the SQLSTATE of every error, also where Poco would not.
  Greeting (*set_up)(Poco::Data::Session& session);

  // What a pooler does with the server's session while the program's session is idle.
  struct Pooling {
    enum class Mode { kKept, kShared, kUnknown };
    Mode mode = Mode::kUnknown;
    std::string reason;  // of kUnknown
  };
  // Asks a pooler which one is its mode (pooler.cpp). `connection` opens another session with it.
  Pooling (*pooling)(Poco::Data::Session& session, const std::string& connection);
};

}  // namespace portal

extern "C" const portal::PostgresqlConnector* portal_postgresql();
