// The form step against a real database.
#include "form/form.h"

#include "core/journal/timeline.h"
#include "core/registration/fields.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

class FormTest : public PortalTest {
 protected:
  FormStep step_{site_};
  Browser browser_{site_};
};

TEST_F(FormTest, BlankFormMayBeCached) {
  const Response response = browser_.get(step_, "/register");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=60");
  EXPECT_EQ(header(response, "Vary"), "Cookie");
  EXPECT_EQ(header(response, "Set-Cookie"), "");
}

TEST_F(FormTest, BlankFormIsTheSameAgainAndAfterAReload) {
  const std::string first = browser_.get(step_, "/register").body;
  EXPECT_EQ(browser_.get(step_, "/register").body, first);
  const auto edition = site_.view->edition();
  ASSERT_TRUE(site_.view->reload());
  EXPECT_NE(site_.view->edition(), edition);
  EXPECT_EQ(browser_.get(step_, "/register").body, first);
}

TEST_F(FormTest, EveryFieldIsDrawnOnceAndListed) {
  const std::string page = browser_.get(step_, "/register").body;
  for (const Field& field : fields()) {
    const std::string drawn = " id=\"" + std::string(field.id) + "\" name=\"";
    EXPECT_NE(page.find(drawn), std::string::npos) << field.name;
    EXPECT_EQ(page.find(drawn), page.rfind(drawn)) << field.name;
    const std::string listed =
        "<a href=\"#" + std::string(field.id) + "\">" + std::string(field.listed) + "</a>";
    EXPECT_NE(page.find(listed), std::string::npos) << field.name;
  }
}

TEST_F(FormTest, ValidInputLeadsToConfirmAndFillsTheFormAgain) {
  const Response posted = browser_.post(step_, "/register", judo_form());
  EXPECT_EQ(posted.status, 303);
  EXPECT_EQ(header(posted, "Location"), "/register/confirm");
  const Response again = browser_.get(step_, "/register");
  EXPECT_EQ(header(again, "Cache-Control"), "no-store");
  for (const char* text : {"髙﨑", "太郎", "0123456", "01201234567", "Kikin01@test.example"}) {
    EXPECT_TRUE(shows(again, text));
  }
  EXPECT_TRUE(shows(again, "value=\"agreed\" required checked"));
  EXPECT_FALSE(shows(again, kPassword));
}

TEST_F(FormTest, CommonPasswordIsRefused) {
  const Form form =
      with(judo_form(), {{"password", "pASSWORD123"}, {"password_confirmation", "pASSWORD123"}});
  EXPECT_EQ(browser_.post(step_, "/register", form).status, 303) << "without a list";
  refuse_common_passwords();
  const Response refused = browser_.post(step_, "/register", form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(shows(refused, "<a href=\"#password\">このパスワードは、よく使われていて"));
  EXPECT_FALSE(shows(refused, "pASSWORD123"));
  EXPECT_EQ(browser_.post(step_, "/register", judo_form()).status, 303);
}

TEST_F(FormTest, DraftEndsAfterHalfAnHour) {
  browser_.post(step_, "/register", judo_form());
  now_ += 30 * kMinute;
  EXPECT_FALSE(shows(browser_.get(step_, "/register"), "Kikin01"));
}

TEST_F(FormTest, DraftOpensWithItsTokenOnly) {
  browser_.post(step_, "/register", judo_form());
  Browser stranger{site_};
  EXPECT_FALSE(shows(stranger.get(step_, "/register"), "Kikin01"));
}

TEST_F(FormTest, AllErrorsAtOnceAndEntriesKept) {
  Form form = judo_form();
  form.set("given_name", "");
  form.set("judo_number", "123");
  form.set("phone", "<script>");
  form.set("password", "short");
  form.set("password_confirmation", "Other0ne!");
  form.remove("terms");
  const Response response = browser_.post(step_, "/register", form);
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "エラー："));
  for (const char* field : {"given_name", "judo_number", "phone", "password", "terms"}) {
    EXPECT_TRUE(shows(response, "href=\"#" + std::string(field)));
  }
  EXPECT_TRUE(shows(response, "髙﨑"));
  EXPECT_TRUE(shows(response, "&lt;script&gt;"));
  EXPECT_FALSE(shows(response, "<script>"));
  EXPECT_FALSE(shows(response, "Other0ne!"));
  EXPECT_EQ(browser_.cookies().count("draft"), 0U);
}

TEST_F(FormTest, NumberMustBeInTheRosterBesideTheOtherErrors) {
  Form form = judo_form();
  form.set("judo_suffix2", "9");
  form.set("phone", "");
  const Response response = browser_.post(step_, "/register", form);
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "1か月"));
  EXPECT_TRUE(shows(response, "href=\"#phone"));
}

TEST_F(FormTest, ClinicWithAnAccountIsToldWhomToAsk) {
  on_database([](Connection& connection) { return Accounts(connection).add(an_account("a")); });
  const Response response = browser_.post(step_, "/register", judo_form());
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(
      shows(response, "（" + fact("TELEPHONE") + "、" + fact("TELEPHONE_COST") + "）へお電話"));
  EXPECT_EQ(Browser(site_).post(step_, "/register", ahaki_form()).status, 303) << "another clinic";
}

TEST_F(FormTest, LinkMayBringTheNumberAlong) {
  const Response response =
      browser_.get(step_, "/register?institution=ahaki&ahaki_number=01234567&password=x");
  EXPECT_TRUE(shows(response, "01234567"));
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
  EXPECT_FALSE(
      shows(browser_.get(step_, "/register?institution=judo&terms=agreed"), " checked> <span>"))
      << "nobody agrees by a link";
}

TEST_F(FormTest, DatabaseAwayKeepsWhatWasTyped) {
  lose_database();
  const Response response = browser_.post(step_, "/register", judo_form());
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(header(response, "Retry-After"), "30");
  EXPECT_TRUE(shows(response, "Kikin01@test.example"));
  EXPECT_FALSE(shows(response, kPassword));
  EXPECT_EQ(browser_.get(step_, "/register").status, 200) << "the blank form needs no database";
}

TEST_F(FormTest, TheCallCentreCanTellWhatCameOfTheForm) {
  Form wrong = judo_form();
  wrong.set("family_name", "");
  wrong.set("phone", "123");
  browser_.post(step_, "/register", wrong);
  now_ += 60;
  browser_.post(step_, "/register", judo_form());
  const auto events = [&](const EventOwner& owner) {
    std::vector<std::string> lines;
    on_database([&](Connection& connection) {
      for (const auto& row : Events(connection).of(owner, 9)) {
        lines.push_back(row.name + " " + row.detail);
      }
      return Done{};
    });
    return lines;
  };
  using Lines = std::vector<std::string>;
  const Lines both = {"form_accepted ", "form_refused family_name_missing phone_format"};
  EXPECT_EQ(events(event_owner("kikin01@test.example", "", "")), both);
  EXPECT_EQ(events(event_owner("", "契0123456-7-8", "")), both);
  EXPECT_EQ(events(event_owner("", "", "01201234567")), Lines{"form_accepted "});
  EXPECT_EQ(events(event_owner("", "", "")), Lines{}) << "nobody's";
}

TEST_F(FormTest, OtherMethodsAndPathsAreRefused) {
  Request request;
  request.method = Method::kOther;
  request.path = "/register";
  const Response response = *step_.handle(request);
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header(response, "Allow"), "GET, HEAD, POST");
  request.path = "/register/";
  EXPECT_EQ(step_.handle(request)->status, 404);
}

}  // namespace
}  // namespace portal::testing_portal
