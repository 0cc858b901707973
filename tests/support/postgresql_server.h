// A PostgreSQL of a test's own, on a socket in a folder of its own, as a user who is not root.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "support/test_database.h"

namespace portal {

class PostgreSQLServer {
 public:
  PostgreSQLServer();  // installed, and not yet running
  PostgreSQLServer(const PostgreSQLServer&) = delete;
  PostgreSQLServer& operator=(const PostgreSQLServer&) = delete;
  ~PostgreSQLServer();

  static bool installed();

  // With settings such as "-c max_connections=10". False: it does not start.
  bool start(const std::string& options = "");
  // As a crash: no goodbye to anybody.
  void stop();

  // All its processes stand still, until go_on().
  void halt() const { signal_all("STOP"); }
  void go_on() const { signal_all("CONT"); }

  // The connection string of a new database; empty if it cannot be made.
  std::string new_database();
  // The database of that connection string goes away, whoever is connected.
  void drop(const std::string& connection);

 private:
  std::string control(const std::string& words) const;
  void signal_all(const std::string& signal) const;

  Folder folder_;
  bool running_ = false;
  int databases_ = 0;
};

Settings postgresql_settings(const std::string& connection);

}  // namespace portal
