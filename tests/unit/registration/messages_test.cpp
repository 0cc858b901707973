// The table of messages: complete, without strangers, and each one fit to stand on a screen.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "core/registration/fields.h"
#include "core/text/text.h"
#include "forms.h"

namespace portal {
namespace {

// What only a database finds: the steps say these.
constexpr std::array<std::string_view, 7> kOfTheDatabase = {
    "not_in_roster",          "clinic_taken",    "login_refused", "current_password_missing",
    "current_password_wrong", "session_missing", "email_same"};

bool is_of_the_database(std::string_view code) {
  return std::ranges::find(kOfTheDatabase, code) != kOfTheDatabase.end();
}

// The field whose name begins the code; the longest, because `password` begins another's too.
const Field* field_of(std::string_view code) {
  const Field* longest = nullptr;
  for (const Field& field : fields()) {
    const bool fits = code.starts_with(std::string(field.name) + "_");
    if (fits && (longest == nullptr || field.name.size() > longest->name.size())) longest = &field;
  }
  return longest;
}

TEST(Messages, HaveEachCodeOnce) {
  std::set<std::string_view> codes;
  for (const auto& message : messages()) {
    EXPECT_TRUE(codes.insert(message.code).second) << message.code;
    EXPECT_FALSE(message.code.empty());
  }
  for (const auto code : kOfTheDatabase) EXPECT_TRUE(codes.contains(code)) << code;
}

TEST(Messages, AreJapaneseSentences) {
  for (const auto& message : messages()) {
    EXPECT_TRUE(text::valid_utf8(message.text)) << message.code;
    EXPECT_TRUE(message.text.ends_with("。")) << message.code;
    EXPECT_FALSE(text::has_control(message.text)) << message.code;
    const auto foreign = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    EXPECT_GT(std::ranges::count_if(message.text, foreign), 3 * 8) << message.code;
  }
}

TEST(Messages, NameTheirFieldAndSayWhatToDo) {
  for (const auto& message : messages()) {
    if (is_of_the_database(message.code)) continue;
    const auto* const field = field_of(message.code);
    ASSERT_NE(field, nullptr) << message.code;
    EXPECT_NE(message.text.find(field->label), std::string_view::npos) << message.code;
    EXPECT_NE(message.text.find("ください"), std::string_view::npos) << message.code;
  }
}

TEST(Messages, DifferWithinAField) {
  std::set<std::string_view> texts;
  for (const auto& message : messages()) {
    EXPECT_TRUE(texts.insert(message.text).second) << message.code;
  }
}

TEST(Messages, OfTheDatabaseSayWhereToTurn) {
  const auto not_in_roster = field_error("judo_agreement", "not_in_roster").message;
  for (const auto* const part : {"一覧にありません", "受領委任通知書", "最大1か月程度"}) {
    EXPECT_NE(not_in_roster.find(part), std::string::npos) << part;
  }
  const auto clinic_taken = field_error("judo_agreement", "clinic_taken").message;
  for (const auto* const part : {"お問い合わせ先", "コールセンター", "{TELEPHONE}"}) {
    EXPECT_NE(clinic_taken.find(part), std::string::npos) << part;
  }
}

// Values of which each breaks some rule of some field.
std::set<std::string> codes_that_can_be_said() {
  const std::array<std::string, 13> values = {
      "",     "a",  "\t\t\tab", repeated("a", 300), "あ\x01", "Password1", "\uE000/",
      "a@b@", "a@", "a@b",      "a@b..jp",          "a@_",    "a b"};
  const auto blocklist = PasswordBlocklist::parse("password1");
  std::set<std::string> codes;
  for (const auto* const institution : {"judo", "ahaki", "", "x"}) {
    for (const auto& value : values) {
      Form form;
      for (const Field& field : fields()) form.set(field.name, value);
      form.set("institution", institution);
      form.set("password_confirmation", value.empty() ? value : value + "x");
      for (const auto& error : check_application(form, *blocklist).errors) codes.insert(error.code);
    }
  }
  return codes;
}

TEST(Messages, CanAllBeSaid) {
  const auto said = codes_that_can_be_said();
  for (const auto& message : messages()) {
    if (is_of_the_database(message.code)) continue;
    EXPECT_TRUE(said.contains(std::string(message.code))) << message.code;
  }
}

TEST(Messages, ErrorCarriesFieldCodeAndText) {
  const auto error = field_error("ahaki_number", "not_in_roster");
  EXPECT_EQ(error.field, "ahaki_number");
  EXPECT_EQ(error.code, "not_in_roster");
  const auto table = messages();
  const auto message = std::ranges::find(table, "not_in_roster", &Message::code);
  ASSERT_NE(message, table.end());
  EXPECT_EQ(error.message, message->text);
}

}  // namespace
}  // namespace portal
