// The desk: who may come in.
#include "desk/desk.h"

#include "core/base/log.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

class DeskTest : public PortalTest {
 protected:
  DeskTest() {
    site_.frame = kDeskFrame;
    EXPECT_TRUE(site_.settings.set("desk.staff", "suzuki, 田中"));
    EXPECT_TRUE(site_.settings.set("desk.supervisors", "sato,"));
  }

  DeskStep step_{site_};
  Browser browser_{site_};
};

struct Visitor {
  std::string name;
  int status;
};

TEST_F(DeskTest, LetsInWhoIsListedAndTellsOthersWhomToAsk) {
  const std::vector<Visitor> visitors = {
      {"suzuki", 200},
      {"sato", 200},
      {"田中", 200},
      {"", 403},
      {"Suzuki", 403},
      {"suzuk", 403},
      {"suzuki, 田中", 403},
      {"suzuki:x", 403},
      {"web:member", 403},
      {" ", 403},
      {"a\tb", 403},
      {"\xff", 403},
      {std::string(65, 'a'), 403},
      {"nobody", 403},
  };
  for (const auto& [name, status] : visitors) {
    browser_.log_in_as(name);
    const Response response = browser_.get(step_, "/desk/");
    EXPECT_EQ(response.status, status) << name;
    EXPECT_EQ(status == 403, static_cast<bool>(shows(response, "次にすること"))) << name;
  }
  browser_.log_in_as("nobody");
  EXPECT_TRUE(shows(browser_.get(step_, "/desk/"), "<strong>nobody</strong>"));
  EXPECT_TRUE(shows(browser_.get(step_, "/desk/"), "desk.staff"));
}

// The desk's site has nothing else, so the web server hands on every URL.
TEST_F(DeskTest, LeadsFromTheTopOfItsSiteToTheSearch) {
  browser_.log_in_as("suzuki");
  for (const auto* top : {"/", "/desk"}) {
    EXPECT_EQ(header(browser_.get(step_, top), "Location"), "/desk/") << top;
  }
  EXPECT_EQ(browser_.get(step_, "/nothing").status, 404);
  browser_.log_in_as("nobody");
  EXPECT_EQ(browser_.get(step_, "/").status, 403);
}

TEST_F(DeskTest, NobodyIsListedByDefault) {
  const Settings defaults;
  for (const auto* name : {"", "root", "suzuki"}) {
    EXPECT_FALSE(find_member(defaults, name)) << name;
  }
}

TEST_F(DeskTest, TellsTheLogOfAMissingNameOnceAMinute) {
  const auto told = [] { return log::counts()["remote_user_missing"]; };
  browser_.log_in_as("");
  const auto before = told();
  for (int i = 0; i < 5; ++i) browser_.get(step_, "/desk/");
  EXPECT_EQ(told(), before + 1);
  now_ += kMinute;
  browser_.get(step_, "/desk/");
  EXPECT_EQ(told(), before + 2);
}

}  // namespace
}  // namespace portal::testing_portal
