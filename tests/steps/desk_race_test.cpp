// The desk: two of the staff, or of the staff and the operators, do the same at once.
#include "core/actions/account_actions.h"
#include "steps/desk_portal.h"
#include "support/under_way.h"

namespace portal::testing_portal {
namespace {

class DeskRace : public DeskPortal {};

TEST_F(DeskRace, AnAccountIsReleasedOnce) {
  const Account account = make_account();
  UnderWay first(*site_.database, [&](Connection& connection) {
    EXPECT_TRUE(release_account(connection, account.id, "", {.now = now_}).done());
  });
  first.wait_until_done();
  Outcome outcome;
  std::jthread second([&] {
    outcome = on_database([&](Connection& connection) {
      return release_account(connection, account.id, "", {.now = now_});
    });
  });
  if (OwnDatabase::on_postgresql()) wait_until_waits(*site_.database, "DELETE FROM account");
  first.commit();
  second.join();
  EXPECT_EQ(outcome.hindrance, Hindrance::kAccountGone);
  EXPECT_EQ(mails("account_released").size(), 1U);
}

}  // namespace
}  // namespace portal::testing_portal
