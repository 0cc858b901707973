// The account step: what the own page shows, and what each of its forms changes and refuses.
#include "account/account.h"

#include <thread>

#include "complete/complete.h"
#include "core/database/account_links.h"
#include "core/database/throttles.h"
#include "form/form.h"
#include "steps/member.h"

namespace portal::testing_portal {
namespace {

constexpr std::string_view kWrong = "Wrong0ne!";
constexpr std::string_view kNew = "Brand0New!";
constexpr std::string_view kNewEmail = "new@example.jp";
constexpr std::string_view kOtherNumber = "協0123456-7-8";

Form phone_form(std::string_view phone) {
  return form_of({{"action", "phone"}, {"phone", phone}});
}
Form email_form(std::string_view email, std::string_view password = kPassword) {
  return form_of({{"action", "email"}, {"email", email}, {"current_password", password}});
}
Form password_form(std::string_view current, std::string_view password,
                   std::string_view confirmation) {
  return form_of({{"action", "password"},
                  {"current_password", current},
                  {"password", password},
                  {"password_confirmation", confirmation}});
}
Form end_form(std::string_view session) {
  return form_of({{"action", "end_session"}, {"session", session}});
}
Form leave_form(std::string_view password) {
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

void expect_done(const Response& response, std::string_view done) {
  EXPECT_EQ(response.status, 303) << response.body;
  EXPECT_EQ(header(response, "Location"), "/account?done=" + std::string(done));
}

TEST_F(AccountTest, ShowsWhatThePortalKnows) {
  const Response response = get();
  EXPECT_EQ(response.status, 200);
  for (const std::string_view text :
       {std::string_view("髙﨑 太郎"), std::string_view("みなと整骨院"), kNumber,
        std::string_view("01234567890"), kEmail, std::string_view("各種申請"),
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

TEST_F(AccountTest, NewAddressGetsAMailAndNothingChangesYet) {
  expect_done(post(email_form(" New@example.jp ")), "email");
  const auto mail = mails("email_change");
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].recipient, "New@example.jp");
  EXPECT_EQ(mail[0].account_id, account_.id);
  EXPECT_EQ(current_email(), kEmail);
  EXPECT_EQ(events("email_change_asked").size(), 1U);
}

TEST_F(AccountTest, TakenAddressLooksTheSame) {
  make_account("other@example.jp", kOtherNumber);
  const Response taken = post(email_form("other@example.jp"));
  const Response free = post(email_form(kNewEmail));
  EXPECT_EQ(taken.headers, free.headers);
  EXPECT_EQ(taken.status, free.status);
  EXPECT_EQ(mails("email_change").size(), 2U);
}

TEST_F(AccountTest, RefusesAnAddressThatIsNoneOrTheSame) {
  const Response none = post(email_form("new"));
  EXPECT_EQ(none.status, 422);
  EXPECT_TRUE(shows(none, "id=\"email_error\""));
  const Response same = post(email_form("KIKIN01@test.kikin.com"));
  EXPECT_EQ(same.status, 422);
  EXPECT_TRUE(shows(same, "現在と同じメールアドレスです"));
  EXPECT_TRUE(mails("email_change").empty());
}

TEST_F(AccountTest, MailsToStrangersAreFew) {
  int queued = 0;
  for (int i = 0; i < 30; ++i) {
    const int status = post(email_form("user" + std::to_string(i) + "@example.jp")).status;
    EXPECT_TRUE(status == 303 || status == 429) << status;
    queued += status == 303 ? 1 : 0;
    now_ += kMinute;
  }
  EXPECT_LE(queued, 20);
  EXPECT_EQ(static_cast<int>(mails("email_change").size()), queued);
}

TEST_F(AccountTest, LinkToTheNewAddressChangesIt) {
  const std::string token = send_link();
  const Response response = browser_.get(step_, url(token));
  expect_done(response, "email_changed");
  EXPECT_EQ(current_email(), kNewEmail);
  const auto mail = mails("email_changed");
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].recipient, kEmail) << "the notice goes to the old one";
  EXPECT_EQ(events("email_changed").size(), 1U);
  expect_done(browser_.get(step_, url(token)), "email_changed");
  EXPECT_EQ(mails("email_changed").size(), 1U) << "a second click changes nothing";
  LoginStep login(site_);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials(kNewEmail)).status, 303);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials()).status, 422);
}

TEST_F(AccountTest, HeadFollowsNoLink) {
  const std::string token = send_link();
  EXPECT_EQ(browser_.head(step_, url(token)).status, 200);
  EXPECT_EQ(current_email(), kEmail);
}

TEST_F(AccountTest, LinkOpenedByNobodyLeadsThroughTheLogin) {
  const std::string token = send_link();
  const Response response = elsewhere_.get(step_, url(token));
  EXPECT_EQ(header(response, "Location"), "/login?return=/account%3Ftoken%3D" + token);
  EXPECT_EQ(current_email(), kEmail);
  LoginStep login(site_);
  const Response back = elsewhere_.post(login, header(response, "Location"), credentials());
  EXPECT_EQ(header(back, "Location"), url(token));
  Browser another;
  EXPECT_EQ(header(another.get(step_, url("<b>")), "Location"), "/login?return=/account");
}

TEST_F(AccountTest, LinkIsGoodForAnHour) {
  const std::string token = send_link();
  for (int i = 0; i < 4; ++i) {
    now_ += 15 * kMinute;
    if (i < 3) get();
  }
  const Response response = browser_.get(step_, url(token));
  EXPECT_EQ(response.status, 410);
  EXPECT_EQ(current_email(), kEmail);
}

TEST_F(AccountTest, LinkOfAnotherAccountOrNoneIs404) {
  const std::string token = send_link();
  make_account("other@example.jp", kOtherNumber);
  LoginStep login(site_);
  elsewhere_.post(login, "/login", credentials("other@example.jp"));
  EXPECT_EQ(elsewhere_.get(step_, url(token)).status, 404);
  EXPECT_EQ(current_email(), kEmail);
  EXPECT_TRUE(account_of("other@example.jp"));
  for (const std::string& none : {draw_token(), std::string(), token + "A"}) {
    EXPECT_EQ(browser_.get(step_, url(none)).status, 404) << none;
  }
}

TEST_F(AccountTest, ResetLinkChangesNoAddress) {
  const std::string token = draw_token();
  on_database([&](Connection& connection) {
    AccountLink link;
    link.token_hash = token_hash(token);
    link.account_id = account_.id;
    link.purpose = kResetPurpose;
    link.sent_at = now_;
    AccountLinks(connection).add(link);
    return Done{};
  });
  EXPECT_EQ(browser_.get(step_, url(token)).status, 404);
  EXPECT_EQ(current_email(), kEmail);
}

TEST_F(AccountTest, AddressTakenMeanwhileStaysWithTheOther) {
  const std::string token = send_link("Other@example.jp");
  const Account other = make_account("other@example.jp", kOtherNumber);
  const Response response = browser_.get(step_, url(token));
  EXPECT_EQ(response.status, 409);
  EXPECT_TRUE(shows(response, "別のアカウントに登録されました"));
  EXPECT_EQ(current_email(), kEmail);
  EXPECT_EQ(account_of("other@example.jp")->id, other.id);
  EXPECT_TRUE(mails("email_changed").empty());
}

// Whoever reads the mails of the old address must not take the account back.
TEST_F(AccountTest, NewAddressEndsTheOtherLinks) {
  const std::string first = send_link("first@example.jp");
  const std::string second = send_link("second@example.jp");
  browser_.get(step_, url(second));
  EXPECT_EQ(browser_.get(step_, url(first)).status, 410);
  EXPECT_EQ(current_email(), "second@example.jp");
}

TEST_F(AccountTest, NewPasswordEndsTheLinks) {
  const std::string token = send_link();
  expect_done(post(password_form(kPassword, kNew, kNew)), "password");
  EXPECT_EQ(browser_.get(step_, url(token)).status, 410);
  EXPECT_EQ(current_email(), kEmail);
}

TEST_F(AccountTest, NewPasswordEndsTheOtherSessions) {
  log_in(elsewhere_);
  expect_done(post(password_form(kPassword, kNew, kNew)), "password");
  EXPECT_TRUE(is_signed_in(browser_));
  EXPECT_FALSE(is_signed_in(elsewhere_));
  const auto mail = mails("password_changed");
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].recipient, kEmail);
  EXPECT_EQ(events("password_changed").size(), 1U);
  LoginStep login(site_);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials()).status, 422);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials(kEmail, kNew)).status, 303);
}

TEST_F(AccountTest, TwoNewPasswordsAtOnceAreOne) {
  log_in(elsewhere_);
  // So costly a hash that both have given the old password before one of them changes it.
  ASSERT_TRUE(site_.settings.set("password.memory_kib", "32768"));
  AccountStep slow(site_);
  Response one;
  Response two;
  {
    const auto change = [&](Browser& browser, std::string_view password) {
      return browser.post(slow, "/account", password_form(kPassword, password, password));
    };
    const std::jthread a([&] { one = change(browser_, "First0ne!"); });
    const std::jthread b([&] { two = change(elsewhere_, "Second0ne!"); });
  }
  EXPECT_NE(header(one, "Location"), header(two, "Location"));
  EXPECT_EQ(mails("password_changed").size(), 1U);
}

TEST_F(AccountTest, NewPasswordObeysTheRules) {
  const Response response = post(password_form("", "short", "other"));
  EXPECT_EQ(response.status, 422);
  for (const char* text :
       {"8文字以上で", "英大文字", "一致しません", "現在のパスワードを入力してください",
        "id=\"current_password_password_error\"", "id=\"password_error\""}) {
    EXPECT_TRUE(shows(response, text));
  }
  EXPECT_EQ(account_of(kEmail)->password_hash, account_.password_hash);
  EXPECT_EQ(events("password_refused").size(), 0U) << "no try";
}

TEST_F(AccountTest, WrongPresentPasswordChangesNothing) {
  struct Case {
    Form form;
    std::string_view field;
  };
  for (const Case& row : {
           Case{email_form(kNewEmail, kWrong), "current_password_email"},
           Case{password_form(kWrong, kNew, kNew), "current_password_password"},
           Case{leave_form(kWrong), "current_password_leave"},
       }) {
    const Response response = post(row.form);
    EXPECT_EQ(response.status, 422);
    const std::string id(row.field);
    EXPECT_TRUE(shows(response, "<a href=\"#" + id + "\">現在のパスワードが違います"));
    EXPECT_TRUE(shows(response, "id=\"" + id + "_error\""));
    EXPECT_FALSE(shows(response, kWrong)) << "no password is shown again";
  }
  EXPECT_EQ(events("password_refused").size(), 3U);
  EXPECT_EQ(account_of(kEmail)->password_hash, account_.password_hash);
  EXPECT_TRUE(mails("email_change").empty());
  EXPECT_TRUE(mails("password_changed").empty());
}

// A stolen session is no way around the limits of the login.
TEST_F(AccountTest, TriesOfThePasswordAreSlowedDown) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(post(leave_form(kWrong)).status, 422);
  const Response response = post(leave_form(kPassword));
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header(response, "Retry-After"), "1");
  LoginStep login(site_);
  EXPECT_EQ(browser_.post(login, "/login", credentials()).status, 429) << "one count for both";
  EXPECT_TRUE(account_of(kEmail));
  now_ += 1;
  expect_done(post(email_form(kNewEmail)), "email");
}

TEST_F(AccountTest, RightPasswordForgetsTheTries) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 3; ++i) EXPECT_EQ(post(leave_form(kWrong)).status, 422) << round;
    expect_done(post(email_form(kNewEmail)), "email");
  }
}

TEST_F(AccountTest, ListsTheOpenSessionsAndEndsOne) {
  elsewhere_.call_itself("Other/2.0 <b>");
  elsewhere_.move_to("192.0.2.7");
  log_in(elsewhere_);
  const Response page = get();
  for (const char* text :
       {"この端末", "ほかの端末", "Other/2.0 &lt;b&gt;", "192.0.2.7", "Browser/1.0", "127.0.0.1"}) {
    EXPECT_TRUE(shows(page, text));
  }
  const std::string other = token_hash(elsewhere_.cookies().at("session"));
  EXPECT_TRUE(shows(page, "name=\"session\" value=\"" + other + "\""));
  EXPECT_FALSE(shows(page, elsewhere_.cookies().at("session"))) << "never a token";
  expect_done(post(end_form(other)), "session");
  EXPECT_FALSE(is_signed_in(elsewhere_));
  EXPECT_TRUE(is_signed_in(browser_));
  EXPECT_FALSE(shows(get(), "Other/2.0"));
  EXPECT_EQ(events("session_ended").size(), 1U);
  expect_done(post(end_form(other)), "session");
  EXPECT_EQ(events("session_ended").size(), 1U) << "it had ended";
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
  Browser again;
  EXPECT_EQ(sign_up(again, judo_form()).number, kNumber);
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
