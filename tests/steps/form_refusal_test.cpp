// What the form refuses, what it says then, and who hears of it.
#include "core/journal/timeline.h"
#include "steps/form_portal.h"

namespace portal::testing_portal {
namespace {

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
  EXPECT_EQ(summary_of(response),
            errors({{"given_name", "given_name_missing"},
                    {"judo_number", "judo_number_format"},
                    {"phone", "phone_format"},
                    {"password", "password_too_short"},
                    {"password", "password_no_upper"},
                    {"password", "password_no_digit"},
                    {"password_confirmation", "password_confirmation_mismatch"},
                    {"terms", "terms_missing"}}));
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
  EXPECT_EQ(summary_of(response),
            errors({{"judo_number", "not_in_roster"}, {"phone", "phone_missing"}}))
      << "in the order of the form, though the roster was asked last";
  EXPECT_TRUE(shows(response, "id=\"judo_number_error\""));
  EXPECT_TRUE(shows(response, "id=\"waiting\"")) << "it may be new";
}

TEST_F(FormTest, ClinicWithAnAccountIsToldWhomToAsk) {
  on_database([](Connection& connection) { return Accounts(connection).add(an_account("a")); });
  const Response response = browser_.post(step_, "/register", judo_form());
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(summary_of(response), errors({{"judo_number", "clinic_taken"}}));
  EXPECT_TRUE(shows(response, "id=\"judo_number_error\""));
  EXPECT_FALSE(shows(response, "waiting")) << "it is in the roster: there is nothing to wait for";
  EXPECT_FALSE(shows(response, "hanako")) << "nor who has it";
  EXPECT_EQ(browser_.cookies().count("draft"), 0U);
  EXPECT_EQ(count("draft"), 0);
  EXPECT_EQ(Browser(site_).post(step_, "/register", ahaki_form()).status, 303) << "another clinic";
}

TEST_F(FormTest, ATakenClinicIsNamedBesideTheOtherErrors) {
  on_database([](Connection& connection) { return Accounts(connection).add(an_account("a")); });
  const Form form = with(judo_form(), {{"family_name", ""}, {"email", "x"}});
  EXPECT_EQ(summary_of(browser_.post(step_, "/register", form)),
            errors({{"family_name", "family_name_missing"},
                    {"judo_number", "clinic_taken"},
                    {"email", "email_no_at"}}));
}

TEST_F(FormTest, AClosedClinicIsNotInTheRoster) {
  close_clinic("契0123456-7-8");
  const Response response = browser_.post(step_, "/register", judo_form());
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(summary_of(response), errors({{"judo_number", "not_in_roster"}}));
  EXPECT_FALSE(shows(response, "みなと整骨院"));
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
