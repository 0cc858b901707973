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
  std::string session() { return browser_.cookies().at("session"); }

  LoginStep step_{site_};
};

}  // namespace portal::testing_portal
