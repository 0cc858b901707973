// Strangers who guess never hold up a browser that is known to the account; it has a limit of its
// own.
#include "activate/activate.h"
#include "core/registration/policy.h"
#include "core/responder/known_device.h"
#include "steps/login_portal.h"

namespace portal::testing_portal {
namespace {

class DeviceTest : public LoginTest {
 protected:
  // From the owner's own network, which is a carrier's.
  void strangers_guess() {
    elsewhere_.move_to("198.51.100.1");
    for (int i = 0; i < 5; ++i) guess(elsewhere_);
    EXPECT_EQ(guess(elsewhere_).status, 429);
    EXPECT_LT(guesses_let_through(elsewhere_, 301), 301);
    EXPECT_EQ(post(elsewhere_, credentials(member(9999))).status, 429);
  }
};

TEST_F(DeviceTest, OwnerLogsInAtOnceWhileStrangersGuess) {
  make_account();
  browser_.move_to("198.51.100.1");
  log_in(browser_);
  strangers_guess();
  EXPECT_EQ(post(browser_, credentials()).status, 303);
  Browser stranger(site_);
  stranger.move_to("198.51.100.1");
  EXPECT_EQ(post(stranger, credentials()).status, 429) << "in a browser that is not known";
  stranger.keep("device", draw_token());
  EXPECT_EQ(post(stranger, credentials()).status, 429) << "nor by a cookie that nobody gave";
  stranger.move_to("203.0.113.9");
  EXPECT_EQ(post(stranger, credentials()).status, 303) << "but from another network";
}

TEST_F(DeviceTest, HasALimitOfItsOwn) {
  make_account();
  log_in(browser_);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(guess(browser_).status, 422);
  const Response response = post(browser_, credentials());
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.limit, "device");
  EXPECT_EQ(post(elsewhere_, credentials()).status, 303) << "which holds up nobody else";
  now_ += 1;
  EXPECT_EQ(post(browser_, credentials()).status, 303);
}

TEST_F(DeviceTest, ItsWrongPasswordsDoNotCountAgainstTheNetwork) {
  make_account();
  log_in(browser_);
  for (int i = 0; i < 3; ++i) guess(browser_);
  EXPECT_EQ(guesses_let_through(elsewhere_, 310), 300);
}

TEST_F(DeviceTest, IsKnownToTheAccountsThatWereUsedThere) {
  make_account();
  make_account(member(1), number(1));
  browser_.move_to("198.51.100.1");
  log_in(browser_);
  strangers_guess();
  EXPECT_EQ(post(browser_, credentials(member(1))).status, 429) << "not to another account";
  now_ += 15 * kMinute;
  EXPECT_EQ(post(browser_, credentials(member(1))).status, 303);
  strangers_guess();
  EXPECT_EQ(post(browser_, credentials(member(1))).status, 303);
  EXPECT_EQ(post(browser_, credentials()).status, 303) << "and still to the first";
}

TEST_F(DeviceTest, CookieComesBeforeTheOneThatLeadsOn) {
  make_account();
  const Response response = post(browser_, credentials());
  EXPECT_TRUE(last_cookie(response).starts_with("session=")) << last_cookie(response);
  const std::string token = browser_.cookies().at("device");
  EXPECT_EQ(header(response, "Set-Cookie"),
            "device=" + token + "; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax");
  post(browser_, credentials());
  EXPECT_EQ(browser_.cookies().at("device"), token) << "the browser keeps its token";
}

TEST_F(DeviceTest, IsKnownFromTheActivation) {
  const auto registration = sign_up(browser_, judo_form());
  ActivateStep activate(site_);
  const Response response = browser_.get(activate, "/activate?token=" + send_link(registration));
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(last_cookie(response).starts_with("device=")) << last_cookie(response);
  browser_.move_to("198.51.100.1");
  strangers_guess();
  EXPECT_EQ(post(browser_, credentials()).status, 303);
}

TEST_F(DeviceTest, AnAccountKnowsThoseSeenLast) {
  const Account account = make_account();
  log_in(browser_);
  const std::string first = browser_.cookies().at("device");
  on_database([&](Connection& connection) {
    for (int i = 1; i < kMostDevices; ++i) {
      remember_device(connection, account.id, std::to_string(i), now_ + i);
    }
    return Done{};
  });
  EXPECT_TRUE(knows(account, first)) << "the last for which there is room";
  now_ += kDay;
  log_in(elsewhere_);
  EXPECT_FALSE(knows(account, first));
  EXPECT_TRUE(knows(account, "1"));
  EXPECT_TRUE(knows(account, elsewhere_.cookies().at("device")));
}

TEST_F(DeviceTest, IsForgottenAfterItsTime) {
  make_account();
  browser_.move_to("198.51.100.1");
  log_in(browser_);
  const std::string token = browser_.cookies().at("device");
  now_ += 400 * kDay + 1;
  browser_.keep("device", token);
  strangers_guess();
  EXPECT_EQ(post(browser_, credentials()).status, 429);
}

TEST_F(DeviceTest, GoesWithItsAccount) {
  const Account account = make_account();
  log_in(browser_);
  const std::string token = browser_.cookies().at("device");
  on_database([&](Connection& connection) { return Accounts(connection).remove(account.id); });
  EXPECT_FALSE(knows(account, token));
}

}  // namespace
}  // namespace portal::testing_portal
