// Who is first: two registrations of one clinic or address, two clicks, a click and a change.
#include <thread>

#include "steps/activate_portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(ActivateTest, CancelledMeanwhileThereIsNoAccount) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  EXPECT_EQ(click_while(browser_, token, [&] { cancel(registration); }).status, 410);
  EXPECT_FALSE(has_account("kikin01@test.example"));
  const auto rows = on_database([](Connection& connection) {
    return Audit(connection).list({.account_id = "", .event = "activated", .since = 0});
  });
  EXPECT_TRUE(rows.empty());
}

// Its link went to the mistyped address, whose owner clicks at the moment of the correction.
TEST_F(ActivateTest, WhatIsCorrectedMeanwhileIsNotActivatedWithTheEarlierAddress) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  const Response response = click_while(browser_, token, [&] {
    on_database([&](Connection& connection) {
      EXPECT_TRUE(Registrations(connection)
                      .correct_email(registration.id, registration.email, "right@test.example",
                                     "right@test.example"));
      ActivationLinks(connection).end_all(registration.id);
      return Done{};
    });
  });
  EXPECT_EQ(response.status, 410);
  EXPECT_EQ(count("account"), 0);
  const std::string right = send_link(registration);
  EXPECT_TRUE(shows(browser_.get(step_, url(right)), kDone));
  EXPECT_TRUE(has_account("right@test.example"));
}

TEST_F(ActivateTest, WhoIsSecondByAMomentIsToldSo) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  Form other = judo_form();
  other.set("email", "other@example.jp");
  const std::string faster = send_link(sign_up(elsewhere_, other));
  const Response response = click_while(
      browser_, token, [&] { EXPECT_TRUE(shows(elsewhere_.get(step_, url(faster)), kDone)); });
  EXPECT_EQ(response.status, 410);
  EXPECT_TRUE(shows(response, "登録が先に完了したとき"));
  EXPECT_EQ(browser_.cookies().count("device"), 0U) << "it is known to no account";
  EXPECT_FALSE(has_account("kikin01@test.example"));
  EXPECT_EQ(count("account"), 1);
}

TEST_F(ActivateTest, ASecondClickByAMomentIsDone) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  Browser twin = browser_;
  const Response response =
      click_while(browser_, token, [&] { EXPECT_TRUE(shows(twin.get(step_, url(token)), kDone)); });
  EXPECT_TRUE(shows(response, kDone));
  EXPECT_EQ(count("account"), 1);
}

TEST_F(ActivateTest, WhatIsPurgedAtThatMomentIsOver) {
  const auto registration = sign_up(browser_, judo_form());
  const std::string token = send_link(registration);
  Form other = judo_form();
  other.set("email", "other@example.jp");
  const std::string faster = send_link(sign_up(elsewhere_, other));
  const Response response = click_while(browser_, token, [&] {
    elsewhere_.get(step_, url(faster));
    on_database([&](Connection& connection) {
      return connection.execute("DELETE FROM registration WHERE id = $1", {registration.id});
    });
  });
  EXPECT_EQ(response.status, 410);
}

TEST_F(ActivateTest, FirstToActivateHasTheClinic) {
  const std::string first = send_link(sign_up(browser_, judo_form()));
  Form other = judo_form();
  other.set("email", "other@example.jp");
  const std::string second = send_link(sign_up(elsewhere_, other));
  EXPECT_TRUE(shows(browser_.get(step_, url(first)), kDone));
  expect_over(elsewhere_, second);
  expect_over(browser_, second);
  Browser third{site_};
  expect_over(third, second);
  EXPECT_FALSE(has_account("other@example.jp"));
  EXPECT_EQ(count("account"), 1);
  EXPECT_TRUE(shows(browser_.get(step_, url(first)), kDone)) << "and the first one keeps it";
}

TEST_F(ActivateTest, FirstToActivateHasTheAddress) {
  const std::string first = send_link(sign_up(browser_, judo_form()));
  Form other = ahaki_form();
  other.set("email", "kikin01@TEST.example");
  const std::string second = send_link(sign_up(elsewhere_, other));
  EXPECT_TRUE(shows(elsewhere_.get(step_, url(second)), kDone));
  expect_over(browser_, first);
  Browser third{site_};
  expect_over(third, first);
  EXPECT_EQ(count("account"), 1);
}

TEST_F(ActivateTest, TwoAtOnceMakeOneAccount) {
  const std::string first = send_link(sign_up(browser_, judo_form()));
  Form other = judo_form();
  other.set("email", "other@example.jp");
  const std::string second = send_link(sign_up(elsewhere_, other));
  Response one;
  Response two;
  {
    const std::jthread a([&] { one = browser_.get(step_, url(first)); });
    const std::jthread b([&] { two = elsewhere_.get(step_, url(second)); });
  }
  EXPECT_EQ(one.status + two.status, 200 + 410);
  EXPECT_NE(has_account("kikin01@test.example"), has_account("other@example.jp"));
}

TEST_F(ActivateTest, DoubleClickIsDoneTwice) {
  const std::string token = send_link(sign_up(browser_, judo_form()));
  std::vector<std::jthread> clicks;
  for (int i = 0; i < 8; ++i) {
    clicks.emplace_back([&, browser = browser_]() mutable {
      EXPECT_TRUE(shows(browser.get(step_, url(token)), kDone));
    });
  }
}

}  // namespace
}  // namespace portal::testing_portal
