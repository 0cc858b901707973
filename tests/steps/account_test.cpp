// The account step: what the own page shows, the phone, sessions, and leaving.
#include "steps/account_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(AccountTest, ShowsWhatThePortalKnows) {
  const Response response = get();
  EXPECT_EQ(response.status, 200);
  for (const std::string_view text :
       {std::string_view("髙﨑 太郎"), std::string_view("みなと整骨院"), kNumber,
        std::string_view("01201234567"), kEmail, std::string_view("各種申請"),
        std::string_view("—公開準備中—")}) {
    EXPECT_TRUE(shows(response, text));
  }
}

TEST_F(AccountTest, ShowsTimesOfJapan) {
  EXPECT_TRUE(shows(get(), "2027年1月14日 17時00分")) << "registered a day ago, at 08:00 UTC";
}

TEST_F(AccountTest, ShowsTheLoginBeforeThisOne) {
  EXPECT_TRUE(shows(get(), "今回が初めてのログインです"));
  now_ += kHour;
  elsewhere_.move_to("192.0.2.7");
  log_in(elsewhere_);
  now_ += kHour;
  log_in(browser_);
  const Response response = get();
  EXPECT_TRUE(shows(response, "2027年1月15日 18時00分（接続元 192.0.2.7）"));
  EXPECT_FALSE(shows(response, "今回が初めてのログインです"));
}

TEST_F(AccountTest, SaysWhereverNobodyKnowsWhereALoginCameFrom) {
  elsewhere_.move_to("");
  log_in(elsewhere_);
  log_in(browser_);
  const Response response = get();
  EXPECT_TRUE(shows(response, "接続元 不明")) << "of the login before, and in the list";
  EXPECT_FALSE(shows(response, "unknown"));
}

TEST_F(AccountTest, NobodyIsSentToTheLoginAndBack) {
  EXPECT_EQ(header(elsewhere_.get(step_, "/account"), "Location"), "/login?return=/account");
  for (const Form& form : {phone_form("0312345678"), email_form(kNewEmail), leave_form(kPassword),
                           password_form(kPassword, kNew, kNew)}) {
    const Response response = elsewhere_.post(step_, "/account", form);
    EXPECT_EQ(response.status, 303);
    EXPECT_EQ(header(response, "Location"), "/login?return=/account");
  }
  const auto account = account_of(kEmail);
  ASSERT_TRUE(account);
  EXPECT_EQ(account->phone, account_.phone);
  EXPECT_EQ(account->password_hash, account_.password_hash);
}

TEST_F(AccountTest, UnknownActionIs400) {
  EXPECT_EQ(post({}).status, 400);
  EXPECT_EQ(post(form_of({{"action", "phone2"}})).status, 400);
}

TEST_F(AccountTest, ChangesThePhone) {
  expect_done(post(phone_form("０３-1234-5678")), "phone");
  EXPECT_EQ(account_of(kEmail)->phone, "0312345678");
  EXPECT_EQ(events("phone_changed").size(), 1U);
  EXPECT_TRUE(shows(browser_.get(step_, "/account?done=phone"), "電話番号を変更しました"));
  expect_done(post(phone_form("（+81）90.1234.5678")), "phone");
  EXPECT_EQ(account_of(kEmail)->phone, "09012345678");
}

TEST_F(AccountTest, RefusesAPhoneThatIsNone) {
  const Response response = post(phone_form("12\"34"));
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "<a href=\"#phone\">電話番号は0から始まる"));
  EXPECT_TRUE(shows(response, "id=\"phone_error\""));
  EXPECT_TRUE(shows(response, "value=\"12&quot;34\"")) << "what was typed";
  EXPECT_EQ(account_of(kEmail)->phone, account_.phone);
  EXPECT_EQ(events("phone_changed").size(), 0U);
}

TEST_F(AccountTest, ListsTheOpenSessionsAndEndsOne) {
  elsewhere_.call_itself(
      "Other/2.0 <b> (Windows NT 10.0) Chrome/137.0.0.0 Safari/537.36 Edg/137.0.0.0");
  elsewhere_.move_to("192.0.2.7");
  log_in(elsewhere_);
  const Response page = get();
  for (const char* text :
       {"この端末", "ほかの端末", "Windows の Edge", "192.0.2.7", "不明なブラウザ", "127.0.0.1"}) {
    EXPECT_TRUE(shows(page, text));
  }
  EXPECT_FALSE(shows(page, "Other/2.0")) << "what a browser says of itself is not shown";
  const std::string other = token_hash(elsewhere_.cookies().at("session"));
  EXPECT_TRUE(shows(page, "name=\"session\" value=\"" + other + "\""));
  EXPECT_TRUE(shows(page,
                    "ほかの端末：Windows の Edge（2027年1月15日 17時00分にログイン、接続元 "
                    "192.0.2.7、最後の操作 2027年1月15日 17時00分）"));
  EXPECT_FALSE(shows(page, elsewhere_.cookies().at("session"))) << "never a token";
  expect_done(post(end_form(other)), "session");
  EXPECT_FALSE(is_signed_in(elsewhere_));
  EXPECT_TRUE(is_signed_in(browser_));
  EXPECT_FALSE(shows(get(), "Windows の Edge"));
  EXPECT_EQ(events("session_ended").size(), 1U);
  expect_done(post(end_form(other)), "session");
  EXPECT_EQ(events("session_ended").size(), 1U) << "it had ended";
}

TEST_F(AccountTest, EndingASessionAsksForThePasswordAndWhichOne) {
  log_in(elsewhere_);
  const std::string other = token_hash(elsewhere_.cookies().at("session"));
  for (const std::string_view wrong : {std::string_view(), kWrong}) {
    const Response response = post(end_form(other, wrong));
    EXPECT_EQ(response.status, 422);
    EXPECT_TRUE(shows(response, "<a href=\"#current_password_end_session\">"));
    EXPECT_TRUE(shows(response, "value=\"" + other + "\" checked>")) << "what was chosen";
  }
  const Response none = post(end_form(""));
  EXPECT_EQ(none.status, 422);
  EXPECT_TRUE(shows(none, "<a href=\"#session\">終了するログインを選択してください。</a>"));
  EXPECT_TRUE(is_signed_in(elsewhere_));
  EXPECT_EQ(events("session_ended").size(), 0U);
  EXPECT_EQ(events("password_refused").size(), 1U) << "an empty field is no try";
}

TEST_F(AccountTest, NewPhoneAsksForThePassword) {
  for (const std::string_view wrong : {std::string_view(), kWrong}) {
    const Response response = post(phone_form("0312345678", wrong));
    EXPECT_EQ(response.status, 422);
    EXPECT_TRUE(shows(response, "<a href=\"#current_password_phone\">"));
    EXPECT_TRUE(shows(response, "value=\"0312345678\"")) << "what was typed";
  }
  EXPECT_EQ(account_of(kEmail)->phone, account_.phone);
  EXPECT_EQ(events("phone_changed").size(), 0U);
}

TEST_F(AccountTest, EndingTheOwnSessionIsALogout) {
  const Response response = post(end_form(token_hash(browser_.cookies().at("session"))));
  EXPECT_EQ(header(response, "Location"), "/login");
  EXPECT_EQ(header(response, "Set-Cookie"), "session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_FALSE(is_signed_in(browser_));
}

TEST_F(AccountTest, EndsNobodyElsesSession) {
  make_account("other@example.jp", kOtherNumber);
  LoginStep login(site_);
  elsewhere_.post(login, "/login", credentials("other@example.jp"));
  post(end_form(token_hash(elsewhere_.cookies().at("session"))));
  EXPECT_TRUE(is_signed_in(elsewhere_));
  EXPECT_EQ(events("session_ended").size(), 0U);
}

TEST_F(AccountTest, LeavingFreesTheClinicAndTheAddress) {
  log_in(elsewhere_);
  const Response response = post(leave_form(kPassword));
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/");
  EXPECT_EQ(header(response, "Set-Cookie"), "session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
  EXPECT_FALSE(account_of(kEmail));
  EXPECT_FALSE(is_signed_in(browser_));
  EXPECT_FALSE(is_signed_in(elsewhere_));
  const auto mail = mails("account_left");
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].recipient, kEmail);
  EXPECT_EQ(events("left").size(), 1U);
  Browser again{site_};
  EXPECT_EQ(sign_up(again, judo_form()).number.text(), kNumber);
}

TEST_F(AccountTest, LeavingAsksForThePassword) {
  EXPECT_EQ(post(leave_form("")).status, 422);
  EXPECT_EQ(post(leave_form(kWrong)).status, 422);
  EXPECT_TRUE(account_of(kEmail));
  EXPECT_TRUE(mails("account_left").empty());
}

TEST_F(AccountTest, NodesShareTheSession) {
  const Site node = another_node();
  AccountStep there(node);
  EXPECT_EQ(browser_.get(there, "/account").status, 200);
  browser_.post(there, "/account", end_form(token_hash(browser_.cookies().at("session"))));
  EXPECT_FALSE(is_signed_in(browser_));
}

TEST_F(AccountTest, NoPageIsKeptByACache) {
  for (const Response& response :
       {get(), elsewhere_.get(step_, "/account"), post(phone_form("1")), post({}),
        browser_.get(step_, url(draw_token())), browser_.get(step_, url(send_link())),
        post(phone_form("0312345678")), post(leave_form(kPassword))}) {
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << response.status;
  }
}

TEST_F(AccountTest, DatabaseAwayIs503) {
  lose_database();
  EXPECT_EQ(get().status, 503);
  EXPECT_EQ(post(phone_form("0312345678")).status, 503);
}

}  // namespace
}  // namespace portal::testing_portal
