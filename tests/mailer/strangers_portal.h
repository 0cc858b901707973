// What the tests of strangers and owners share: the steps at which they meet, and the mailer, on
// one database. Everybody is in a network of his own.
#pragma once

#include "account/account.h"
#include "activate/activate.h"
#include "complete/complete.h"
#include "core/registration/policy.h"
#include "mailer/mailer.h"
#include "mailstop/mailstop.h"
#include "office.h"
#include "password/password.h"
#include "steps/login_portal.h"
#include "waiting/waiting.h"

namespace portal::testing_portal {

inline const std::string kStranger = "198.51.100.1";
inline const std::string kOwner = "Kikin01@test.example";
inline constexpr std::string_view kNew = "Brand0New!";

class StrangersTest : public LoginTest {
 public:
  using LoginTest::make_account;
  using LoginTest::member;
  using LoginTest::number;
  using LoginTest::post;

  StrangersTest() {
    auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
    EXPECT_TRUE(view);
    letters_ = std::move(*view);
  }

  Browser from(const std::string& network) {
    Browser browser(site_);
    browser.move_to(network);
    return browser;
  }
  static std::string network(int number) {
    return "10.9." + std::to_string(number / 250) + "." + std::to_string(number % 250);
  }
  void set(std::string_view setting, std::string_view value) {
    EXPECT_TRUE(site_.settings.set(setting, value)) << setting;
  }
  void pass(EpochSeconds seconds) { now_ += seconds; }
  Account account() { return make_account(kOwner); }

  // Of the clinic that has no account.
  Registration register_at(const std::string& client, std::string_view email = kOwner) {
    Browser browser = from(client);
    return register_in(browser, email);
  }
  Registration register_in(Browser& browser, std::string_view email = kOwner) {
    return sign_up(browser, with(judo_form(), {{"email", email}, {"judo_agreement", "協"}}));
  }
  int log_in_status(Browser& browser, std::string_view password = kPassword) {
    return post(browser, credentials(kOwner, password)).status;
  }
  void guess_at(Browser& browser, std::string_view email) {
    post(browser, credentials(email, kWrong));
  }
  int forgot(Browser& browser, std::string_view email = kOwner) {
    PasswordStep step(site_);
    return browser.post(step, "/password/forgot", form_of({{"email", email}})).status;
  }
  int resend(Browser& browser) {
    CompleteStep step(site_);
    return browser.post(step, "/register/resend", {}).status;
  }
  int wait_for(const std::string& client, std::string_view email, int number) {
    WaitingStep step(site_);
    Browser browser = from(client);
    return browser
        .post(step, "/register/waiting",
              form_of({{"institution", "judo"},
                       {"judo_agreement", "契"},
                       {"judo_number", std::to_string(4400000 + number)},
                       {"judo_suffix1", "0"},
                       {"judo_suffix2", "0"},
                       {"email", email}}))
        .status;
  }
  // In an account of the stranger's own.
  void change_email(Browser& browser, std::string_view email) {
    AccountStep step(site_);
    browser.post(step, "/account",
                 form_of({{"action", "email"}, {"email", email}, {"current_password", kPassword}}));
  }

  // Sends all that is due, and returns how many of these mails went to the address, with or without
  // a tag.
  int deliver(std::string_view address = kOwner) {
    const std::size_t before = transport_.sent.size();
    Mailer mailer({*site_.database, *letters_, transport_, metrics_, "https://portal.example.jp",
                   "no-reply@example.jp", "mailer", mail_limits(site_.settings),
                   [this] { return now_; }});
    while (mailer.round(never) == Mailer::Round::kWorked) {
    }
    int mails = 0;
    for (std::size_t i = before; i < transport_.sent.size(); ++i) {
      mails += mailbox_key(transport_.sent[i].to) == mailbox_key(address) ? 1 : 0;
    }
    return mails;
  }
  std::string token() { return token_in(text_of(transport_.sent.back())); }

  // The link of the mail that was sent last activates the registration of that browser.
  bool activates(Browser& browser) {
    ActivateStep step(site_);
    return shows(browser.get(step, "/activate?token=" + token()), "登録が完了いたしました") ? true
                                                                                            : false;
  }
  // The link of the mail that was sent last sets a password, after which the browser logs in.
  bool resets(Browser& browser) {
    PasswordStep step(site_);
    browser.post(step, "/password/reset?token=" + token(),
                 form_of({{"password", kNew}, {"password_confirmation", kNew}}));
    return log_in_status(browser, kNew) == 303;
  }
  std::string stop_url() {
    return "/mail/stop?token=" + stop_token_in(text_of(transport_.sent.back()));
  }
  void press_stop() {
    MailStopStep step(site_);
    Browser browser = from("203.0.113.9");
    EXPECT_EQ(browser.post(step, stop_url(), form_of({{"action", "stop"}})).status, 200);
  }

 private:
  std::unique_ptr<View> letters_;
  FakeTransport transport_;
  metrics::Registry registry_;
  MailMetrics metrics_{registry_};
};

}  // namespace portal::testing_portal
