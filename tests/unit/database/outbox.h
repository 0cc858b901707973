// What the tests of the outbox share: rows that are queued, leased and ended.
#pragma once

#include <string_view>
#include <vector>

#include "support/test_database.h"

namespace portal {

class OutboxTest : public EachDatabase {
 protected:
  void add(const OutboxRow& row) {
    value(database->write([&](Connection& c) {
      Outbox(c).add(row);
      return Done{};
    }));
  }
  std::vector<OutboxRow> lease(std::string_view owner, EpochSeconds now, int most = 10) {
    return value(
        database->write([&](Connection& c) { return Outbox(c).lease(owner, now, kMinute, most); }));
  }
  template <class F>
  bool end(const F& function) {
    return value(database->write([&](Connection& c) {
      Outbox outbox(c);
      return function(outbox);
    }));
  }
};

}  // namespace portal
