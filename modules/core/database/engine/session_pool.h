// The sessions of a Database. One thread at a time uses a session.
//
// It is used instead of Poco's SessionPool because it keeps a session together with its prepared
// statements, and closes a session that no longer leads to the database when it is taken. When one
// session turns out to be dead or stale, all that were opened before it was taken are most likely
// so, too. They are closed at once, those in use when they come back: otherwise each of them would
// cost somebody a time-out, long after a failover is over.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "core/database/engine/engine.h"

namespace portal {

class SessionPool {
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

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

    // The session leads to no server, or to one that is of no use.
    void give_up() {
      connection_->abandon();
      owner_.close_opened_before(taken_);
    }

   private:
    SessionPool& owner_;
    std::unique_ptr<Connection> connection_;
    const Time taken_ = Clock::now();
    bool aside_;
  };

  // Waits at most for a probe of an idle session, and for connecting. Throws a Failure if all
  // sessions are in use or there is no connection.
  Lease take();

  // The same for short work that is no thread's: it leaves each thread its session.
  Lease take_aside();

  int most() const { return most_; }
  int in_use() const;

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    Time since;
  };

  // Takes one of them, or nothing, and counts the session that will be used.
  Idle idle_one(bool aside);
  Lease lease(bool aside);
  void give_back(std::unique_ptr<Connection> connection, bool aside);
  void close_opened_before(Time time);

  Engine& engine_;
  const int most_;
  mutable std::mutex mutex_;
  std::vector<Idle> idle_;
  Time none_before_;  // sessions that were opened before this time are not used again
  int taken_ = 0;
};

// After a failure, outside a transaction: true if the session may be used further. Else it is given
// up.
bool still_usable(const Engine& engine, SessionPool::Lease& session,
                  const Poco::Exception& failure);

}  // namespace portal
