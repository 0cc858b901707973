// Whose time Database::now() is.
#include <cstdlib>

#include "support/test_database.h"

namespace portal {
namespace {

class ServerClockTest : public EachDatabase {
 protected:
  ~ServerClockTest() override { follow_clock(machine_now() * 1000); }
};

// The server of the test runs on this machine, so its clock is this machine's; what the process
// took for the time before is an hour behind.
TEST_P(ServerClockTest, IsTheServersWhereThereIsOne) {
  follow_clock((machine_now() - kHour) * 1000);
  const bool has_server = GetParam() == "PostgreSQL";
  const EpochSeconds ahead = machine_now() - database->now();
  EXPECT_LE(std::abs(ahead - (has_server ? 0 : kHour)), kClockSlack);
}

// In a transaction of the only session, too.
TEST_P(ServerClockTest, CanBeAskedAtAnyTime) {
  const auto now = value(database->write([&](Connection&) { return database->now(); }));
  EXPECT_GT(now, 0);
  EXPECT_EQ(database->statistics().unavailable, 0U);
}

INSTANTIATE_TEST_SUITE_P(, ServerClockTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
