#include "support/postgresql_server.h"

#include <glob.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace portal {
namespace {

namespace fs = std::filesystem;

// Runs it and waits; standard output and error go nowhere.
bool run(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str()) == 0;  // NOLINT: a test's own words
}

std::string find_programs() {
  glob_t found = {};
  std::string folder;
  if (glob("/usr/lib/postgresql/*/bin/initdb", 0, nullptr, &found) == 0) {
    folder = fs::path(found.gl_pathv[found.gl_pathc - 1]).parent_path();
  }
  globfree(&found);
  return folder;
}

const std::string& programs() {
  static const std::string folder = find_programs();
  return folder;
}

std::string as_user(const std::string& command) {
  if (geteuid() != 0) return command;
  return "setpriv --reuid=nobody --regid=nogroup --clear-groups " + command;
}

}  // namespace

PostgreSQLServer::PostgreSQLServer() {
  fs::permissions(folder_.path(), fs::perms::all);
  run(as_user(programs() + "/initdb --no-sync -A trust -U portal -D " + folder_.file("data")));
}

PostgreSQLServer::~PostgreSQLServer() {
  stop();
}

bool PostgreSQLServer::installed() {
  return !programs().empty();
}

std::string PostgreSQLServer::control(const std::string& words) const {
  return as_user(programs() + "/pg_ctl -w -D " + folder_.file("data") + " " + words);
}

bool PostgreSQLServer::start(const std::string& options) {
  running_ = run(control("-l " + folder_.file("log") +
                         " -o '-c fsync=off -c deadlock_timeout=50ms -c listen_addresses= -k " +
                         folder_.file("") + " " + options + "' start"));
  return running_;
}

void PostgreSQLServer::stop() {
  if (running_) run(control("-m immediate stop"));
  running_ = false;
}

void PostgreSQLServer::signal_all(const std::string& signal) const {
  run("first=$(head -n 1 " + folder_.file("data/postmaster.pid") + "); kill -" + signal +
      " $first $(ps -o pid= --ppid $first)");
}

std::string PostgreSQLServer::new_database() {
  const std::string name = "test" + std::to_string(++databases_);
  const std::string at = "-h " + folder_.file("") + " -U portal ";
  if (!run(programs() + "/createdb " + at + name)) return "";
  return "host=" + folder_.file("") + " user=portal dbname=" + name;
}

void PostgreSQLServer::drop(const std::string& connection) {
  const std::string name = connection.substr(connection.rfind('=') + 1);
  run(programs() + "/dropdb --if-exists --force -h " + folder_.file("") + " -U portal " + name);
}

Settings postgresql_settings(const std::string& connection) {
  Settings settings;
  static_cast<void>(value(settings.set("database.connector", "PostgreSQL")));
  static_cast<void>(value(settings.set("database.connection", connection)));
  return settings;
}

}  // namespace portal
