// The desk: two of the staff, or of the staff and the operators, do the same at once.
#include "core/actions/account_actions.h"
#include "core/actions/mail_actions.h"
#include "steps/desk_portal.h"
#include "support/under_way.h"

namespace portal::testing_portal {
namespace {

class DeskRace : public DeskPortal {
 protected:
  UnderWay::Work correct(const std::string& id, const std::string& address, Outcome& outcome) {
    return [&, id, address](Connection& connection) {
      outcome = correct_address(connection, id, address, mail_limits(site_.settings),
                                {.reason = "", .now = now_})
                    .outcome;
    };
  }
  // The second corrects it while the first is under way.
  void correct_at_once(const std::string& id, const std::string& first, const std::string& second) {
    UnderWay one(*site_.database, correct(id, first, first_));
    one.wait_until_done();
    std::jthread other([&] {
      on_database([&](Connection& connection) {
        correct(id, second, second_)(connection);
        return Done{};
      });
    });
    if (OwnDatabase::on_postgresql()) wait_until_waits(*site_.database, "UPDATE registration");
    one.commit();
  }
  std::vector<std::string> addresses_of_mails() {
    std::vector<std::string> addresses;
    for (const auto& mail : mails("activation")) addresses.push_back(mail.recipient);
    return addresses;
  }

  Outcome first_;
  Outcome second_;
};

// The second would end the link of the mail that the first has queued, and send one more.
TEST_F(DeskRace, AnAddressIsCorrectedOnce) {
  const Registration registration = apply();
  correct_at_once(registration.id, "right@test.example", "Right@test.example");
  EXPECT_TRUE(first_.done());
  EXPECT_EQ(second_.hindrance, Hindrance::kSameAddress);
  EXPECT_EQ(addresses_of_mails(), std::vector<std::string>{"right@test.example"});
  EXPECT_EQ(events("address_corrected").size(), 1U);
}

TEST_F(DeskRace, AnotherAddressIsACorrectionOfTheFirst) {
  const Registration registration = apply();
  correct_at_once(registration.id, "wrong@test.example", "right@test.example");
  EXPECT_TRUE(second_.done());
  EXPECT_EQ(addresses_of_mails(), std::vector<std::string>{"right@test.example"});
  EXPECT_EQ(events("address_corrected").size(), 2U);
}

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
