// portalctl check, of the desk: off, its site, and who may come in. Where its socket is there and
// nobody may come in: webservers/desk.sh.
#include <string>

#include "check.h"

namespace portalctl_test {
namespace {

TEST_F(Check, TheDeskIsOffUntilSomebodyMayComeIn) {
  expect(check(), "n/a ", "desk", "it is off: desk.staff and desk.supervisors are empty");
  expect(check("desk.staff = ,\n"), "n/a ", "desk", "it is off");
}

TEST_F(Check, TheDeskHasASiteAndPeopleOfItsOwn) {
  const std::string long_name(65, 'a');
  const struct {
    const char* label;
    std::string lines;
    const char* word;
    const char* words;
  } cases[] = {
      {"staff alone", "desk.staff = sato, suzuki\n", "ok ", "2 staff, 0 supervisors at http://127"},
      {"a supervisor alone", "desk.supervisors = tanaka\n", "ok ", "0 staff, 1 supervisors"},
      {"names that never come, one in both lists",
       "desk.staff = nobody,sato\ndesk.supervisors = sato\n", "ok ", "2 staff, 1 supervisors"},
      {"an address for a name", "desk.staff = sato@clinic.example, 佐藤\n", "ok ", "2 staff"},
      {"a comma was forgotten", "desk.staff = sato suzuki\n", "warning",
       "desk.staff: \"sato suzuki\" is one name with a blank in it"},
      {"a comma was forgotten", "desk.supervisors = a, b c\n", "warning",
       "desk.supervisors: \"b c\" is one name"},
      {"a colon", "desk.staff = web:sato\n", "FAULT", "\"web:sato\" can be nobody's name"},
      {"too long", "desk.staff = " + long_name + "\n", "FAULT", "can be nobody's name"},
      {"the public site's address",
       "desk.staff = sato\nsite.base_url = http://127.0.0.1:8080\n"
       "desk.base_url = http://127.0.0.1:8080\n",
       "FAULT", "is the address of the public site"},
      {"the same, in other words",
       "desk.staff = sato\nsite.base_url = https://portal.example.jp\n"
       "desk.base_url = https://PORTAL.example.jp:443\n",
       "FAULT", "is the address of the public site"},
      {"another port of the same name",
       "desk.staff = sato\nsite.base_url = https://portal.example.jp\n"
       "desk.base_url = https://portal.example.jp:8443\n",
       "ok ", "https://portal.example.jp:8443"},
      {"in the clear", "desk.staff = sato\ndesk.base_url = http://desk.portal.example.jp\n",
       "FAULT", "travel in the clear: https"},
  };
  for (const auto& test : cases) {
    SCOPED_TRACE(test.label);
    const Ran ran = check(test.lines);
    const std::string lines = lines_of(ran, "desk");
    EXPECT_NE(lines.find(test.word), std::string::npos) << lines << ran.error;
    expect_has(lines, test.words);
  }
}

}  // namespace
}  // namespace portalctl_test
