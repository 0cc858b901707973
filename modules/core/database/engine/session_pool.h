// The sessions of a Database. One thread at a time uses a session.
//
// It is used instead of Poco's SessionPool because it keeps a session together with its prepared
// statements, and closes a session that no longer leads to the database when it is taken.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/database/engine/engine.h"

namespace portal {

class SessionPool {
 public:
  SessionPool(Engine& engine, int most) : engine_(engine), most_(most) {}

  // A session on loan. It returns when this object ends, if it still works.
  class Lease {
   public:
    Lease(SessionPool& owner, std::unique_ptr<Connection> connection, bool aside = false)
        : owner_(owner), connection_(std::move(connection)), aside_(aside) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease() { owner_.give_back(std::move(connection_), aside_); }
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_.get(); }

   private:
    SessionPool& owner_;
    std::unique_ptr<Connection> connection_;
    bool aside_;
  };

  // Never waits. Throws a Failure if all sessions are in use or there is no connection.
  Lease take();

  // The same for a short question that is no thread's work: it leaves each thread its session.
  Lease take_aside();

  int most() const { return most_; }
  int in_use() const;

 private:
  std::unique_ptr<Connection> idle_one(bool aside);
  Lease lease(bool aside);
  void give_back(std::unique_ptr<Connection> connection, bool aside);

  Engine& engine_;
  const int most_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
  int taken_ = 0;
};

}  // namespace portal
