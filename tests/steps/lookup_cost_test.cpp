// What a look-up costs the database, on both: one statement, which is compiled once.
#include "core/database/schema/inspection.h"
#include "lookup/lookup.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

TEST_F(PortalTest, ALookUpIsOneStatement) {
  // The looks at the schema depend on the time.
  site_.database = std::make_unique<Database>(site_.settings, Durability::kFull, 1,
                                              Database::kPatience, kNoSchemaNeeded);
  LookupStep lookup(site_);
  Browser browser(site_);
  const std::string url =
      "/register/clinic?judo_agreement=%E5%A5%91&judo_number=0123456&judo_suffix1=7&judo_suffix2=8";
  EXPECT_EQ(browser.get(lookup, url).status, 200);
  EXPECT_EQ(browser.get(lookup, url).status, 200);
  EXPECT_EQ(browser.cost().compiled, 0U);
  EXPECT_EQ(browser.cost().executed, 1U);
}

}  // namespace
}  // namespace portal::testing_portal
