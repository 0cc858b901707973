// The mailstop step: what 「心当たりがない」 in a mail does, and what it leaves alone.
#include "mailstop/mailstop.h"

#include "core/registration/policy.h"
#include "steps/member.h"
#include "support/under_way.h"

namespace portal::testing_portal {
namespace {

const std::string kKey = "kikin01@test.example";
constexpr std::string_view kButton = "心当たりがないので、取り消してメールを止める";
constexpr std::string_view kStopped = "メールを停止しました";
constexpr std::string_view kUntil = "2027年2月14日";  // 30 days from now_, in Japan

class MailStopTest : public MemberTest {
 protected:
  static std::string url(const std::string& token) { return "/mail/stop?token=" + token; }

  // A mail to the applicant was sent: the token of its stop link.
  std::string send_stop_link(std::string_view registration_id) {
    const std::string token = draw_token();
    on_database([&](Connection& connection) {
      StopLink link;
      link.token_hash = token_hash(token);
      link.outbox_id = draw_id();
      link.email_key = kKey;
      link.registration_id = registration_id;
      link.sent_at = now_;
      MailAddresses(connection).add_link(link);
      return Done{};
    });
    return token;
  }
  Response press(const std::string& token, std::string_view action = "stop") {
    return elsewhere_.post(step_, url(token), form_of({{"action", action}}));
  }
  EpochSeconds stopped_until() {
    return on_database(
        [](Connection& connection) { return MailAddresses(connection).stopped_until(kKey); });
  }
  Registration as_it_is(const Registration& registration) {
    return *on_database(
        [&](Connection& connection) { return Registrations(connection).find(registration.id); });
  }

  MailStopStep step_{site_};
};

TEST_F(MailStopTest, ShowsWhatItIsAboutAndChangesNothing) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  for (int i = 0; i < 2; ++i) {
    const Response response = elsewhere_.get(step_, url(token));
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(shows(response, "k***@test.example"));
    EXPECT_FALSE(shows(response, "kikin01@")) << "masked: a mail may be passed on";
    EXPECT_TRUE(shows(response, "みなと整骨院"));
    EXPECT_TRUE(shows(response, kButton));
    EXPECT_TRUE(shows(response, "action=\"/mail/stop?token=" + token + "\""));
    EXPECT_EQ(elsewhere_.head(step_, url(token)).status, 200);
  }
  EXPECT_FALSE(as_it_is(registration).cancelled());
  EXPECT_EQ(stopped_until(), 0);
  EXPECT_TRUE(events("mail_stopped").empty());
}

TEST_F(MailStopTest, CancelsTheRegistrationAndStopsMailForThirtyDays) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  const Response response = press(token);
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, kStopped));
  EXPECT_TRUE(shows(response, kUntil));
  EXPECT_TRUE(shows(response, "お申し込みを取り消しました"));
  EXPECT_TRUE(shows(response, "メールの停止を解除する"));
  EXPECT_TRUE(as_it_is(registration).cancelled());
  EXPECT_EQ(password_hash_of(registration.id), "");
  EXPECT_EQ(stopped_until(), now_ + kMailStop);
  const auto rows = events("mail_stopped");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].account_id, registration.id);
}

TEST_F(MailStopTest, PressedAgainOrReloadedItIsTheSameScreen) {
  const std::string token = send_stop_link(sign_up(browser_, judo_form()).id);
  press(token);
  const EpochSeconds until = stopped_until();
  now_ += 3 * kDay;
  for (const Response& response : {press(token), elsewhere_.get(step_, url(token))}) {
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(shows(response, kStopped));
    EXPECT_TRUE(shows(response, kUntil));
  }
  EXPECT_EQ(stopped_until(), until);
  EXPECT_EQ(events("mail_stopped").size(), 1U);
}

TEST_F(MailStopTest, AnotherRegistrationOfTheAddressIsCancelledByItsOwnLink) {
  const auto first = sign_up(browser_, judo_form());
  const std::string first_link = send_stop_link(first.id);
  Browser third{site_};
  Form other = ahaki_form();
  other.set("email", "kikin01@test.example");
  const auto second = sign_up(third, other);
  const std::string second_link = send_stop_link(second.id);
  press(first_link);
  EXPECT_FALSE(as_it_is(second).cancelled());
  EXPECT_TRUE(shows(elsewhere_.get(step_, url(second_link)), kButton));
  EXPECT_TRUE(shows(press(second_link), kStopped));
  EXPECT_TRUE(as_it_is(second).cancelled());
}

TEST_F(MailStopTest, AnActivatedRegistrationStaysAndSaysWhomToCall) {
  const auto registration = sign_up(browser_, judo_form());
  make_account();
  on_database([&](Connection& connection) {
    return Registrations(connection).mark_activated(registration.id, registration.email, now_);
  });
  const std::string token = send_stop_link(registration.id);
  const Response asked = elsewhere_.get(step_, url(token));
  EXPECT_TRUE(shows(asked, "登録がすでに完了しているため"));
  EXPECT_FALSE(shows(asked, kButton));
  const Response done = press(token);
  EXPECT_TRUE(shows(done, kStopped));
  EXPECT_TRUE(shows(done, "お問い合わせ先"));
  EXPECT_FALSE(shows(done, "お申し込みを取り消しました"));
  EXPECT_TRUE(as_it_is(registration).activated());
  EXPECT_TRUE(account_of(kEmail));
  EXPECT_EQ(stopped_until(), now_ + kMailStop);
  const Response resumed = press(token, "resume");
  EXPECT_TRUE(shows(resumed, "href=\"/login\">ログイン</a></div>"));
  EXPECT_FALSE(shows(resumed, "もう一度、新規ユーザー登録から"));
}

// The notice `registered`: somebody applied with the address of an account.
TEST_F(MailStopTest, AnAccountOfTheAddressIsNotTouched) {
  const Account account = make_account(kEmail, "01234567-8-9");
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  EXPECT_TRUE(shows(elsewhere_.get(step_, url(token)), kButton));
  EXPECT_TRUE(shows(press(token), kStopped));
  EXPECT_TRUE(as_it_is(registration).cancelled());
  EXPECT_EQ(account_of(kEmail)->id, account.id);
  EXPECT_TRUE(account_of(kEmail)->active());
}

// The mail had gone to a stranger's address by a mistake in typing.
TEST_F(MailStopTest, ARegistrationWhoseAddressWasCorrectedStays) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  on_database([&](Connection& connection) {
    return Registrations(connection)
        .correct_email(registration.id, registration.email, "kikin10@test.example",
                       "kikin10@test.example");
  });
  const Response before = elsewhere_.get(step_, url(token));
  EXPECT_TRUE(shows(before, "別のメールアドレスに直されました"));
  EXPECT_FALSE(shows(before, kButton));
  EXPECT_FALSE(shows(before, "みなと整骨院")) << "it is not this address's any more";
  const Response response = press(token);
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, kStopped));
  EXPECT_FALSE(shows(response, "取り消しました"));
  EXPECT_FALSE(as_it_is(registration).cancelled());
  EXPECT_NE(password_hash_of(registration.id), "");
  EXPECT_EQ(stopped_until(), now_ + kMailStop) << "of the earlier address";
}

// taro+1@ and taro+2@ are one mailbox, whose owner presses in the moment of the correction.
TEST_F(MailStopTest, ACorrectionWithinTheMailboxDoesNotKeepItFromBeingCancelled) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  UnderWay correction(*site_.database, [&](Connection& connection) {
    const std::string tagged = "kikin01+1@test.example";
    EXPECT_TRUE(Registrations(connection)
                    .correct_email(registration.id, registration.email, tagged, tagged));
  });
  correction.wait_until_done();
  Response response;
  std::jthread press_stop([&] { response = press(token); });
  if (OwnDatabase::on_postgresql()) wait_until_waits(*site_.database, "UPDATE registration");
  correction.commit();
  press_stop.join();
  EXPECT_TRUE(shows(response, "お申し込みを取り消しました"));
  EXPECT_TRUE(as_it_is(registration).cancelled());
}

TEST_F(MailStopTest, ARegistrationThatIsGoneLeavesTheStop) {
  const std::string token = send_stop_link("gone");
  EXPECT_EQ(elsewhere_.get(step_, url(token)).status, 200);
  const Response response = press(token);
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, kStopped));
  EXPECT_FALSE(shows(response, "お申し込みを取り消しました"));
  EXPECT_EQ(stopped_until(), now_ + kMailStop);
}

TEST_F(MailStopTest, WhoPressedByMistakeEndsTheStopAndStartsAnew) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  press(token);
  for (int i = 0; i < 2; ++i) {
    const Response response = press(token, "resume");
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(shows(response, "メールの停止を解除しました"));
    EXPECT_TRUE(shows(response, "href=\"/register\""));
  }
  EXPECT_EQ(stopped_until(), 0);
  EXPECT_TRUE(as_it_is(registration).cancelled()) << "it stays";
  EXPECT_EQ(events("mail_allowed").size(), 1U);
  const Response again = elsewhere_.get(step_, url(token));
  EXPECT_TRUE(shows(again, "すでに取り消されています"));
  EXPECT_TRUE(shows(press(token), kStopped)) << "and it can be stopped again";
}

TEST_F(MailStopTest, AStopThatIsOverCanBeMadeAgain) {
  const std::string token = send_stop_link(sign_up(browser_, judo_form()).id);
  press(token);
  on_database([&](Connection& connection) {
    MailAddresses(connection).stop(kKey, now_, now_ + kDay);
    return Done{};
  });
  now_ += kDay;
  EXPECT_FALSE(shows(elsewhere_.get(step_, url(token)), kStopped));
  press(token);
  EXPECT_EQ(stopped_until(), now_ + kMailStop);
}

TEST_F(MailStopTest, UnknownOrMangledIs404) {
  const std::string token = send_stop_link(sign_up(browser_, judo_form()).id);
  for (const std::string& other :
       {draw_token(), std::string(), std::string("x"), "A" + token, token.substr(1)}) {
    const Response response = elsewhere_.get(step_, url(other));
    EXPECT_EQ(response.status, 404) << other;
    EXPECT_TRUE(shows(response, "リンクを確認できませんでした"));
    EXPECT_EQ(press(other).status, 404) << other;
    EXPECT_EQ(press(other, "resume").status, 404) << other;
  }
  EXPECT_EQ(elsewhere_.get(step_, "/mail/stop").status, 404);
  EXPECT_EQ(stopped_until(), 0);
}

TEST_F(MailStopTest, After30DaysItIs410) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  now_ += kMailStop - 1;
  EXPECT_EQ(elsewhere_.get(step_, url(token)).status, 200);
  now_ += 1;
  const Response response = elsewhere_.get(step_, url(token));
  EXPECT_EQ(response.status, 410);
  EXPECT_TRUE(shows(response, "リンクの有効期限が切れています"));
  EXPECT_EQ(press(token).status, 410);
  EXPECT_EQ(press(token, "resume").status, 410);
  EXPECT_FALSE(as_it_is(registration).cancelled());
  EXPECT_EQ(stopped_until(), 0);
}

TEST_F(MailStopTest, AnyOtherActionIs400) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_stop_link(registration.id);
  EXPECT_EQ(press(token, "").status, 400);
  EXPECT_EQ(press(token, "leave").status, 400);
  EXPECT_FALSE(as_it_is(registration).cancelled());
}

TEST_F(MailStopTest, DatabaseAwayIs503) {
  const std::string token = send_stop_link(sign_up(browser_, judo_form()).id);
  lose_database();
  EXPECT_EQ(elsewhere_.get(step_, url(token)).status, 503);
  EXPECT_EQ(press(token).status, 503);
}

}  // namespace
}  // namespace portal::testing_portal
