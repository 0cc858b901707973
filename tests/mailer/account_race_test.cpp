// A mail is planned in the same moment as its account's address changes or the account is gone.
#include "core/registration/application.h"
#include "core/security/token.h"
#include "planning_race.h"

namespace portal {
namespace {

const std::string kOld = "old@example.jp";
const std::string kNew = "new@example.jp";
const std::string kId = "account-" + kOld;

class AccountRace : public PlanningRace {
 protected:
  void SetUp() override {
    PlanningRace::SetUp();
    if (IsSkipped()) return;
    office_.add_account(kOld);
  }
  void queue_reset(const std::string& id, const std::string& address) {
    value(office_.database().write([&](Connection& connection) {
      OutboxRow row;
      row.id = id;
      row.kind = "reset";
      row.recipient = address;
      row.created_at = row.next_attempt_at = office_.now;
      row.network = "192.0.2.1";
      Outbox(connection).add(row);
      return Done{};
    }));
  }
  // As account_link.cpp does.
  UnderWay::Work change_address() const {
    return [this](Connection& connection) {
      EXPECT_TRUE(Accounts(connection).set_email(kId, kNew, email_key(kNew)));
      AccountLinks(connection).end_all(kId, office_.now);
    };
  }
  void expect_no_reset() {
    EXPECT_EQ(office_.row("row").state, "withheld");
    EXPECT_EQ(office_.row("row").reply, "not sent: no account has this address");
    EXPECT_TRUE(office_.transport.sent.empty());
    EXPECT_EQ(office_.count("account_link"), 0);
    EXPECT_EQ(office_.count("stop_link"), 0);
    EXPECT_EQ(counted(), 0);
  }
};

TEST_F(AccountRace, NoResetGoesToTheOldAddress) {
  queue_reset("row", kOld);
  plan_while(change_address());
  expect_no_reset();
}

TEST_F(AccountRace, NorWhileTheChangeIsUnderWay) {
  queue_reset("row", kOld);
  plan_during(change_address(), "UPDATE account");
  expect_no_reset();
}

TEST_F(AccountRace, AnAccountThatIsGoneGetsNone) {
  queue_reset("row", kOld);
  plan_during([](Connection& connection) { EXPECT_TRUE(Accounts(connection).remove(kId)); },
              "UPDATE account");
  expect_no_reset();
}

// It has its link already; then it leaves, but the link is ended.
TEST_F(AccountRace, OfAResetThatLeavesTheLinkIsEnded) {
  queue_reset("row", kOld);
  change_after_link(change_address(), "UPDATE account");
  ASSERT_EQ(office_.transport.sent.front().to, kOld);
  const std::string token = token_in(text_of(office_.transport.sent.front()));
  const auto link = value(office_.database().read([&](Connection& connection) {
    return AccountLinks(connection).find(token_hash(token)).value();
  }));
  EXPECT_EQ(link.account_id, kId);
  EXPECT_NE(link.used_at, 0);
}

// Then nobody has the address any more, and whoever applied with it gets the link and no notice.
TEST_F(AccountRace, AnAddressThatIsLeftGetsTheLinkOfItsRegistration) {
  office_.queue("row", kOld, "activation", {.network = "192.0.2.1"});
  plan_while(change_address());
  ASSERT_EQ(office_.transport.sent.size(), 1U);
  const Sent& sent = office_.transport.sent.front();
  EXPECT_EQ(sent.to, kOld);
  EXPECT_NE(text_of(sent).find("/activate?token="), std::string::npos) << text_of(sent);
  EXPECT_TRUE(text_of(sent).starts_with("髙﨑 太郎 様")) << "it is not the account's name";
  EXPECT_EQ(office_.count("activation_link"), 1);
  EXPECT_EQ(office_.count("stop_link"), 1);
  const std::int64_t once = counted();
  office_.queue("another", "another@example.jp", "activation", {.network = "192.0.2.1"});
  mailer_.round(never);
  EXPECT_EQ(counted(), 2 * once) << "as much as any other mail";
}

}  // namespace
}  // namespace portal
