// After the login the user is where he wanted to go, and never on another site.
#include "steps/login_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(LoginTest, LeadsBackToWhereTheUserWanted) {
  make_account();
  const Response form = browser_.get(step_, "/login?return=/account%3Ftoken%3Dabc");
  EXPECT_TRUE(shows(form, "action=\"/login?return=/account%3Ftoken%3Dabc\""));
  const Response response =
      browser_.post(step_, "/login?return=/account%3Ftoken%3Dabc", credentials());
  EXPECT_EQ(header(response, "Location"), "/account?token=abc");
  const Response refused =
      elsewhere_.post(step_, "/login?return=/news", credentials(kEmail, kWrong));
  EXPECT_TRUE(shows(refused, "action=\"/login?return=/news\"")) << "still known at the next try";
  const Response evil = elsewhere_.post(step_, "/login?return=//evil.example", credentials());
  EXPECT_EQ(header(evil, "Location"), "/account");
}

TEST(OwnPath, IsOursOrTheOwnPage) {
  struct Case {
    std::string_view path;
    bool ours;
  };
  for (const Case& row : {
           Case{"/account", true},
           Case{"/", true},
           Case{"/news/2024-06-03-portal-opened", true},
           Case{"/account?token=abc-_123", true},
           Case{"/register?institution=judo&judo_number=%30", true},
           Case{"", false},
           Case{"account", false},
           Case{"//evil.example", false},
           Case{"//evil", false},
           Case{"/account//evil", false},
           Case{"///evil.example", false},
           Case{"/\\evil.example", false},
           Case{"\\\\evil.example", false},
           Case{"/account//evil.example", false},
           Case{"https://evil.example/", false},
           Case{"https:evil.example", false},
           Case{"javascript:alert(1)", false},
           Case{"/%2fevil.example", false},
           Case{"/%5cevil.example", false},
           Case{"/..//evil.example", false},
           Case{"/./login", false},
           Case{"/\tevil.example", false},
           Case{"/account\r\nSet-Cookie: session=x", false},
           Case{"/account?x=\r\n", false},
           Case{"/account?x=\\", false},
           Case{" /account", false},
           Case{"/お知らせ", false},
           Case{"/login", false},
           Case{"/login?return=/login", false},
           Case{"/login/x", false},
           Case{"/logout", false},
       }) {
    EXPECT_EQ(own_path(row.path), row.ours ? row.path : "/account") << row.path;
  }
}

TEST(OwnPath, GoesThereAndBackThroughTheQuery) {
  const Response response = to_login("/account?token=a&b=c%20d");
  EXPECT_EQ(response.status, 303);
  const std::string location = header(response, "Location");
  const auto query = Form::decode(location.substr(location.find('?') + 1));
  ASSERT_TRUE(query);
  EXPECT_EQ(query->get("return"), "/account?token=a&b=c%20d");
  EXPECT_EQ(header(to_login("/account"), "Location"), "/login?return=/account");
}

}  // namespace
}  // namespace portal::testing_portal
