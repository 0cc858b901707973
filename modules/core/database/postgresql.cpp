// PostgreSQL. Its connector and libpq are in a module that is loaded when the settings ask for it,
// so that a program on SQLite carries neither (postgresql/connector.cpp).
#include <Poco/RegularExpression.h>
#include <Poco/SharedLibrary.h>

#include <filesystem>
#include <mutex>

#include "core/database/engine.h"

namespace portal {
namespace {

constexpr std::size_t kConnectSeconds = 5;

// Beside the program, in the build folder as when installed: bin/ and lib/portal/.
void load_connector() {
  static std::once_flag once;
  std::call_once(once, [] {
    const auto program = std::filesystem::read_symlink("/proc/self/exe");
    const auto module =
        program.parent_path().parent_path() / "lib" / "portal" / "portal_postgresql.so";
    // Never unloaded: sessions live as long as the process.
    static Poco::SharedLibrary library;
    library.load(module.string());
    reinterpret_cast<void (*)()>(library.getSymbol("portal_register_connector"))();
  });
}

// "40001": Poco gives the SQLSTATE in its text only, and only for what fails when executed.
std::string state_of(const Poco::Exception& exception) {
  static const Poco::RegularExpression pattern(" State: ([0-9A-Z]{5})");
  std::vector<std::string> parts;
  return pattern.split(exception.message(), parts) == 2 ? parts[1] : "";
}

// The lines after the first have values in them: an address does not belong into a log.
std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

class PostgreSQL : public Engine {
 public:
  PostgreSQL(std::string connection, Durability durability, std::chrono::milliseconds patience)
      : Engine("PostgreSQL database"),
        connection_(std::move(connection)),
        durability_(durability),
        patience_(patience) {}

  std::unique_ptr<Connection> connect() override {
    load_connector();
    auto connection = std::make_unique<Connection>(
        Poco::Data::Session("PostgreSQL", connection_, kConnectSeconds), Connection::Origin{});
    connection->execute_once("SET client_encoding TO 'UTF8'");
    connection->execute_once("SET client_min_messages TO error");
    connection->execute_once("SET lock_timeout TO " + std::to_string(patience_.count()));
    if (durability_ == Durability::kRelaxed) {
      connection->execute_once("SET synchronous_commit TO off");
    }
    return connection;
  }

  bool current(const Connection&) const override { return true; }
  void create() override {}

  const std::string& write_lock() const override {
    static const std::string none;
    return none;
  }

  // The number is any that no other program of this database takes.
  const std::string& migration_lock() const override {
    static const std::string lock = "SELECT pg_advisory_xact_lock(7036874)";
    return lock;
  }

  std::string_view connector() const override { return "PostgreSQL"; }

  bool conflict(const Poco::Exception& exception) const override {
    const std::string state = state_of(exception);
    return state == "40001" || state == "40P01";  // serialization_failure, deadlock_detected
  }

  Error why(const Poco::Exception& exception) const override {
    if (const auto* failure = dynamic_cast<const Failure*>(&exception)) return failure->error();
    const std::string state = state_of(exception);
    // Its text is the connection string.
    const bool lost = dynamic_cast<const Poco::Data::NotConnectedException*>(&exception) != nullptr;
    const std::string reason =
        name() + ": " + (lost ? "the connection was lost" : first_line(exception.message()));
    if (state == "55P03") {
      return unavailable(name() + ": database is locked by another program for over " +
                         std::to_string(patience_.count()) + " ms");
    }
    if (state.starts_with("23")) return refused(reason);  // integrity constraint
    if (table_missing(exception)) return not_migrated(*this);
    return unavailable(reason);
  }

 private:
  const std::string connection_;
  const Durability durability_;
  const std::chrono::milliseconds patience_;
};

}  // namespace

std::unique_ptr<Engine> make_postgresql(const std::string& connection, Durability durability,
                                        std::chrono::milliseconds patience) {
  return std::make_unique<PostgreSQL>(connection, durability, patience);
}

}  // namespace portal
