// A form as its page shows it: templates/field.tpl and summary.tpl.
#include "core/responder/form_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "core/registration/account_fields.h"

namespace portal {
namespace {

class FormViewTest : public testing::Test {
 protected:
  FormViewTest() {
    auto view =
        View::load(PORTAL_SOURCE_DIR "/templates", {"field.tpl", "form.tpl", "summary.tpl"});
    EXPECT_TRUE(view) << (view ? "" : view.error().message);
    view_ = std::move(*view);
  }

  // The page of login, which has two fields and nothing else that is filled in.
  std::string page(const Field& field, std::string_view value,
                   const std::vector<FieldError>& errors = {}) {
    Data data;
    show_field(data, "EMAIL_FIELD", field, value, errors);
    show_summary(data, {.errors = errors});
    const auto page = view_->render("login.tpl", data);
    EXPECT_TRUE(page);
    return page ? *page : "";
  }

  // What the page of login has more for a field than without one.
  std::string field_of(const Field& field, std::string_view value,
                       const std::vector<FieldError>& errors) {
    Data with;
    show_field(with, "EMAIL_FIELD", field, value, errors);
    const std::string page = *view_->render("login.tpl", with);
    const std::string without = *view_->render("login.tpl", {});
    const auto begin = std::ranges::mismatch(page, without).in1 - page.begin();
    return page.substr(static_cast<std::size_t>(begin), page.size() - without.size());
  }

  std::unique_ptr<View> view_;
};

bool has(const std::string& page, const std::string& text) {
  return page.find(text) != std::string::npos;
}

TEST_F(FormViewTest, DrawsEachFieldWithItsPromptNameAndId) {
  for (const Field& field : fields()) {
    const std::string drawn = page(field, "");
    EXPECT_TRUE(has(drawn, std::string(field.prompt))) << field.name;
    EXPECT_TRUE(has(drawn, " id=\"" + std::string(field.id) + "\"")) << drawn;
    EXPECT_TRUE(has(drawn, " name=\"" + std::string(field.name) + "\"")) << drawn;
    EXPECT_TRUE(has(drawn, std::string(field.help))) << drawn;
    for (const auto item : field.help_items) EXPECT_TRUE(has(drawn, std::string(item))) << drawn;
    for (const Choice& choice : field.choices) {
      EXPECT_TRUE(has(drawn, std::string(choice.label))) << drawn;
    }
    EXPECT_FALSE(has(drawn, "aria-invalid")) << drawn;
    EXPECT_FALSE(has(drawn, "class=\"summary\"")) << drawn;
  }
}

TEST_F(FormViewTest, SaysTheErrorsOfAFieldBesideItAndAtTheTop) {
  for (const Field& field : fields()) {
    const std::string id(field.id);
    const std::string drawn = page(field, "", {{id, "", "first <b>"}, {id, "", "second"}});
    EXPECT_TRUE(has(drawn, "aria-invalid=\"true\"")) << drawn;
    EXPECT_TRUE(has(drawn, id + "_error\"")) << drawn;
    EXPECT_TRUE(has(drawn, "id=\"" + id + "_error\"><p>first &lt;b&gt;</p><p>second</p></div>"))
        << drawn;
    EXPECT_TRUE(has(drawn, "<li><a href=\"#" + id + "\">second</a></li>")) << drawn;
  }
}

TEST_F(FormViewTest, LeavesTheErrorsOfOtherFieldsAlone) {
  const std::string drawn = page(field_named("phone"), "", {{"email", "", "wrong"}});
  EXPECT_FALSE(has(drawn, "aria-invalid")) << drawn;
  EXPECT_TRUE(has(drawn, "href=\"#email\"")) << drawn;
}

TEST_F(FormViewTest, ShowsWhatWasTypedButNoSecret) {
  for (const Field& field : fields()) {
    const std::string drawn = page(field, "\"><script>typed");
    EXPECT_FALSE(has(drawn, "\"><script>typed")) << drawn;
    const bool shown = field.shape == Shape::kInput && !field.is_secret();
    EXPECT_EQ(has(drawn, "script&gt;typed"), shown) << drawn;
  }
}

TEST_F(FormViewTest, MarksWhatWasChosen) {
  EXPECT_TRUE(has(page(field_named("institution"), "ahaki"),
                  "id=\"institution_ahaki\" name=\"institution\" value=\"ahaki\" checked>"));
  EXPECT_TRUE(has(page(field_named("judo_agreement"), "契"), "<option selected>契</option>"));
  EXPECT_TRUE(has(page(field_named("terms"), "agreed"), "value=\"agreed\" required checked>"));
  EXPECT_FALSE(has(page(field_named("terms"), "no"), " checked"));
}

TEST_F(FormViewTest, GivesABrowserTheMessagesOfWhatItFindsByItself) {
  Data data;
  show_possible_errors(data);
  const auto form = view_->render("form.tpl", data);
  ASSERT_TRUE(form);
  for (const Message& message : messages()) {
    const bool of_a_field = std::ranges::any_of(fields(), [&](const Field& field) {
      return message.code == std::string(field.name) + "_missing" ||
             message.code == std::string(field.name) + "_format";
    });
    if (!of_a_field) continue;
    EXPECT_TRUE(has(*form, std::string(message.text))) << message.code;
  }
  EXPECT_TRUE(has(*form, "<li data-problem=\"missing\"><a href=\"#family_name\">")) << *form;
}

// A field of a mould and the same field of the template, for whatever people enter.
TEST_F(FormViewTest, AMouldDrawsWhatTheTemplateDraws) {
  std::string all_bytes;
  for (int byte = 1; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  const std::string values[] = {"",
                                "judo",
                                "ahaki",
                                "契",
                                "協",
                                "agreed",
                                "山田 髙",
                                "a\tb\nc",
                                "<\"&'>{{VALUE}}{TELEPHONE}\x02"
                                "0\x03",
                                all_bytes};
  FieldMoulds moulds;
  for (int round = 0; round < 2; ++round) {
    for (const Field& field : fields()) {
      const std::string id(field.id);
      const std::vector<FieldError> none;
      const std::vector<FieldError> one = {{id, "", "「<{」は、{TELEPHONE}まで"},
                                           {"other", "", "x"}};
      const std::vector<FieldError> three = {{id, "", "a"}, {id, "", "{"}, {id, "", "{TELEPHONE}"}};
      for (const auto& errors : {none, one, three}) {
        for (const std::string& value : values) {
          const auto drawn = moulds.draw(*view_, field, value, errors);
          ASSERT_TRUE(drawn);
          EXPECT_EQ(drawn->text(), field_of(field, value, errors)) << field.name << " " << value;
        }
      }
    }
  }
}

// Below the field, so that labels and fields of one row stand in line.
TEST_F(FormViewTest, ExplainsAPartOfTheNumberBelowItsField) {
  const std::string drawn = page(field_named("judo_suffix1"), "");
  EXPECT_TRUE(has(drawn, "をご入力ください。<br>例) 7</p>")) << drawn;
  EXPECT_LT(drawn.find(" id=\"judo_suffix1\" name="), drawn.find("id=\"judo_suffix1_help\""));
  EXPECT_TRUE(has(page(field_named("ahaki_number"), ""), "<br>例) 01234567</p>"));
  EXPECT_FALSE(has(page(field_named("judo_agreement"), ""), "例) ")) << "it is chosen from a list";
  EXPECT_TRUE(has(page(field_named("judo_agreement"), ""), "協または契をお選びください。</p>"));
}

}  // namespace
}  // namespace portal
