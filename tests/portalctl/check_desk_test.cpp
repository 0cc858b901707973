// portalctl check, of the desk: off, its site, and who may come in. Where its socket is there and
// nobody may come in: webservers/desk.sh.
#include <string>
#include <vector>

#include "check.h"

namespace portalctl_test {
namespace {

TEST_F(Check, TheDeskIsOffUntilSomebodyMayComeIn) {
  expect(check("desk.staff = ,\n"), "n/a ", "desk",
         "it is off: desk.staff and desk.supervisors are empty");
}

// A look takes some seconds, so that one case has several mistakes.
TEST_F(Check, TheDeskHasASiteAndPeopleOfItsOwn) {
  const struct {
    const char* label;
    std::string lines;
    const char* word;
    std::vector<const char*> words;
  } cases[] = {
      {"names that never come, one in both lists, addresses, another port of the public name",
       "desk.staff = nobody,sato, sato@clinic.example, 佐藤\ndesk.supervisors = sato\n"
       "site.base_url = https://portal.example.jp\ndesk.base_url = "
       "https://portal.example.jp:8443\n",
       "ok ",
       {"4 staff, 1 supervisors at https://portal.example.jp:8443"}},
      {"a comma was forgotten, a colon, too long",
       "desk.staff = sato suzuki,web:sato\ndesk.supervisors = a, b c," + std::string(65, 'a') +
           "\n",
       "FAULT",
       {"desk.staff: \"sato suzuki\" is one name with a blank in it",
        "desk.supervisors: \"b c\" is one name", "\"web:sato\" can be nobody's name",
        "aaaa\" can be nobody's name"}},
      {"the public site's address, in other words",
       "desk.staff = sato\nsite.base_url = https://portal.example.jp\n"
       "desk.base_url = https://PORTAL.example.jp:443\n",
       "FAULT",
       {"is the address of the public site"}},
      {"in the clear",
       "desk.supervisors = sato\ndesk.base_url = http://desk.portal.example.jp\n",
       "FAULT",
       {"travel in the clear: https"}},
  };
  for (const auto& test : cases) {
    SCOPED_TRACE(test.label);
    const Ran ran = check(test.lines);
    const std::string lines = lines_of(ran, "desk");
    EXPECT_NE(lines.find(test.word), std::string::npos) << lines << ran.error;
    for (const char* words : test.words) expect_has(lines, words);
  }
}

}  // namespace
}  // namespace portalctl_test
