// An Engine does what SQLite and PostgreSQL do differently.
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

// While a thread has one of these, its statements on SQLite wait for no lock.
class NoWaiting {
 public:
  NoWaiting() { here() = true; }
  NoWaiting(const NoWaiting&) = delete;
  NoWaiting& operator=(const NoWaiting&) = delete;
  ~NoWaiting() { here() = false; }
  static bool& here() {
    thread_local bool no_waiting = false;
    return no_waiting;
  }
};

class Engine {
 public:
  virtual ~Engine() = default;

  // Opens and sets up a new session. Throws exceptions that why() understands.
  virtual std::unique_ptr<Connection> connect() = 0;

  // True if the session still leads to the database of the settings.
  virtual bool current(const Connection& connection) const = 0;

  // The same for a session that nobody has used for this time. It may ask the server.
  virtual bool answers(Connection& connection, std::chrono::nanoseconds) const {
    return current(connection);
  }

  // False if this program must not work with this database, whoever asks and whenever. A database
  // that is away may suit. Asked once, at the start of a program.
  virtual Result<Done> suits() { return Done{}; }

  // Around the commit of a writing transaction. The transaction must not be committed, or what was
  // committed must not be acknowledged, if these return an error.
  virtual Result<Done> before_commit(Connection&) const { return Done{}; }
  virtual Result<Done> after_commit(Connection&) const { return Done{}; }

  // Makes the database if it is missing and this program can make it.
  virtual void create() = 0;

  // Begins a writing transaction's work, after Lock::kAtOnce.
  virtual void begin_writing(Connection&) const {}

  // The first statement of a migration, which keeps others from migrating.
  virtual const std::string& migration_lock() const = 0;

  // For a migration: its statements may take any time.
  virtual void lift_limits(Connection&) const {}

  // True if the transaction lost against another one, so that it may succeed when it is run again.
  virtual bool conflict(const Poco::Exception& exception) const = 0;

  // True if a lock of another transaction was not free in time.
  virtual bool busy(const Poco::Exception& exception) const = 0;

  // True if the session itself is why: another one may be better.
  virtual bool stale(const Poco::Exception&) const { return false; }

  // From now on, until the transaction ends, its statements wait for no lock. The thread has a
  // NoWaiting.
  virtual void wait_for_no_lock(Connection&) const {}

  // Keeps what the engine writes beside the database small, where that is a program's work. False:
  // somebody reads what was long ago, so it grows.
  virtual bool keep_log_small(Connection&) const { return true; }

  // Throws if the disk has no room for what a user sends, if this program can see the disk.
  virtual void expect_room() const {}

  // The error for the caller and the log.
  virtual Error why(const Poco::Exception& exception) const = 0;

  // The value of database.connector: "SQLite", "PostgreSQL".
  virtual std::string_view connector() const = 0;

  // "database /var/lib/portal/portal.db", for messages.
  const std::string& name() const { return name_; }

 protected:
  explicit Engine(std::string name) : name_(std::move(name)) {}

 private:
  std::string name_;
};

// `patience` is the time that a statement waits for a lock of another transaction.
std::unique_ptr<Engine> make_sqlite(const std::string& path, Durability durability,
                                    std::chrono::milliseconds patience);
std::unique_ptr<Engine> make_postgresql(const std::string& connection, Durability durability,
                                        std::chrono::milliseconds patience);

// True if the message of Poco or of a library says that a table is missing.
bool table_missing(const Poco::Exception& exception);
Error not_migrated(const Engine& engine);

}  // namespace portal
