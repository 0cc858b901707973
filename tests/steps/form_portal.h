// What the tests of the form step share: the form, OK, and the errors that the page should list.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "complete/complete.h"
#include "core/security/token.h"
#include "form/form.h"
#include "steps/portal.h"

namespace portal::testing_portal {

inline constexpr std::string_view kTimeIsOver = "時間が過ぎました。まだ登録されていません";

inline Form without_passwords(Form form) {
  form.set("password", "");
  form.set("password_confirmation", "");
  return form;
}

class FormTest : public PortalTest {
 protected:
  // OK.
  Registration complete() {
    CompleteStep complete_step(site_);
    EXPECT_EQ(browser_.post(complete_step, "/register/complete", {}).status, 303);
    const auto hash = token_hash(browser_.cookies().at("signup"));
    return *on_database(
        [&](Connection& connection) { return Registrations(connection).find_by_signup(hash); });
  }
  // As the page should list them, each by its field and its code.
  static std::vector<LinkedError> errors(
      std::initializer_list<std::pair<std::string_view, std::string_view>> codes) {
    std::vector<LinkedError> listed;
    for (const auto& [field, code] : codes) {
      std::string text = field_error(field, code).message;
      for (const auto* fact_name : {"TELEPHONE_COST", "TELEPHONE"}) {
        const std::string place = "{" + std::string(fact_name) + "}";
        const auto at = text.find(place);
        if (at != std::string::npos) text.replace(at, place.size(), fact(fact_name));
      }
      listed.push_back({std::string(field), text});
    }
    return listed;
  }
  FormStep step_{site_};
  Browser browser_{site_};
};

}  // namespace portal::testing_portal
