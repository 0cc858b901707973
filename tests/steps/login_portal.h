// What the tests of the login step share: the step, and who knocks at it.
#pragma once

#include "login/login.h"
#include "steps/member.h"

namespace portal::testing_portal {

inline constexpr std::string_view kWrong = "Wrong0ne!";

class LoginTest : public MemberTest {
 protected:
  Response post(Browser& browser, const Form& form) { return browser.post(step_, "/login", form); }
  Response guess(Browser& browser) { return post(browser, credentials(kEmail, kWrong)); }
  static std::string member(int number) {
    return "member" + std::to_string(number) + "@test.example";
  }
  static std::string number(int index) { return "契" + std::to_string(1'000'000 + index) + "-0-0"; }
  // How many of so many guesses, each at another account, the password is compared for.
  int guesses_let_through(Browser& browser, int guesses, int first = 0) {
    int through = 0;
    for (int i = first; i < first + guesses; ++i) {
      const auto email = "user" + std::to_string(i) + "@example.jp";
      through += post(browser, credentials(email, kWrong)).status == 422 ? 1 : 0;
    }
    return through;
  }
  std::string session() { return browser_.cookies().at("session"); }

  LoginStep step_{site_};
};

}  // namespace portal::testing_portal
