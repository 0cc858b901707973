// The list of common passwords that is shipped, and what is said of a file that cannot be read.
#include "core/responder/blocklist_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "core/registration/application.h"
#include "core/registration/fields.h"
#include "support/applications.h"

namespace portal {
namespace {

constexpr auto kShipped = PORTAL_SOURCE_DIR "/conf/password-blocklist.txt";

std::vector<std::string> problems_of(const std::string& password, const PasswordBlocklist& list) {
  Form form;
  form.set("password", password);
  form.set("password_confirmation", password);
  std::vector<std::string> codes;
  for (const FieldError& error : check_new_password(form, list)) codes.push_back(error.code);
  return codes;
}

TEST(BlocklistFile, RefusesWhatManyPeopleChoose) {
  const auto file = BlocklistFile::load(kShipped);
  ASSERT_TRUE(file) << file.error().message;
  const auto list = (*file)->list();
  const std::vector<std::string> common = {"password_common"};
  for (const auto* const password :
       {"Password1", "Passw0rd", "Qwerty123", "Abcd1234", "Aa123456", "1Qaz2wsx", "1qaz2wsxE",
        "P@ssw0rd", "Welcome1", "Admin123", "Iloveyou1", "Sakura123", "Tanaka1234", "Shinkyu123",
        "Portal2025", "Sekkotsuin1", "Asdfghjkl1", "ZAQ12wsx", "Password2025"}) {
    EXPECT_EQ(problems_of(password, *list), common) << password;
  }
}

TEST(BlocklistFile, HasThousandsThatMeetTheRulesOtherwise) {
  const auto file = BlocklistFile::load(kShipped);
  ASSERT_TRUE(file) << file.error().message;
  const auto list = (*file)->list();
  EXPECT_GT(list->size(), 3000U);
  std::ifstream lines(kShipped);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    // Its first letter in upper case, the others in lower case.
    const auto letter = line.find_first_of("abcdefghijklmnopqrstuvwxyz");
    ASSERT_NE(letter, std::string::npos) << line;
    line[letter] = static_cast<char>(line[letter] - 'a' + 'A');
    ASSERT_EQ(problems_of(line, *list), std::vector<std::string>{"password_common"}) << line;
  }
}

TEST(BlocklistFile, LeavesThePasswordsOfOurOwnExamples) {
  const auto file = BlocklistFile::load(kShipped);
  ASSERT_TRUE(file) << file.error().message;
  for (const Form& form : {testing_portal::judo_form(), testing_portal::ahaki_form(),
                           example_form(Institution::kJudo), example_form(Institution::kAhaki)}) {
    EXPECT_TRUE(check_application(form, *(*file)->list()).application) << form.get("password");
  }
  for (const auto* const password : {"Passw0rdX", "Correct4Horse Battery", "みなとseikotsuIn7"}) {
    EXPECT_TRUE(problems_of(password, *(*file)->list()).empty()) << password;
  }
}

TEST(BlocklistFile, IsNamedWhenItCannotBeRead) {
  const struct {
    const char* path;
    const char* said;
  } cases[] = {
      {"/nonexistent/list", "No such file or directory"},
      {PORTAL_SOURCE_DIR, "Is a directory"},
  };
  for (const auto& c : cases) {
    const auto file = BlocklistFile::load(c.path);
    ASSERT_FALSE(file) << c.path;
    EXPECT_EQ(file.error().message, "password.blocklist = " + std::string(c.path) + ": " + c.said);
  }
  const auto none = BlocklistFile::load("");
  ASSERT_TRUE(none);
  EXPECT_EQ((*none)->list()->size(), 0U);
}

}  // namespace
}  // namespace portal
