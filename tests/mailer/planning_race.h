// Something is changed in the same moment as a mail about it is planned. On PostgreSQL, where both
// can be under way: SQLite has one writer at a time.
#pragma once

#include <thread>

#include "core/database/engine/connection.h"
#include "core/database/tables.h"
#include "office.h"
#include "support/under_way.h"

namespace portal {

class PlanningRace : public testing::Test {
 protected:
  void SetUp() override {
    if (!OwnDatabase::on_postgresql()) GTEST_SKIP() << "one writer at a time";
  }
  void wait_until_waits(const std::string& statement) {
    portal::wait_until_waits(others_, statement);
  }
  // The mailer waits for it when it has found out to whom a letter goes.
  static UnderWay::Work hold_gate() {
    return [](Connection& connection) {
      Throttles(connection).lock(throttle_key(Throttle::kMailOfSystem));
    };
  }
  std::jthread start_round() {
    return std::jthread([this] { EXPECT_EQ(mailer_.round(never), Mailer::Round::kWorked); });
  }
  // It has found out to whom the letter goes, and waits at the gate.
  std::jthread start_round_until(UnderWay& gate) {
    gate.wait_until_done();
    std::jthread round = start_round();
    wait_until_waits("INSERT INTO throttle");
    return round;
  }
  // Plans what is queued, and changes something when it is known to whom the letter goes.
  void plan_while(const UnderWay::Work& change) {
    UnderWay gate(others_, hold_gate());
    std::jthread round = start_round_until(gate);
    UnderWay(others_, change).commit();
    gate.commit();
    round.join();
  }
  // The same, but the change is not committed until the mailer waits for it.
  void plan_during(const UnderWay::Work& change, const std::string& statement) {
    UnderWay gate(others_, hold_gate());
    std::jthread round = start_round_until(gate);
    UnderWay changed(others_, change);
    changed.wait_until_done();
    gate.commit();
    wait_until_waits(statement);
    changed.commit();
    round.join();
    EXPECT_EQ(office_.database().statistics().conflicts, 0U);
    EXPECT_EQ(others_.statistics().conflicts, 0U);
  }
  // What is queued has its link already, and leaves with the end of the round: the change waits for
  // that, because another mail, which comes second, is kept from being planned.
  void change_after_link(const UnderWay::Work& change, const std::string& statement) {
    office_.now += 1;
    office_.queue("second", "second@example.jp");
    UnderWay address(others_, [&](Connection& connection) {
      MailAddresses(connection).prepare("second@example.jp", office_.now);
    });
    address.wait_until_done();
    std::jthread round = start_round();
    wait_until_waits("INSERT INTO mail_address");
    UnderWay changed(others_, change);
    wait_until_waits(statement);
    address.commit();
    changed.commit();
    round.join();
  }
  // The mails that were counted for clinics, networks and altogether.
  std::int64_t counted() {
    return value(office_.database().read([](Connection& connection) {
      return connection.number("SELECT COALESCE(SUM(tries), 0) FROM throttle");
    }));
  }

  Office office_;
  Mailer mailer_ = office_.mailer();
  Database others_ = open_database(office_.settings(), 4);
};

}  // namespace portal
