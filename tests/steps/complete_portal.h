// What the tests of the complete step share: the form before it, and what becomes of its mails.
#pragma once

#include <vector>

#include "complete/complete.h"
#include "core/database/engine/connection.h"
#include "form/form.h"
#include "steps/portal.h"

namespace portal::testing_portal {

class CompleteTest : public PortalTest {
 protected:
  std::vector<OutboxRow> mails() {
    return on_database(
        [&](Connection& connection) { return Outbox(connection).lease("test", now_, 1, 100); });
  }
  // What became of the newest mail.
  template <class F>
  void settle(const F& mark) {
    const auto mail = mails();
    ASSERT_FALSE(mail.empty());
    EXPECT_TRUE(on_database([&](Connection& connection) {
      Outbox outbox(connection);
      return mark(outbox, mail.back().id);
    }));
  }
  void come_back() {
    settle([&](Outbox& o, const std::string& id) { return o.mark_sent(id, "test", now_, "250"); });
    on_database([&](Connection& connection) {
      Outbox outbox(connection);
      for (const auto& mail : outbox.list({})) outbox.mark_bounced(mail.id, now_, "5.1.1 unknown");
      return Done{};
    });
  }
  // A refused OK leaves no trace but the draft.
  void expect_nothing_made() {
    EXPECT_EQ(count("registration"), 0);
    EXPECT_EQ(count("outbox"), 0);
    EXPECT_EQ(count("draft"), 1);
    EXPECT_EQ(browser_.cookies().count("signup"), 0U);
  }
  FormStep form_{site_};
  CompleteStep step_{site_};
  Browser browser_{site_};
};

}  // namespace portal::testing_portal
