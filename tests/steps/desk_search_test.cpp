// The desk: the search field, what it says, and what it keeps to itself.
#include "core/database/registration/drafts.h"
#include "core/journal/timeline.h"
#include "core/registration/policy.h"
#include "steps/desk_portal.h"

namespace portal::testing_portal {
namespace {

class DeskSearchTest : public DeskPortal {};

// Whatever the caller reads out, in any usual writing.
TEST_F(DeskSearchTest, FindsACaseByWhateverTheCallerKnows) {
  const Registration registration = apply();
  const std::string error = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
  on_database([&](Connection& connection) {
    record_timeline_event(connection, now_,
                          {.event = TimelineEvent::kErrorShown,
                           .registration = registration.id,
                           .detail = "confirm 503",
                           .request_id = error});
    return Done{};
  });
  const std::vector<std::string> keys = {std::string(kEmail),
                                         "ｋｉｋｉｎ０１＠ｔｅｓｔ．ｅｘａｍｐｌｅ",
                                         " KIKIN01@test.example ",
                                         "契0123456-7-8",
                                         "契０１２３４５６ー７ー８",
                                         "【契0123456-7-8】",
                                         registration.phone,
                                         "みなと整骨院",
                                         "ミナト",
                                         "0a1b-2c3d"};
  for (const std::string& key : keys) {
    const Response page = found(key);
    EXPECT_EQ(page.status, 200) << key;
    EXPECT_TRUE(shows(page, "<h1 id=\"verdict\">")) << key;
    EXPECT_TRUE(shows(page, "契0123456-7-8")) << key;
  }
}

// What is the matter stands first, with what to tell the caller and when the mail can be sent
// again.
TEST_F(DeskSearchTest, TheVerdictComesFirst) {
  apply();
  const Response at_once = found(kEmail);
  EXPECT_TRUE(shows(at_once, "<h1 id=\"verdict\">メールは、いま送信を待っています。"));
  EXPECT_TRUE(shows(at_once, "以降は、メールを再送できます。"));
  EXPECT_LT(at_once.body.find("id=\"verdict\""), at_once.body.find("id=\"records\""));
  now_ += kResendCoolDown;
  const Response later = found(kEmail);
  EXPECT_TRUE(shows(later, "いま、メールを再送できます。"));
  EXPECT_FALSE(shows(later, "portalctl")) << "the call centre has no shell";
}

TEST_F(DeskSearchTest, NothingFoundSaysWhatWasLookedForAndWhatToAskNext) {
  struct Case {
    std::string typed;
    std::string kind;
    std::string ask;
  };
  const std::vector<Case> cases = {
      {"nobody@test.example", "メールアドレス", "つづり"},
      {"契9999999-9-9", "登録記号番号", "枝番"},
      {"09099998888", "電話番号", "携帯電話"},
      {"deadbeef", "お問い合わせ番号", "8桁"},
      {"どこにもない院", "施術所名の一部", "別の部分"},
  };
  for (const auto& [typed, kind, ask] : cases) {
    const Response page = found(typed);
    EXPECT_EQ(page.status, 200) << typed;
    EXPECT_TRUE(shows(page, "見つかりませんでした")) << typed;
    EXPECT_TRUE(shows(page, "「" + kind)) << typed;
    EXPECT_TRUE(shows(page, ask)) << typed;
  }
}

TEST_F(DeskSearchTest, SeveralHitsAreAShortListToChooseFrom) {
  on_database([](Connection& connection) {
    return Roster(connection).put(a_clinic("契1300001-0-0", "みなと南接骨院"));
  });
  const Registration registration = apply();
  const Response list = found("みなと");
  EXPECT_TRUE(shows(list, "2件見つかりました"));
  EXPECT_FALSE(shows(list, kEmail));
  const auto choose = [&] {
    return desk_.post(step_, "/desk/found" + searched(),
                      form_of({{"hit", "person:" + registration.id}}));
  };
  const Response chosen = choose();
  EXPECT_EQ(header(chosen, "Location"), header(choose(), "Location")) << "twice is once";
  EXPECT_TRUE(shows(follow(chosen), "<h1 id=\"verdict\">メールは、いま送信を待っています。"));
  const auto strange =
      desk_.post(step_, "/desk/found" + searched(), form_of({{"hit", "person:x"}}));
  EXPECT_EQ(strange.status, 404);
}

TEST_F(DeskSearchTest, WhatCannotBeSearchedForIsSaidBesideTheField) {
  for (const auto* typed : {"", "　 ", "院"}) {
    const Response page = search(typed);
    EXPECT_EQ(page.status, 422) << typed;
    ASSERT_EQ(summary_of(page).size(), 1U) << typed;
    EXPECT_EQ(summary_of(page).front().field, "q") << typed;
  }
  EXPECT_EQ(event_names(kStaffName).size(), 0U) << "nothing was looked up";
}

// --- Privacy -------------------------------------------------------------------------------------

TEST_F(DeskSearchTest, PersonalDataIsMaskedUntilOneRecordIsAskedFor) {
  const Registration registration = apply();
  const auto expect_masked = [&](const Response& page) {
    for (const auto& clear : {registration.email, registration.phone, registration.given_name}) {
      EXPECT_FALSE(shows(page, clear)) << clear;
    }
  };
  expect_masked(found(kNumber));
  EXPECT_TRUE(shows(desk_.get(step_, place_), "k***@test.example") ||
              shows(desk_.get(step_, place_), "K***@test.example"));
  const std::string masked = place_;
  const Response shown = follow(show(registration.id));
  EXPECT_TRUE(shows(shown, registration.email));
  EXPECT_TRUE(shows(shown, registration.phone));
  EXPECT_TRUE(shows(shown, registration.given_name));
  EXPECT_TRUE(shows(shown, "隠す"));
  expect_masked(desk_.get(step_, masked));
}

// What was typed stands in the search field alone.
TEST_F(DeskSearchTest, WhatWasTypedIsInNoUrlLogOrRowOfTheAudit) {
  testing::internal::CaptureStderr();
  apply();
  const Response redirect = search(kEmail);
  const Response page = follow(redirect);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(log.find(kEmail), std::string::npos);
  EXPECT_EQ(header(redirect, "Location").find("kikin"), std::string::npos);
  EXPECT_EQ(page.body.find(kEmail), page.body.rfind(kEmail));
  EXPECT_TRUE(shows(page, "name=\"q\" type=\"search\" value=\"Kikin01@test.example\""));
  EXPECT_EQ(header(page, "Cache-Control"), "no-store");
  for (const AuditRow& row : of_actor(kStaffName)) {
    EXPECT_EQ(row.detail.find("test.example"), std::string::npos) << row.detail;
  }
  const auto sealed = on_database(
      [&](Connection& connection) { return connection.select("SELECT sealed FROM draft", 1); });
  for (const Row& row : sealed) EXPECT_EQ(row.front().find("kikin"), std::string::npos);
}

TEST_F(DeskSearchTest, EachSearchAndEachRecordInFullIsOneRowOfTheAudit) {
  const Registration registration = apply();
  found(kEmail);
  for (int i = 0; i < 3; ++i) desk_.get(step_, place_);  // reloading looks nothing up
  const std::string masked = searched();
  const std::string first = header(show(registration.id), "Location");
  EXPECT_EQ(header(show(registration.id), "Location"), first) << "the second click";
  EXPECT_EQ(event_names(kStaffName), (std::vector<std::string>{"looked_up", "searched"}));
  for (const AuditRow& row : of_actor(kStaffName)) {
    EXPECT_EQ(row.account_id, row.event == "looked_up" ? registration.id : "") << row.event;
    EXPECT_EQ(row.detail, row.event == "searched" ? "address, 1 hit" : "desk: record");
  }
  EXPECT_EQ(show("somebody").status, 404) << "no record of this case";
}

TEST_F(DeskSearchTest, TheSameSearchAgainIsOne) {
  ASSERT_TRUE(site_.settings.set("desk.lookups_per_hour", "2"));
  apply();
  const auto press = [&](const Form& form) { return desk_.post(step_, "/desk/", form); };
  const Form form = with(form_on(desk_.get(step_, "/desk/")), {{"q", kEmail}});
  const std::string first = header(press(form), "Location");
  EXPECT_EQ(header(press(form), "Location"), first) << "the second click";
  const Response result = desk_.get(step_, first);
  EXPECT_TRUE(shows(result, "<h1 id=\"verdict\">"));
  EXPECT_EQ(header(press(form_on(result)), "Location"), first) << "as quick as the page";
  EXPECT_EQ(event_names(kStaffName), std::vector<std::string>{"searched"});

  // Something else on that page is another search; so is the same on another page, and by somebody
  // else.
  EXPECT_EQ(press(with(form_on(result), {{"q", kNumber}})).status, 303);
  EXPECT_EQ(event_names(kStaffName).size(), 2U);
  EXPECT_EQ(press(with(form_on(desk_.get(step_, "/desk/")), {{"q", kEmail}})).status, 429);
  EXPECT_EQ(header(press(form), "Location"), first) << "it was counted before";
  desk_.log_in_as("田中");
  EXPECT_NE(header(press(form), "Location"), first);
  EXPECT_EQ(of_actor("田中").size(), 1U);
}

// The second row would be missing from the page if it were the same search.
TEST_F(DeskSearchTest, FoundOtherwiseMeanwhileItIsAnotherSearch) {
  const Form form = with(form_on(desk_.get(step_, "/desk/")), {{"q", "みなと"}});
  EXPECT_TRUE(shows(follow(desk_.post(step_, "/desk/", form)), "<h1 id=\"verdict\">"));
  on_database([](Connection& connection) {
    return Roster(connection).put(a_clinic("契1300001-0-0", "みなと南接骨院"));
  });
  EXPECT_TRUE(shows(follow(desk_.post(step_, "/desk/", form)), "2件見つかりました"));
  EXPECT_EQ(event_names(kStaffName).size(), 2U) << "both were shown";
}

TEST_F(DeskSearchTest, TheLongestWordsAreOneSearchToo) {
  const Form form = with(form_on(desk_.get(step_, "/desk/")), {{"q", std::string(3000, 'x')}});
  const std::string first = header(desk_.post(step_, "/desk/", form), "Location");
  EXPECT_EQ(header(desk_.post(step_, "/desk/", form), "Location"), first);
}

TEST_F(DeskSearchTest, ClicksAtTheSameMomentAreOneLookUp) {
  const Registration registration = apply();
  const auto expect_one_place = [](const std::vector<std::string>& places) {
    EXPECT_FALSE(places.front().empty());
    EXPECT_EQ(places, std::vector(places.size(), places.front()));
  };
  const Form form = with(form_on(desk_.get(step_, "/desk/")), {{"q", kEmail}});
  expect_one_place(press_at_once("/desk/", form));
  EXPECT_EQ(event_names(kStaffName), std::vector<std::string>{"searched"});
  follow(desk_.post(step_, "/desk/", form));
  expect_one_place(
      press_at_once("/desk/show" + searched(), form_of({{"record", registration.id}})));
  EXPECT_EQ(event_names(kStaffName), (std::vector<std::string>{"looked_up", "searched"}));
}

TEST_F(DeskSearchTest, ASearchIsOnesOwnAndEnds) {
  apply();
  found(kEmail);
  Browser other(site_);
  other.log_in_as(std::string(kSupervisorName));
  EXPECT_EQ(other.get(step_, place_).status, 404);
  EXPECT_EQ(desk_.get(step_, "/desk/found").status, 404);
  now_ += kDeskSearchLifetime;
  const Response over = desk_.get(step_, place_);
  EXPECT_EQ(over.status, 404);
  EXPECT_TRUE(shows(over, "もう一度検索してください"));
}

// --- The limit -----------------------------------------------------------------------------------

TEST_F(DeskSearchTest, TheHourlyLimitSaysWhenItGoesOn) {
  ASSERT_TRUE(site_.settings.set("desk.lookups_per_hour", "2"));
  const Registration registration = apply();
  found(kEmail);
  EXPECT_EQ(show(registration.id).status, 303);
  const Response full = search(kNumber);
  EXPECT_EQ(full.status, 429);
  EXPECT_EQ(full.limit, "desk");
  EXPECT_EQ(header(full, "Retry-After"), "3600");
  EXPECT_TRUE(shows(full, "から、また検索できます"));
  EXPECT_EQ(event_names(kStaffName).size(), 2U) << "what is refused is not looked up";
  EXPECT_EQ(desk_.get(step_, place_).status, 200) << "what is on the screen stays";
  desk_.log_in_as("田中");
  EXPECT_EQ(search(kNumber).status, 303) << "each person has a limit of his own";
  desk_.log_in_as(std::string(kStaffName));
  now_ += kHour;
  EXPECT_EQ(search(kNumber).status, 303);
}

TEST_F(DeskSearchTest, DatabaseAwayIs503) {
  lose_database();
  EXPECT_EQ(search(kEmail).status, 503);
  EXPECT_EQ(desk_.get(step_, "/desk/overview").status, 503);
}

}  // namespace
}  // namespace portal::testing_portal
