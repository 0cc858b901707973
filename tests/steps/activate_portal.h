// What the tests of the activate step share: links, and browsers that follow them.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "activate/activate.h"
#include "steps/portal.h"

namespace portal::testing_portal {

inline constexpr std::string_view kDone = "ユーザー登録が完了いたしました";
inline constexpr std::string_view kResend = "action=\"/register/resend\"";

class ActivateTest : public PortalTest {
 protected:
  static std::string url(const std::string& token) { return "/activate?token=" + token; }
  static Form with(std::string_view password) {
    Form form;
    form.set("password", password);
    return form;
  }
  void cancel(const Registration& registration) {
    EXPECT_TRUE(on_database([&](Connection& connection) {
      return Registrations(connection).cancel(registration.id, registration.email, now_);
    }));
  }
  // The link leads nowhere any more, with the password or without it, and another mail cannot help.
  void expect_over(Browser& browser, const std::string& token) {
    for (const Response& response :
         {browser.get(step_, url(token)), browser.post(step_, url(token), with(kPassword))}) {
      EXPECT_EQ(response.status, 410);
      EXPECT_TRUE(shows(response, "同じ施術所またはメールアドレスの登録が先に完了したとき"));
      EXPECT_TRUE(shows(response, "<a class=\"button\" href=\"/register\">新規ユーザー登録</a>"));
      EXPECT_FALSE(shows(response, kResend));
      EXPECT_FALSE(shows(response, "再送されます"));
    }
  }
  // A click, and `work` after the step has read the accounts, when it asks for the time.
  Response click_while(Browser& browser, const std::string& token,
                       const std::function<void()>& work) {
    Site node = another_node();
    bool done = false;
    node.clock = [&] {
      if (!std::exchange(done, true)) work();
      return now_;
    };
    ActivateStep step(node);
    Response response = browser.get(step, url(token));
    EXPECT_TRUE(done);
    return response;
  }
  bool has_account(std::string_view email_key) {
    return on_database([&](Connection& connection) {
      return Accounts(connection).find_by_email(email_key).has_value();
    });
  }
  ActivateStep step_{site_};
  Browser browser_{site_};
  Browser elsewhere_{site_};
};

}  // namespace portal::testing_portal
