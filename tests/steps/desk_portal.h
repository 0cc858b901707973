// What the tests of the desk share: staff, cases, and how a page is asked for as people do.
#pragma once

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/database/mail/mail_addresses.h"
#include "core/database/mail/outbox.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
#include "core/security/token.h"
#include "desk/actions.h"
#include "desk/desk.h"
#include "steps/member.h"

namespace portal::testing_portal {

inline constexpr std::string_view kStaffName = "suzuki";
inline constexpr std::string_view kSupervisorName = "sato";

class DeskPortal : public MemberTest {
 protected:
  DeskPortal() {
    site_.frame = kDeskFrame;
    EXPECT_TRUE(site_.settings.set("desk.staff", "suzuki, 田中"));
    EXPECT_TRUE(site_.settings.set("desk.supervisors", "sato,"));
    desk_.log_in_as(std::string(kStaffName));
  }

  // The registration form of this clinic and address, and OK.
  Registration apply(std::string_view email = kEmail) {
    site_.frame = {};
    Browser browser(site_);
    const Registration registration = sign_up(browser, with(judo_form(), {{"email", email}}));
    site_.frame = kDeskFrame;
    return registration;
  }

  Response search(std::string_view typed) {
    return desk_.post(step_, "/desk/", form_of({{"q", typed}}));
  }
  // The page that a search leads to.
  Response found(std::string_view typed) { return follow(search(typed)); }
  Response follow(const Response& response) {
    EXPECT_EQ(response.status, 303) << response.body;
    place_ = header(response, "Location");
    return desk_.get(step_, place_);
  }
  // ?search=… of the page that was shown last.
  std::string searched() const { return place_.substr(place_.find('?')); }

  Response show(std::string_view record) {
    return desk_.post(step_, "/desk/show" + searched(), form_of({{"record", record}}));
  }
  std::string action_url(DeskAction action, std::string_view record) const {
    return std::string("/desk/action")
        .append(searched().substr(0, searched().find('&')))
        .append("&do=")
        .append(row_of(action).code)
        .append("&record=")
        .append(record);
  }
  // The form of the page to check, as the browser sends it when its button is pressed.
  Form form_on(const Response& page) {
    Form form;
    static const std::regex input("<input[^>]* name=\"([a-z]+)\"[^>]* value=\"([^\"]*)\"");
    const std::string& text = page.body;
    for (std::sregex_iterator i(text.begin(), text.end(), input), end; i != end; ++i) {
      form.set((*i)[1].str(), (*i)[2].str());
    }
    return form;
  }
  // Opens the page of the action, fills it in and presses its button.
  Response act(DeskAction action, std::string_view record, const Entries& entries = {}) {
    const std::string url = action_url(action, record);
    Form form = with(form_on(desk_.get(step_, url)), {{"reason", "電話で確認"}});
    form = with(form, entries);
    form.set("step", "do");
    return desk_.post(step_, url, form);
  }

  // Clicks at the same moment, which several threads or machines answer: where they lead to.
  std::vector<std::string> press_at_once(const std::string& url, const Form& form) {
    std::vector<std::string> places(4);
    std::vector<std::jthread> clicks;
    for (std::string& place : places) {
      clicks.emplace_back([&] {
        Browser browser = desk_;
        place = header(browser.post(step_, url, form), "Location");
      });
    }
    clicks.clear();  // waits for each
    return places;
  }

  std::vector<AuditRow> of_actor(std::string_view name) {
    AuditFilter filter;
    filter.actor = name;
    return on_database([&](Connection& connection) { return Audit(connection).list(filter); });
  }
  std::vector<std::string> event_names(std::string_view actor) {
    std::vector<std::string> names;
    for (const AuditRow& row : of_actor(actor)) names.push_back(row.event);
    std::ranges::sort(names);
    return names;
  }

  DeskStep step_{site_};
  Browser desk_{site_};
  std::string place_;
};

}  // namespace portal::testing_portal
