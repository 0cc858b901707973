// What the tests of the account step share: a user who is signed in, and the forms of the own page.
#pragma once

#include "account/account.h"
#include "core/database/account/account_links.h"
#include "steps/member.h"

namespace portal::testing_portal {

inline constexpr std::string_view kWrong = "Wrong0ne!";
inline constexpr std::string_view kNew = "Brand0New!";
inline constexpr std::string_view kNewEmail = "new@example.jp";
inline constexpr std::string_view kOtherNumber = "協0123456-7-8";

inline Form phone_form(std::string_view phone, std::string_view password = kPassword) {
  return form_of({{"action", "phone"}, {"phone", phone}, {"current_password", password}});
}
inline Form email_form(std::string_view email, std::string_view password = kPassword) {
  return form_of({{"action", "email"}, {"email", email}, {"current_password", password}});
}
inline Form password_form(std::string_view current, std::string_view password,
                          std::string_view confirmation) {
  return form_of({{"action", "password"},
                  {"current_password", current},
                  {"password", password},
                  {"password_confirmation", confirmation}});
}
inline Form end_form(std::string_view session, std::string_view password = kPassword) {
  return form_of({{"action", "end_session"}, {"session", session}, {"current_password", password}});
}
inline Form leave_form(std::string_view password) {
  return form_of({{"action", "leave"}, {"current_password", password}});
}

class AccountTest : public MemberTest {
 protected:
  AccountTest() {
    account_ = make_account();
    log_in(browser_);
  }

  Response get() { return browser_.get(step_, "/account"); }
  Response post(const Form& form) { return browser_.post(step_, "/account", form); }
  static std::string url(const std::string& token) { return "/account?token=" + token; }
  // The button of the page that the link leads to.
  Response press(const std::string& token) { return browser_.post(step_, url(token), {}); }

  // The mail to the new address was sent.
  std::string send_link(std::string_view email = kNewEmail) {
    const std::string token = draw_token();
    on_database([&](Connection& connection) {
      AccountLink link;
      link.token_hash = token_hash(token);
      link.account_id = account_.id;
      link.purpose = kEmailChangePurpose;
      link.email = email;
      link.sent_at = now_;
      AccountLinks(connection).add(link);
      return Done{};
    });
    return token;
  }
  std::string current_email() {
    return on_database([&](Connection& connection) {
      const auto account = Accounts(connection).find(account_.id);
      return account ? account->email : "";
    });
  }

  Account account_;
  AccountStep step_{site_};
};

inline void expect_done(const Response& response, std::string_view done) {
  EXPECT_EQ(response.status, 303) << response.body;
  EXPECT_EQ(header(response, "Location"), "/account?done=" + std::string(done));
}

}  // namespace portal::testing_portal
