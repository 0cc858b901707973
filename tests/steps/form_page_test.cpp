// The form's page is made of parts that are kept. Whatever was drawn before, and by whichever
// thread, the same input gives the same bytes, and nobody's entries are in another one's page.
#include "form/form_page.h"

#include <map>
#include <thread>

#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

// Everything of this person's that a form may show, wrong and right.
Form entries_named(const std::string& name, const std::string& institution) {
  Form form;
  for (const Field& field : fields()) {
    if (!field.choices.empty() || field.is_secret()) continue;
    form.set(field.name, name + " <\"" + std::string(field.name));
  }
  form.set("institution", institution);
  return form;
}

class FormPageTest : public PortalTest {
 protected:
  FormPageTest() {
    const auto number = a_number("契0123456-7-8");
    const FieldError phone{"phone", "phone_format", "電話番号「<あ>」は{TELEPHONE}まで"};
    const FieldError email{"email", "email_missing", "メールアドレス"};
    const FieldError password{"password", "password_too_short", "短い"};
    const FieldError more{"password", "password_no_digit", "数字"};
    Clinic clinic;
    clinic.name = "あおい<整骨院>";
    clinic.number = number;
    shown_["blank"] = {200, {}};
    shown_["refused"] = {422,
                         {.summary = {.errors = {phone, email, password, more}},
                          .is_kept = true,
                          .entries = entries_named("aoi", "judo"),
                          .password = PasswordAsked::kAgain,
                          .clinic = clinic}};
    shown_["refused with the draft's password"] = {422,
                                                   {.summary = {.errors = {email}},
                                                    .is_kept = true,
                                                    .entries = entries_named("beni", "ahaki"),
                                                    .password = PasswordAsked::kKept}};
    shown_["waiting"] = {422,
                         {.summary = {.errors = {phone}},
                          .is_kept = true,
                          .entries = entries_named("chie", "judo"),
                          .waits_for = number}};
    shown_["registered"] = {200,
                            {.is_registered = true,
                             .entries = entries_named("daichi", "judo"),
                             .password = PasswordAsked::kAgain,
                             .focus = "email"}};
    shown_["busy"] = {503,
                      {.summary = {.heading = "混雑", .text = "のちほど"},
                       .entries = entries_named("emi", "judo")}};
    // Each by a page of its own: no other has drawn before.
    for (const auto& [name, input] : shown_) {
      FormPage fresh(site_);
      expected_[name] = fresh.draw(input.first, input.second).body;
    }
  }

  using Input = std::pair<int, Shown>;
  std::map<std::string, Input> shown_;
  std::map<std::string, std::string> expected_;
};

TEST_F(FormPageTest, ShowsOnesOwnEntriesAndNobodyElses) {
  const std::map<std::string, std::string> names = {{"refused", "aoi"},
                                                    {"refused with the draft's password", "beni"},
                                                    {"waiting", "chie"},
                                                    {"registered", "daichi"},
                                                    {"busy", "emi"}};
  for (const auto& [page, text] : expected_) {
    for (const auto& [whose, name] : names) {
      EXPECT_EQ(text.find("value=\"" + name + " &lt;&quot;family_name\"") != std::string::npos,
                page == whose)
          << page << ": " << name;
    }
    EXPECT_NE(text.find("</html>"), std::string::npos) << page;
    EXPECT_EQ(text.find_first_of("\x02\x03"), std::string::npos) << page << " has an open place";
  }
  EXPECT_NE(expected_["refused"].find("<dd id=\"clinic_name\">あおい&lt;整骨院&gt;</dd>"),
            std::string::npos);
  EXPECT_NE(expected_["blank"].find("<dd id=\"clinic_name\"></dd>"), std::string::npos);
}

TEST_F(FormPageTest, DrawsTheSameBytesWhateverWasDrawnBefore) {
  FormPage page(site_);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      std::vector<std::string> order;
      for (const auto& [name, input] : shown_) order.push_back(name);
      for (std::size_t i = 0; i < 60; ++i) {
        const std::string& name = order[(i * (thread + 1) + thread) % order.size()];
        const auto& [status, input] = shown_.at(name);
        const Response response = page.draw(status, input);
        ASSERT_EQ(response.status, status);
        ASSERT_EQ(response.body, expected_.at(name)) << name;
        if (thread == 0 && i % 20 == 0) {
          ASSERT_TRUE(site_.view->reload());
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace portal::testing_portal
