// A new address of the account: the link to it, and all that can come between.
#include "steps/account_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(AccountTest, NewAddressGetsAMailAndNothingChangesYet) {
  expect_done(post(email_form(" New＠example\u200B．jp ")), "email");
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
  const Response same = post(email_form("KIKIN01@test.example"));
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
  expect_done(press(token), "email_changed");
  EXPECT_EQ(current_email(), kNewEmail);
  const auto mail = mails("email_changed");
  ASSERT_EQ(mail.size(), 1U);
  EXPECT_EQ(mail[0].recipient, kEmail) << "the notice goes to the old one";
  EXPECT_EQ(events("email_changed").size(), 1U);
  expect_done(press(token), "email_changed");
  expect_done(browser_.get(step_, url(token)), "email_changed");
  EXPECT_EQ(mails("email_changed").size(), 1U) << "a second press changes nothing";
  LoginStep login(site_);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials(kNewEmail)).status, 303);
  EXPECT_EQ(elsewhere_.post(login, "/login", credentials()).status, 422);
}

TEST_F(AccountTest, OpeningTheLinkShowsAButtonAndChangesNothing) {
  const std::string token = send_link();
  for (int i = 0; i < 2; ++i) {
    const Response response = browser_.get(step_, url(token));
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(shows(response, "<form method=\"post\" action=\"" + url(token) + "\">"));
    EXPECT_TRUE(shows(response, kNewEmail));
    EXPECT_TRUE(shows(response, kEmail));
    EXPECT_EQ(browser_.head(step_, url(token)).status, 200);
  }
  EXPECT_EQ(current_email(), kEmail);
  EXPECT_TRUE(mails("email_changed").empty());
  EXPECT_EQ(elsewhere_.post(step_, url(token), {}).status, 303) << "nobody presses it";
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
  Browser another{site_};
  EXPECT_EQ(header(another.get(step_, url("<b>")), "Location"), "/login?return=/account");
}

TEST_F(AccountTest, LinkIsGoodForAnHour) {
  const std::string token = send_link();
  for (int i = 0; i < 4; ++i) {
    now_ += 15 * kMinute;
    if (i < 3) get();
  }
  const Response response = press(token);
  EXPECT_EQ(response.status, 410);
  EXPECT_EQ(current_email(), kEmail);
}

TEST_F(AccountTest, LinkOfAnotherAccountOrNoneIs404) {
  const std::string token = send_link();
  make_account("other@example.jp", kOtherNumber);
  LoginStep login(site_);
  elsewhere_.post(login, "/login", credentials("other@example.jp"));
  EXPECT_EQ(elsewhere_.post(step_, url(token), {}).status, 404);
  EXPECT_EQ(current_email(), kEmail);
  EXPECT_TRUE(account_of("other@example.jp"));
  for (const std::string& none : {draw_token(), std::string(), "A" + token}) {
    EXPECT_EQ(press(none).status, 404) << none;
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
  EXPECT_EQ(press(token).status, 404);
  EXPECT_EQ(current_email(), kEmail);
}

TEST_F(AccountTest, AddressTakenMeanwhileStaysWithTheOther) {
  const std::string token = send_link("Other@example.jp");
  const Account other = make_account("other@example.jp", kOtherNumber);
  const Response response = press(token);
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
  press(second);
  EXPECT_EQ(press(first).status, 410);
  EXPECT_EQ(current_email(), "second@example.jp");
}

TEST_F(AccountTest, NewPasswordEndsTheLinks) {
  const std::string token = send_link();
  expect_done(post(password_form(kPassword, kNew, kNew)), "password");
  EXPECT_EQ(press(token).status, 410);
  EXPECT_EQ(current_email(), kEmail);
}

}  // namespace
}  // namespace portal::testing_portal
