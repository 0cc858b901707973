// What a new password must be, and the list of common ones.
#include "rule_cases.h"

namespace portal {
namespace {

TEST(Rules, CommonPasswords) {
  const auto list = PasswordBlocklist::parse("# a comment\npassword1\r\n\nQwerty123\n");
  ASSERT_TRUE(list);
  const Codes common = {"password_common"};
  const Case cases[] = {
      {"another case than in the list", "Password1", common},
      {"all but the same case", "pASSWORD1", common},
      {"the list's own capitals", "qWerty123", common},
      {"more than the listed one", "Password12", {}},
      {"what fails otherwise is not called common too", "password1", {"password_no_upper"}},
      {"a comment is no password", "# a comment", {"password_no_upper", "password_no_digit"}},
  };
  for (const auto& c : cases) {
    const Form form =
        with(judo_form(), {{"password", c.value}, {"password_confirmation", c.value}});
    EXPECT_EQ(codes_of(check_application(form, *list).errors), c.codes) << c.label;
    EXPECT_EQ(codes_of(check_new_password(form, *list)), c.codes) << c.label;
    const bool right_otherwise = c.codes.empty() || c.codes == common;
    EXPECT_EQ(check_application(form).application.has_value(), right_otherwise) << c.label;
  }
}

TEST(Blocklist, IsReadLineByLine) {
  const auto list = PasswordBlocklist::parse("\uFEFF# made by hand\r\nÄbcd1234\r\n\nlast1234");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->size(), 2U);
  EXPECT_TRUE(list->contains("ÄBCD1234"));
  EXPECT_FALSE(list->contains("äbcd1234")) << "only ASCII letters have two cases";
  EXPECT_TRUE(list->contains("Last1234"));
  for (const auto* const other : {"", "last123", "last12345", "\n", "# made by hand"}) {
    EXPECT_FALSE(list->contains(other)) << other;
  }
  EXPECT_FALSE(PasswordBlocklist::parse("")->contains(""));
  const auto broken = PasswordBlocklist::parse("Good1234\nb\xE4 12345");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().message, "line 2 is not UTF-8");
}

TEST(Rules, Password) {
  // Both fields alike: a password's problems say nothing about the confirmation.
  const std::vector<Case> cases = {
      {"8 characters", "Passw0rd", {}},
      {"100 characters", "Aa1" + repeated("x", 97), {}},
      {"8 with Japanese", "Aa1髙﨑𠮷あい", {}},
      {"100 with 4 bytes each", "Aa1" + repeated("𠮷", 97), {}},
      {"spaces, also around", " Aa1    ", {}},
      {"ideographic spaces around", "\u3000\u3000Aa1xyz\u3000", {}},
      {"signs", "Aa1!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", {}},
      {"emoji", "Aa1👨\u200D👩\u200D👧", {}},
      {"flag of tags", "Aa1xyz🏴\U000E0067\U000E0062\U000E007F", {}},
      {"combining marks count", "Aa1か\u3099き\u3099", {"password_too_short"}},
      {"7 characters", "Passw0r", {"password_too_short"}},
      {"7 characters of 4 bytes", "Aa1𠮷𠮷𠮷𠮷", {"password_too_short"}},
      {"101 characters", "Aa1" + repeated("x", 98), {"password_too_long"}},
      {"101 with 3 bytes each", "Aa1" + repeated("髙", 98), {"password_too_long"}},
      {"no upper", "passw0rd", {"password_no_upper"}},
      {"no lower", "PASSW0RD", {"password_no_lower"}},
      {"no digit", "Password", {"password_no_digit"}},
      {"full-width ones do not count",
       "Ａａ１ＡＡａａ１",
       {"password_no_upper", "password_no_lower", "password_no_digit"}},
      {"letters with marks do not count", "ÀÉÎé12345", {"password_no_upper", "password_no_lower"}},
      {"tab", "Passw0rd\t", {"password_control"}},
      {"line break", "Passw0rd\n", {"password_control"}},
      {"delete", "Passw0rd\x7F", {"password_control"}},
      {"next line", "Passw0rd\u0085", {"password_control"}},
      {"line separator", "Passw0rd\u2028", {"password_control"}},
      {"all but too long",
       "\t",
       {"password_too_short", "password_no_upper", "password_no_lower", "password_no_digit",
        "password_control"}},
      {"all but too short",
       repeated("\t", 101),
       {"password_too_long", "password_no_upper", "password_no_lower", "password_no_digit",
        "password_control"}},
  };
  for (const auto& c : cases) {
    const Form form =
        with(judo_form(), {{"password", c.value}, {"password_confirmation", c.value}});
    const auto checked = check_application(form);
    EXPECT_EQ(codes_of(checked.errors), c.codes) << c.label;
    EXPECT_EQ(codes_of(check_new_password(form)), c.codes) << c.label;
    if (checked.application) {
      EXPECT_EQ(checked.application->password.view(), c.value) << c.label;
    }
    for (const auto& error : checked.errors) EXPECT_EQ(error.field, "password") << c.label;
  }
}

TEST(Rules, PasswordConfirmation) {
  const Codes mismatch = {"password_confirmation_mismatch"};
  const Form form =
      with(judo_form(), {{"password", "Passw0rd"}, {"password_confirmation", "Passw0rd"}});
  expect_codes(form, "password_confirmation",
               {
                   {"equal", "Passw0rd", {}},
                   {"empty", "", {"password_confirmation_missing"}},
                   {"another", "Passw0rd1", mismatch},
                   {"another case", "passw0rd", mismatch},
                   {"space after", "Passw0rd ", mismatch},
                   {"full-width", "Ｐassw0rd", mismatch},
               });
  const Form composed = with(
      judo_form(), {{"password", "Passw0rdが"}, {"password_confirmation", "Passw0rdか\u3099"}});
  EXPECT_EQ(codes_of(check_application(composed).errors), mismatch) << "never normalised";
  const Form only_confirmed = with(judo_form(), {{"password", ""}});
  EXPECT_EQ(codes_of(check_application(only_confirmed).errors),
            (Codes{"password_missing", "password_confirmation_mismatch"}));
}

}  // namespace
}  // namespace portal
