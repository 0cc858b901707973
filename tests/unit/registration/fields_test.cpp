// The table of fields: each row says all that the screens, the messages and the draft need.
#include "core/registration/fields.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "core/registration/account_fields.h"
#include "forms.h"

namespace portal {
namespace {

std::string form_template() {
  std::ifstream file(PORTAL_SOURCE_DIR "/templates/form.tpl");
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Fields, HaveNameLabelAndRule) {
  std::set<std::string_view> names;
  for (const Field& field : fields()) {
    EXPECT_TRUE(names.insert(field.name).second) << field.name;
    EXPECT_EQ(field.id, field.name) << "errors link to it";
    EXPECT_EQ(&field_named(field.name), &field);
    EXPECT_FALSE(field.label.empty()) << field.name;
    EXPECT_FALSE(field.prompt.empty()) << field.name;
    EXPECT_FALSE(field.listed.empty()) << field.name;
    EXPECT_NE(field.rule, nullptr) << field.name;
  }
}

TEST(Fields, HaveAMessageForWhatIsMissing) {
  for (const Field& field : fields()) {
    const auto code = std::string(field.name) + "_missing";
    const auto found = std::ranges::find(messages(), code, &Message::code);
    EXPECT_NE(found, messages().end()) << code;
  }
}

TEST(Fields, AreDrawnByTheirShape) {
  for (const Field& field : fields()) {
    const bool chosen = field.shape != Shape::kInput;
    EXPECT_EQ(field.choices.empty(), !chosen) << field.name;
    const bool browsers_fill_in = field.shape == Shape::kInput || field.shape == Shape::kSelect;
    EXPECT_EQ(field.autocomplete.empty(), !browsers_fill_in) << field.name;
    EXPECT_TRUE(field.required) << field.name << ": the form asks for nothing else";
  }
}

TEST(Fields, HaveAPlaceOnTheForm) {
  const std::string page = form_template();
  for (const Field& field : fields()) {
    const std::string_view place = field.institution ? "NUMBER_FIELD" : field.place;
    EXPECT_NE(page.find("{{>" + std::string(place) + "}}"), std::string::npos) << field.name;
  }
}

TEST(Fields, OfTheApplicationAreStoredOrPartOfTheNumberOrSecret) {
  for (const Field& field : fields()) {
    const bool of_number = field.part != nullptr || field.name == "institution";
    EXPECT_EQ(field.part != nullptr, field.institution.has_value()) << field.name;
    const int ways =
        (field.stored != nullptr ? 1 : 0) + (of_number ? 1 : 0) + (field.is_secret() ? 1 : 0);
    EXPECT_TRUE(!field.of_application || ways == 1) << field.name;
    EXPECT_TRUE(field.of_application || field.stored == nullptr) << field.name;
  }
}

TEST(Fields, ComeBackFromAnApplication) {
  for (const Form& form : {judo_form(), ahaki_form()}) {
    const auto application = check_application(form).application;
    ASSERT_TRUE(application);
    const Form again = fields_of(*application);
    for (const Field& field : fields()) {
      const bool asked = field.of_application && form.has(field.name);
      EXPECT_EQ(again.has(field.name), asked) << field.name;
      EXPECT_EQ(again.get(field.name), asked ? form.get(field.name) : "") << field.name;
    }
  }
}

TEST(Fields, HaveExamplesWithWhichNothingIsWrong) {
  for (const ClinicKind& kind : kClinicKinds) {
    const auto checked = check_application(example_form(kind.institution));
    EXPECT_EQ(codes_of(checked.errors), Codes{}) << kind.code;
    ASSERT_TRUE(checked.number) << kind.code;
    EXPECT_EQ(checked.number->institution(), kind.institution);
  }
}

TEST(Fields, AreNotShownAgainIfTheyAreSecret) {
  Form form;
  for (const Field& field : fields()) form.set(field.name, "typed");
  const Form again = entries_of(form);
  for (const Field& field : fields()) EXPECT_EQ(again.has(field.name), !field.is_secret());
}

TEST(Fields, OfOtherFormsHideWhatIsSecret) {
  using namespace account_fields;
  for (const Field& field : {login_password, new_password, new_password_confirmation,
                             current_password("current_password_leave")}) {
    EXPECT_TRUE(field.is_secret()) << field.label;
    EXPECT_NE(field.autocomplete.find("password"), std::string_view::npos) << field.label;
  }
}

TEST(Checked, KnowsWhatIsRightWhateverElseIsWrong) {
  const auto checked = check_application(
      with(judo_form(), {{"family_name", ""}, {"phone", "０９０－1234－5678"}, {"terms", "no"}}));
  EXPECT_FALSE(checked.application);
  ASSERT_TRUE(checked.number);
  EXPECT_EQ(checked.number->text(), "契0123456-7-8");
  EXPECT_EQ(checked.phone, "09012345678");
  EXPECT_EQ(checked.email, "Kikin01@test.example");

  const auto wrong =
      check_application(with(judo_form(), {{"judo_number", "1"}, {"phone", "1"}, {"email", "a@"}}));
  EXPECT_FALSE(wrong.number);
  EXPECT_EQ(wrong.phone, "");
  EXPECT_EQ(wrong.email, "");
}

TEST(Checked, TakesTheKindWhoseFieldsAreThereWhereNoneIsChosen) {
  Form form = ahaki_form();
  form.remove("institution");
  const auto checked = check_application(form);
  EXPECT_EQ(codes_of(checked.errors), Codes{"institution_missing"});
  ASSERT_TRUE(checked.number);
  EXPECT_EQ(checked.number->text(), "01234567-8-9");
}

TEST(Checked, ErrorsAreSortedAsTheFieldsStand) {
  const auto errors =
      in_form_order({field_error("terms", "terms_missing"), field_error("phone", "phone_missing"),
                     field_error("judo_number", "not_in_roster"),
                     field_error("family_name", "family_name_missing")});
  EXPECT_EQ(codes_of(errors),
            (Codes{"family_name_missing", "not_in_roster", "phone_missing", "terms_missing"}));
}

}  // namespace
}  // namespace portal
