// The lookup step against a real roster.
#include "lookup/lookup.h"

#include "core/registration/application.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

class LookupTest : public PortalTest {
 protected:
  Response look_up(const Form& form) {
    return browser_.get(step_, "/register/clinic?" + form.encode());
  }
  static Form judo(const std::string& agreement, const std::string& number) {
    Form form;
    form.set("judo_agreement", agreement);
    form.set("judo_number", number);
    form.set("judo_suffix1", "7");
    form.set("judo_suffix2", "8");
    return form;
  }
  LookupStep step_{site_};
  Browser browser_{site_};
};

TEST_F(LookupTest, NamesTheClinic) {
  const Response response = look_up(judo("契", "0123456"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Content-Type"), "application/json");
  EXPECT_EQ(response.body,
            "{\"registration_number\":\"契0123456-7-8\",\"clinic_name\":\"みなと整骨院\"}");
}

TEST_F(LookupTest, AgreementsAreDifferentClinics) {
  EXPECT_TRUE(shows(look_up(judo("協", "0123456")), "さくら接骨院"));
}

TEST_F(LookupTest, FullWidthDigitsAreFolded) {
  EXPECT_EQ(look_up(judo("契", "０１２３４５６")).status, 200);
}

TEST_F(LookupTest, AhakiByItsOwnFields) {
  const Response response =
      browser_.get(step_, "/register/clinic?ahaki_number=01234567&ahaki_suffix1=8&ahaki_suffix2=9");
  EXPECT_TRUE(shows(response, "はりきゅうマッサージ つばさ"));
}

TEST_F(LookupTest, UnknownNumberIs404WithTheFormsMessage) {
  const Response response = look_up(judo("契", "9999999"));
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, json_object({{"error", "not_in_roster"},
                                        {"message", field_error("", "not_in_roster").message}}));
}

TEST_F(LookupTest, MalformedNamesTheField) {
  const Response response = look_up(judo("契", "12345"));
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "{\"error\":\"malformed\",\"field\":\"judo_number\",\"message\":\""));
  EXPECT_EQ(browser_.get(step_, "/register/clinic").status, 422);
}

TEST_F(LookupTest, DatabaseAwayIs503) {
  lose_database();
  const Response response = look_up(judo("契", "0123456"));
  EXPECT_EQ(response.status, 503);
  EXPECT_NE(header(response, "Retry-After"), "");
}

TEST_F(LookupTest, OnlyReads) {
  const Response response = browser_.post(step_, "/register/clinic", {});
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(header(response, "Allow"), "GET, HEAD");
}

}  // namespace
}  // namespace portal::testing_portal
