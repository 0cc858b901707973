// The whole application: normalised, all errors in order, and its ways into and out of a form.
#include "core/registration/application.h"

#include <gtest/gtest.h>

#include <string>

#include "core/text/text.h"
#include "forms.h"

namespace portal {
namespace {

TEST(Application, IsNormalised) {
  const auto checked =
      check_application(with(judo_form(), {{"family_name", "\u3000か\u3099𠮷\uFA19 "},
                                           {"given_name", "\t﨑\n"},
                                           {"judo_agreement", "協"},
                                           {"judo_number", "０１２－３４５ー６"},
                                           {"judo_suffix1", " ７"},
                                           {"judo_suffix2", "８\u3000"},
                                           {"phone", "０３－１２３４ー5678"},
                                           {"email", " Taro@Example.JP\u3000"},
                                           {"password", " Passw0rd "},
                                           {"password_confirmation", " Passw0rd "}}));
  ASSERT_TRUE(checked.application);
  EXPECT_TRUE(checked.errors.empty());
  EXPECT_EQ(checked.application->family_name, "が𠮷\uFA19");
  EXPECT_EQ(checked.application->given_name, "﨑");
  EXPECT_EQ(checked.application->number.text(), "協0123456-7-8");
  EXPECT_EQ(checked.application->phone, "0312345678");
  EXPECT_EQ(checked.application->email, "Taro@Example.JP");
  EXPECT_EQ(checked.application->password.view(), " Passw0rd ");
}

TEST(Application, OfTheOtherInstitution) {
  const auto checked = check_application(ahaki_form());
  ASSERT_TRUE(checked.application);
  EXPECT_EQ(checked.application->number.text(), "01234567-8-9");
}

TEST(Application, ReadsAWholeNumberInTheFieldOfItsLongPart) {
  constexpr std::string_view kWhole = "登録記号番号 契第0123456-7-8号";
  const auto judo = with(judo_form(), {{"judo_agreement", ""},
                                       {"judo_number", kWhole},
                                       {"judo_suffix1", ""},
                                       {"judo_suffix2", ""}});
  ASSERT_TRUE(check_application(judo).application);
  EXPECT_EQ(check_application(judo).application->number.text(), "契0123456-7-8");
  EXPECT_EQ(check_number(judo).number->text(), "契0123456-7-8");
  EXPECT_EQ(entries_of(judo).get("judo_number"), kWhole) << "shown again as typed";

  const auto chosen = with(judo, {{"judo_agreement", "協"}, {"judo_number", "０１２３４５６-7-8"}});
  EXPECT_EQ(check_application(chosen).number->text(), "協0123456-7-8");
  const auto more = with(judo, {{"judo_suffix1", "7"}});
  EXPECT_FALSE(check_application(more).number) << "only if it stands alone";
  const auto without = with(judo, {{"judo_number", "0123456-7-8"}});
  EXPECT_FALSE(check_application(without).number) << "neither 協 nor 契";
  const auto ahaki =
      with(ahaki_form(),
           {{"ahaki_number", "【01234567-8-9】"}, {"ahaki_suffix1", ""}, {"ahaki_suffix2", ""}});
  EXPECT_EQ(check_application(ahaki).number->text(), "01234567-8-9");
}

TEST(Application, IgnoresFieldsOfTheInstitutionNotChosen) {
  const auto judo = check_application(
      with(judo_form(), {{"ahaki_number", "x"}, {"ahaki_suffix1", ""}, {"ahaki_suffix2", "99"}}));
  ASSERT_TRUE(judo.application);
  EXPECT_EQ(judo.application->number.text(), "契0123456-7-8");
  const auto ahaki = check_application(
      with(ahaki_form(), {{"judo_agreement", "x"}, {"judo_number", ""}, {"judo_suffix1", "77"}}));
  ASSERT_TRUE(ahaki.application);
  EXPECT_EQ(ahaki.application->number.text(), "01234567-8-9");
}

TEST(Application, SaysAllThatIsMissingInTheOrderOfTheForm) {
  const Codes before = {"family_name_missing", "given_name_missing"};
  const Codes after = {"phone_missing", "email_missing", "password_missing",
                       "password_confirmation_missing", "terms_missing"};
  const struct {
    const char* institution;
    Codes between;
  } cases[] = {
      {"", {"institution_missing"}},
      {"hospital", {"institution_unknown"}},
      {"judo",
       {"judo_agreement_missing", "judo_number_missing", "judo_suffix1_missing",
        "judo_suffix2_missing"}},
      {"ahaki", {"ahaki_number_missing", "ahaki_suffix1_missing", "ahaki_suffix2_missing"}},
  };
  for (const auto& c : cases) {
    Codes all = before;
    all.insert(all.end(), c.between.begin(), c.between.end());
    all.insert(all.end(), after.begin(), after.end());
    const auto checked = check_application(with({}, {{"institution", c.institution}}));
    EXPECT_EQ(codes_of(checked.errors), all) << c.institution;
    EXPECT_FALSE(checked.application) << c.institution;
  }
}

TEST(Application, SaysAllThatIsWrongInTheOrderOfTheForm) {
  const Form wrong = with({}, {{"terms", "no"},
                               {"password_confirmation", "b"},
                               {"password", "a"},
                               {"email", "a"},
                               {"phone", "1"},
                               {"judo_suffix2", "a"},
                               {"judo_suffix1", "a"},
                               {"judo_number", "1"},
                               {"judo_agreement", "a"},
                               {"institution", "judo"},
                               {"given_name", "a\tb"},
                               {"family_name", "a\nb"}});
  EXPECT_EQ(codes_of(check_application(wrong).errors),
            (Codes{"family_name_control", "given_name_control", "judo_agreement_unknown",
                   "judo_number_format", "judo_suffix1_format", "judo_suffix2_format",
                   "phone_format", "email_no_at", "password_too_short", "password_no_upper",
                   "password_no_digit", "password_confirmation_mismatch", "terms_missing"}));
}

TEST(Application, GoesIntoFieldsAndBack) {
  for (const Form& form : {judo_form(), ahaki_form()}) {
    const auto first = check_application(form).application;
    ASSERT_TRUE(first);
    const auto decoded = Form::decode(fields_of(*first).encode());
    ASSERT_TRUE(decoded) << decoded.error().message;
    const auto second = application_of(*decoded);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->family_name, first->family_name);
    EXPECT_EQ(second->given_name, first->given_name);
    EXPECT_EQ(second->number, first->number);
    EXPECT_EQ(second->phone, first->phone);
    EXPECT_EQ(second->email, first->email);
    EXPECT_EQ(second->password.view(), first->password.view());
  }
}

TEST(Application, ItsFieldsFillTheFormAgain) {
  const auto application = check_application(judo_form()).application;
  ASSERT_TRUE(application);
  Form expected = judo_form();
  for (const auto* const name : {"password", "password_confirmation", "terms"}) {
    expected.remove(name);
  }
  EXPECT_EQ(entries_of(fields_of(*application)).encode(), expected.encode());
}

TEST(Application, DoesNotComeFromFieldsThatBreakARule) {
  const auto application = check_application(judo_form()).application;
  ASSERT_TRUE(application);
  for (const auto* const name :
       {"family_name", "institution", "judo_number", "phone", "email", "password"}) {
    Form fields = fields_of(*application);
    fields.remove(name);
    EXPECT_FALSE(application_of(fields)) << "without " << name;
  }
}

TEST(Entries, AreAsTypedWithoutSecretsAndStrangers) {
  const Entries typed = {{"family_name", "\u3000か\u3099 "},
                         {"given_name", ""},
                         {"institution", "hospital"},
                         {"judo_agreement", "契"},
                         {"judo_number", "０１ー"},
                         {"judo_suffix1", "x"},
                         {"judo_suffix2", "8"},
                         {"ahaki_number", "01"},
                         {"ahaki_suffix1", "8 "},
                         {"ahaki_suffix2", "9"},
                         {"phone", "＋８１"},
                         {"email", " a"},
                         {"terms", "agreed"}};
  const Form expected = with({}, typed);
  const Form form = with(expected, {{"password", "Passw0rd"},
                                    {"password_confirmation", "Passw0rd"},
                                    {"unknown", "x"},
                                    {"", "x"}});
  EXPECT_EQ(entries_of(form).encode(), expected.encode());
  EXPECT_EQ(entries_of({}).encode(), "");
}

TEST(Entries, AreBounded) {
  const auto typed = repeated("髙", 1000);
  const Form entries = entries_of(with({}, {{"family_name", typed}, {"email", typed}}));
  EXPECT_EQ(entries.get("family_name"), repeated("髙", 333));
  EXPECT_EQ(entries.get("email"), repeated("髙", 333));
  const auto just = repeated("a", 1000);
  EXPECT_EQ(entries_of(with({}, {{"phone", just}})).get("phone"), just);
}

}  // namespace
}  // namespace portal
