// The waiting step: an address is kept until the roster has the clinic.
#include "waiting/waiting.h"

#include "core/journal/timeline.h"
#include "form/form.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

constexpr std::string_view kNumber = "契4412345-0-0";  // not in the roster
constexpr std::string_view kKey = "kikin01@test.example";

class WaitingTest : public PortalTest {
 protected:
  static Form asked(std::string_view digits = "4412345") {
    Form form;
    form.set("institution", "judo");
    form.set("judo_agreement", "契");
    form.set("judo_number", digits);
    form.set("judo_suffix1", "0");
    form.set("judo_suffix2", "0");
    form.set("email", "Kikin01@test.example");
    return form;
  }
  Response ask(const Form& form) { return browser_.post(step_, "/register/waiting", form); }
  std::vector<WaitingEntry> entries() {
    return on_database(
        [](Connection& connection) { return Waiting(connection).of(kKey, std::nullopt, 99); });
  }
  void list_clinic() {
    on_database([](Connection& connection) {
      return Roster(connection).put(a_clinic(kNumber, "新しい整骨院"));
    });
  }

  WaitingStep step_{site_};
  Browser browser_{site_};
};

TEST_F(WaitingTest, TheFormOffersItWhenTheNumberIsNotInTheRoster) {
  FormStep form(site_);
  Form entered = judo_form();
  entered.set("judo_number", "４４１２３４５");
  const Response response = browser_.post(form, "/register", entered);
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "掲載されたらメールで知らせる"));
  EXPECT_TRUE(shows(response, "<form id=\"waiting\""));
  EXPECT_FALSE(shows(browser_.post(form, "/register", Form()), "id=\"waiting\""));
}

TEST_F(WaitingTest, KeepsTheAddressAndSaysWhatHappensNext) {
  const Response response = ask(asked("４４１２３４５"));
  ASSERT_EQ(response.status, 303);
  const std::string location = header(response, "Location");
  ASSERT_TRUE(location.starts_with("/register/waiting?token="));
  const Response screen = browser_.get(step_, location);
  EXPECT_EQ(screen.status, 200);
  EXPECT_TRUE(shows(screen, "Kikin01@test.example"));
  EXPECT_TRUE(shows(screen, kNumber));
  EXPECT_TRUE(shows(screen, "まだ完了していません"));
  const auto kept = entries();
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].number.text(), kNumber);
  EXPECT_EQ(kept[0].created_at, now_);
  EXPECT_EQ(kept[0].notified_at, 0);
}

TEST_F(WaitingTest, ReadsTheFieldsAsTheFormDoes) {
  ASSERT_EQ(
      ask(with(asked("〔４４１．２３４５〕"), {{"email", "\uFEFFKikin01＠test.example"}})).status,
      303);
  ASSERT_EQ(entries().size(), 1U);
  EXPECT_EQ(entries()[0].email, "Kikin01@test.example");
}

TEST_F(WaitingTest, TwiceIsOnceAndTheNewLinkCounts) {
  const std::string first = header(ask(asked()), "Location");
  const std::string second = header(ask(asked()), "Location");
  EXPECT_EQ(entries().size(), 1U);
  EXPECT_TRUE(shows(browser_.get(step_, second), kNumber));
  EXPECT_FALSE(shows(browser_.get(step_, first), kNumber));
}

TEST_F(WaitingTest, CanBeTakenBack) {
  const std::string location = header(ask(asked()), "Location");
  Form form;
  form.set("action", "withdraw");
  EXPECT_EQ(Browser(site_).head(step_, location).status, 200);
  EXPECT_EQ(entries().size(), 1U) << "HEAD changes nothing";
  for (int i = 0; i < 2; ++i) {
    const Response response = Browser(site_).post(step_, location, form);
    EXPECT_EQ(response.status, 200);
    EXPECT_TRUE(shows(response, "削除しました"));
  }
  EXPECT_EQ(entries().size(), 0U);
  EXPECT_TRUE(shows(browser_.get(step_, location), "お知らせの予定はありません"));
}

// One line for each change, so that a second click tells the call centre nothing new.
TEST_F(WaitingTest, TheCallCentreCanTellWhatCameOfIt) {
  const std::string location = header(ask(asked()), "Location");
  now_ += kMinute;
  for (int i = 0; i < 2; ++i) {
    browser_.post(step_, location, with(Form(), {{"action", "withdraw"}}));
  }
  for (const auto& owner : {event_owner(kKey, "", ""), event_owner("", kNumber, "")}) {
    const auto rows =
        on_database([&](Connection& connection) { return Events(connection).of(owner, 9); });
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].name, "waiting_withdrawn");
    EXPECT_EQ(rows[0].at, now_);
    EXPECT_EQ(rows[1].name, "waiting_asked");
    EXPECT_EQ(rows[1].at, now_ - kMinute);
  }
}

TEST_F(WaitingTest, WrongAddressKeepsTheNumber) {
  Form form = asked();
  form.set("email", "kikin01@");
  const Response response = ask(form);
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "value=\"kikin01@\""));
  EXPECT_TRUE(shows(response, "name=\"judo_number\" value=\"4412345\""));
  EXPECT_EQ(entries().size(), 0U);
}

TEST_F(WaitingTest, AClinicThatIsThereMeanwhileCanRegisterAtOnce) {
  list_clinic();
  const Response response = ask(asked());
  EXPECT_EQ(response.status, 303);
  EXPECT_TRUE(header(response, "Location").starts_with("/register?institution=judo&"));
  EXPECT_EQ(entries().size(), 0U);
}

TEST_F(WaitingTest, ANetworkMayAskOnlySoOften) {
  for (int i = 0; i < 300; ++i) {
    ASSERT_EQ(ask(asked(std::to_string(4400000 + i))).status, 303) << i;
  }
  const Response response = ask(asked());
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(header(response, "Retry-After"), "3600");
  EXPECT_EQ(response.limit, "waiting");
  EXPECT_EQ(count("waiting"), 300) << "who is refused is not kept";
  browser_.move_to("192.0.2.9");
  EXPECT_EQ(ask(asked()).status, 303) << "another network";
  browser_.move_to("127.0.0.1");
  now_ += kHour - 1;
  EXPECT_EQ(ask(asked()).status, 429);
  now_ += 1;
  EXPECT_EQ(ask(asked()).status, 303) << "the hour is over";
  browser_.move_to("");
  for (int i = 0; i < 301; ++i) {
    ASSERT_EQ(ask(asked(std::to_string(4400000 + i))).status, 303) << "an unknown client, " << i;
  }
}

TEST_F(WaitingTest, TakesWhoseClinicIsListedOnce) {
  ask(asked());
  const auto take = [&] {
    return on_database([&](Connection& connection) {
      Waiting waiting(connection);
      return waiting.take_listed(now_, waiting.look("", 9), 9);
    });
  };
  EXPECT_EQ(take().size(), 0U);
  list_clinic();
  const auto taken = take();
  ASSERT_EQ(taken.size(), 1U);
  EXPECT_EQ(taken[0].email, "Kikin01@test.example");
  EXPECT_EQ(take().size(), 0U);
}

TEST_F(WaitingTest, StrangeRequestsAreLedToTheForm) {
  EXPECT_EQ(header(browser_.get(step_, "/register/waiting"), "Location"), "/register");
  EXPECT_EQ(header(ask(Form()), "Location"), "/register");
  EXPECT_EQ(browser_.post(step_, "/register/waiting?token=x", asked()).status, 303);
}

TEST_F(WaitingTest, DatabaseAwayIs503) {
  lose_database();
  EXPECT_EQ(ask(asked()).status, 503);
}

}  // namespace
}  // namespace portal::testing_portal
