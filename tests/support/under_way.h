// Two transactions at once, in an order that a test decides.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <future>
#include <string>
#include <thread>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {

// A transaction in a thread of its own. It does its work, and commits when it is told to.
class UnderWay {
 public:
  using Work = std::function<void(Connection&)>;
  UnderWay(Database& database, const Work& work)
      : thread_([this, &database, work] {
          value(database.write([&](Connection& connection) {
            work(connection);
            done_.set_value();
            commit_.get_future().wait();
            return Done{};
          }));
        }) {}
  UnderWay(const UnderWay&) = delete;
  UnderWay& operator=(const UnderWay&) = delete;
  ~UnderWay() {
    if (thread_.joinable()) commit();
  }
  void wait_until_done() { done_.get_future().wait(); }
  void commit() {
    commit_.set_value();
    thread_.join();
  }

 private:
  std::promise<void> done_;
  std::promise<void> commit_;
  std::jthread thread_;
};

// Returns when a statement that begins so waits for another transaction. On PostgreSQL only.
inline void wait_until_waits(Database& database, const std::string& statement) {
  const auto waits = [&] {
    return value(database.read([&](Connection& connection) {
             return connection.number(
                 "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
                 "AND datname = current_database() AND query LIKE $1",
                 {statement + "%"});
           })) > 0;
  };
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!waits() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  ASSERT_TRUE(waits()) << statement;
}

}  // namespace portal
