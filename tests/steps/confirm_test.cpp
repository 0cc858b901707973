// The confirm step against a real database.
#include "confirm/confirm.h"

#include "complete/complete.h"
#include "core/base/japan_time.h"
#include "core/registration/fields.h"
#include "core/security/token.h"
#include "form/form.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

class ConfirmTest : public PortalTest {
 protected:
  FormStep form_{site_};
  ConfirmStep step_{site_};
  CompleteStep complete_{site_};
  Browser browser_{site_};
};

TEST_F(ConfirmTest, ShowsEverythingAndMasksThePassword) {
  browser_.post(form_, "/register", judo_form());
  const Response response = browser_.get(step_, "/register/confirm");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  for (const char* text : {"髙﨑", "太郎", "施術所（柔道整復）", "契0123456-7-8", "みなと整骨院",
                           "01201234567", "Kikin01@test.example"}) {
    EXPECT_TRUE(shows(response, text));
  }
  EXPECT_FALSE(shows(response, kPassword));
}

TEST_F(ConfirmTest, ShowsEveryFieldOfTheKindThatWasChosen) {
  browser_.post(form_, "/register", ahaki_form());
  const Response response = browser_.get(step_, "/register/confirm");
  for (const Field& field : fields()) {
    if (field.institution == Institution::kJudo) continue;
    EXPECT_TRUE(shows(response, "<dt>" + std::string(field.label)));
  }
  EXPECT_FALSE(shows(response, "#judo_"));
  EXPECT_TRUE(shows(response, "はりきゅうマッサージ つばさ"));
}

TEST_F(ConfirmTest, ShowsThePasswordOnDemandOnly) {
  browser_.post(form_, "/register", ahaki_form());
  Form show;
  show.set("show", "password");
  const Response response = browser_.post(step_, "/register/confirm", show);
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, kPassword));
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_FALSE(shows(browser_.post(step_, "/register/confirm", {}), kPassword));
}

TEST_F(ConfirmTest, NormalisedEntriesAreShown) {
  Form form = judo_form();
  form.set("phone", "０１２－３４５６－７８９０");
  browser_.post(form_, "/register", form);
  EXPECT_TRUE(shows(browser_.get(step_, "/register/confirm"), "01234567890"));
}

// The roster may change between the form and this page.
TEST_F(ConfirmTest, AClinicThatIsGoneIsNotShownForOk) {
  browser_.post(form_, "/register", judo_form());
  close_clinic("契0123456-7-8");
  for (const auto& response :
       {browser_.get(step_, "/register/confirm"), browser_.post(step_, "/register/confirm", {})}) {
    EXPECT_EQ(response.status, 409);
    EXPECT_TRUE(shows(response, "<a class=\"button\" href=\"/register\">登録フォームへ</a>"));
    EXPECT_FALSE(shows(response, "みなと整骨院"));
    EXPECT_FALSE(shows(response, "action=\"/register/complete\""));
  }
  EXPECT_TRUE(shows(browser_.get(form_, "/register"), "value=\"Kikin01@test.example\""))
      << "nothing that was typed is lost";
}

TEST_F(ConfirmTest, OkNamesTheDraftAndTakesTheEntriesAlong) {
  browser_.post(form_, "/register", judo_form());
  const Response response = browser_.get(step_, "/register/confirm");
  const auto hidden = [](std::string_view name, std::string_view value) {
    return "<input type=\"hidden\" name=\"" + std::string(name) + "\" value=\"" +
           std::string(value) + "\">";
  };
  EXPECT_TRUE(shows(response, hidden("draft", token_hash(browser_.cookies().at("draft")))));
  for (const Field& field : fields()) {
    const std::string entered(judo_form().get(field.name));
    const bool along = field.institution != Institution::kAhaki && !field.is_secret() &&
                       field.shape != Shape::kConsent;
    EXPECT_EQ(shows(response, hidden(field.name, entered)), along) << field.name;
  }
}

TEST_F(ConfirmTest, SaysThatAnotherTabHasChangedTheEntries) {
  browser_.post(form_, "/register", judo_form());
  constexpr auto kChanged = "入力内容が変更されています";
  EXPECT_TRUE(shows(browser_.get(step_, "/register/confirm?changed=1"), kChanged));
  EXPECT_FALSE(shows(browser_.get(step_, "/register/confirm"), kChanged));
}

TEST_F(ConfirmTest, ShowsWordsForWhatWasChosenAndLeadsToEachField) {
  browser_.post(form_, "/register", judo_form());
  const Response response = browser_.get(step_, "/register/confirm");
  EXPECT_FALSE(shows(response, "<dd>judo<"));
  for (const Field& field : fields()) {
    if (field.institution == Institution::kAhaki || field.linked.empty()) continue;
    if (field.shape == Shape::kConsent) continue;  // its row leads to what was agreed to
    EXPECT_TRUE(shows(response, "href=\"/register#" + std::string(field.id) + "\"")) << field.name;
  }
}

TEST_F(ConfirmTest, WithoutDraftBackToTheFormWhichSaysWhy) {
  const Response response = browser_.get(step_, "/register/confirm");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/register?draft=none");
  browser_.post(form_, "/register", judo_form());
  now_ += 30 * kMinute;
  EXPECT_EQ(header(browser_.get(step_, "/register/confirm"), "Location"), "/register");
}

TEST_F(ConfirmTest, SaysUntilWhenTheEntriesAreKept) {
  now_ = start_of_japan_day(20'000) + 9 * kHour + 5 * kMinute;
  browser_.post(form_, "/register", judo_form());
  now_ += 10 * kMinute;
  EXPECT_TRUE(shows(browser_.get(step_, "/register/confirm"), "<strong>09時35分</strong>まで"));
}

TEST_F(ConfirmTest, BackAfterOkLeadsToTheScreenThatFollows) {
  sign_up(browser_, judo_form());
  const Response response = browser_.get(step_, "/register/confirm");
  EXPECT_EQ(response.status, 303);
  EXPECT_EQ(header(response, "Location"), "/register/complete");
}

TEST_F(ConfirmTest, DatabaseAwayIs503) {
  browser_.post(form_, "/register", judo_form());
  lose_database();
  EXPECT_EQ(browser_.get(step_, "/register/confirm").status, 503);
}

}  // namespace
}  // namespace portal::testing_portal
