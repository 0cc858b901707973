// What SQLite and PostgreSQL do differently.
#pragma once

#include <Poco/Exception.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/settings.h"
#include "core/database/database.h"
#include "core/database/engine/connection.h"

namespace portal {

class Engine {
 public:
  virtual ~Engine() = default;

  // A new session, set up. Throws what why() understands.
  virtual std::unique_ptr<Connection> connect() = 0;

  // The session still leads to the database of the settings.
  virtual bool current(const Connection& connection) const = 0;

  // Makes the database if it is missing and can be made from here.
  virtual void create() = 0;

  // The statement that a write begins with; empty: none is needed.
  virtual const std::string& write_lock() const = 0;

  // Likewise for a migration, when there may be no table yet.
  virtual const std::string& migration_lock() const = 0;

  // For a migration: its statements may take as long as they like.
  virtual void lift_limits(Connection&) const {}

  // Running the same transaction again may help: it lost against another one.
  virtual bool conflict(const Poco::Exception& exception) const = 0;

  // For the caller and the log.
  virtual Error why(const Poco::Exception& exception) const = 0;

  // As in the settings: "SQLite", "PostgreSQL".
  virtual std::string_view connector() const = 0;

  // "database /var/lib/portal/portal.db", for messages.
  const std::string& name() const { return name_; }

 protected:
  explicit Engine(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

// `patience`: how long a statement waits for a lock that another one holds.
std::unique_ptr<Engine> make_sqlite(const std::string& path, Durability durability,
                                    std::chrono::milliseconds patience);
std::unique_ptr<Engine> make_postgresql(const std::string& connection, Durability durability,
                                        std::chrono::milliseconds patience);

// Where a library's or Poco's message says that a table is missing.
bool table_missing(const Poco::Exception& exception);
Error not_migrated(const Engine& engine);

}  // namespace portal
