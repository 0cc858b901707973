#include "support/test_database.h"

#include <cstdlib>
#include <fstream>

#include "core/database/engine/connection.h"
#include "core/database/schema/inspection.h"
#include "support/postgresql_server.h"

namespace portal {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = fs::temp_directory_path() / "portal-test-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Folder::write(std::string_view name, std::string_view content) const {
  fs::create_directories((path_ / name).parent_path());
  std::ofstream(path_ / name, std::ios::binary) << content;
}

Settings sqlite_settings(const std::string& file) {
  Settings settings;
  static_cast<void>(value(settings.set("database.connection", file)));
  return settings;
}

Database open_database(const Settings& settings, int sessions, std::chrono::milliseconds patience) {
  return {settings, Durability::kRelaxed, sessions, patience};
}

namespace {

// Started when it is first needed.
PostgreSQLServer& running_server() {
  static PostgreSQLServer server;
  static const bool running = server.start();
  if (!running) throw std::runtime_error("PostgreSQL does not start");
  return server;
}

}  // namespace

std::optional<Settings> new_postgresql() {
  if (!PostgreSQLServer::installed()) return std::nullopt;
  return postgresql_settings(running_server().new_database());
}

bool OwnDatabase::on_postgresql() {
  const char* connector = std::getenv("PORTAL_TEST_CONNECTOR");
  return connector != nullptr && std::string_view(connector) == "PostgreSQL";
}

namespace {

// A database takes longer to make than a test to run: those that tests have left are used again.
std::vector<std::string>& left_databases() {
  static std::vector<std::string> connections;
  return connections;
}

std::string empty_database() {
  if (left_databases().empty()) return running_server().new_database();
  const std::string connection = left_databases().back();
  left_databases().pop_back();
  Database database(postgresql_settings(connection), Durability::kRelaxed, 1, Database::kPatience,
                    kNoSchemaNeeded);
  value(database.write([](Connection& c) {
    c.execute_once("DROP SCHEMA public CASCADE");
    c.execute_once("CREATE SCHEMA public");
    return Done{};
  }));
  return connection;
}

}  // namespace

OwnDatabase::OwnDatabase(const std::string& folder)
    : connection_(on_postgresql() ? empty_database() : folder + "/portal.db") {}

OwnDatabase::~OwnDatabase() {
  if (on_postgresql() && !lost_) left_databases().push_back(connection_);
}

void OwnDatabase::lose() {
  lost_ = true;
  if (on_postgresql()) return running_server().drop(connection_);
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(connection_ + suffix);
}

void OwnDatabase::choose(Settings& settings) const {
  value(settings.set("database.connector", on_postgresql() ? "PostgreSQL" : "SQLite"));
  value(settings.set("database.connection", connection_));
}

std::string OwnDatabase::lines() const {
  return std::string("database.connector = ") + (on_postgresql() ? "PostgreSQL" : "SQLite") +
         "\ndatabase.connection = " + connection_ + "\n";
}

std::string OwnDatabase::shell() const {
  return on_postgresql() ? "psql -XAtq '" + connection_ + "' -c"
                         : "sqlite3 -cmd '.timeout 10000' '" + connection_ + "'";
}

void EachDatabase::SetUp() {
  settings = sqlite_settings(folder.file("portal.db"));
  if (GetParam() == "PostgreSQL") {
    const auto postgresql = new_postgresql();
    if (!postgresql) GTEST_SKIP() << "PostgreSQL is not installed";
    settings = *postgresql;
  }
  database = std::make_unique<Database>(settings, Durability::kRelaxed, 8,
                                        std::chrono::milliseconds(20000));
  EXPECT_GT(value(database->migrate(kMigrations)), 0);
}

}  // namespace portal
