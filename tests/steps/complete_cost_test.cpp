// What a registration costs the database, on both: no statement is compiled in the steady state,
// and only so many are executed. On PostgreSQL each one is a round trip. And that its pages are not
// rendered again for each person.
#include <sqlite3.h>

#include "complete/complete.h"
#include "confirm/confirm.h"
#include "core/base/activity.h"
#include "core/database/engine/sqlite_files.h"
#include "core/database/schema/inspection.h"
#include "core/journal/admission.h"
#include "form/form.h"
#include "steps/portal.h"
#include "support/system_calls.h"

namespace portal::testing_portal {
namespace {

class CompleteCostTest : public PortalTest {
 protected:
  // The looks at the schema depend on the time.
  CompleteCostTest() {
    site_.database = std::make_unique<Database>(site_.settings, Durability::kFull, 1,
                                                Database::kPatience, kNoSchemaNeeded);
  }
  void expect_cost(std::string_view what, const Browser& browser, std::uint64_t statements) {
    EXPECT_EQ(browser.cost().compiled, 0U) << what;
    EXPECT_LE(browser.cost().executed, statements) << what;
  }
  // From the blank form to 申請完了画面.
  void go(bool steady) {
    Browser browser(site_);
    const auto expect = [&](std::string_view what, std::uint64_t statements) {
      if (steady) expect_cost(what, browser, statements);
    };
    browser.get(form_, "/register");
    expect("form", 0);
    Form wrong = judo_form();
    wrong.set("phone", "1");
    EXPECT_EQ(browser.post(form_, "/register", wrong).status, 422);
    expect("a form that is refused", 1);
    EXPECT_EQ(browser.post(form_, "/register", judo_form()).status, 303);
    expect("a form that is accepted", 9);  // 7, but for one of 32
    EXPECT_EQ(browser.get(confirm_, "/register/confirm").status, 200);
    expect("confirm", 2);
    EXPECT_EQ(browser.post(complete_, "/register/complete", Form()).status, 303);
    expect("OK", 9);
    EXPECT_EQ(browser.get(complete_, "/register/complete").status, 200);
    expect("complete", 3);
  }
  FormStep form_{site_};
  ConfirmStep confirm_{site_};
  CompleteStep complete_{site_};
};

TEST_F(CompleteCostTest, IsTheSameFewStatementsEachTime) {
  for (int i = 0; i < 3; ++i) go(false);
  on_database([](Connection& connection) {  // one draft of 32 asks this, too
    bound_drafts(connection, "127.0.0.1", 0);
    return Done{};
  });
  go(true);
}

TEST_F(CompleteCostTest, RendersNoTemplateAgain) {
  const auto time_of_rendering = [] { return Activity::here().spent(Activity::Kind::kRender); };
  const auto go_without_mistake = [&] {
    Browser browser(site_);
    browser.get(form_, "/register");
    browser.post(form_, "/register", judo_form());
    EXPECT_EQ(browser.get(confirm_, "/register/confirm").status, 200);
    browser.post(complete_, "/register/complete", Form());
    EXPECT_EQ(browser.get(complete_, "/register/complete").status, 200);
  };
  go_without_mistake();
  const auto before = time_of_rendering();
  EXPECT_GT(before.count(), 0);
  go_without_mistake();
  EXPECT_EQ(time_of_rendering(), before);
}

// SQLite writes a page of the log for each page that a transaction touches.
TEST_F(CompleteCostTest, IsFewPagesOfTheLog) {
  if (OwnDatabase::on_postgresql()) GTEST_SKIP() << "of SQLite's log";
  const auto frames = [&] {
    return on_database([](Connection& c) { return index_of(c.files().session())->frames; });
  };
  for (int i = 0; i < 3; ++i) go(false);
  Browser browser(site_);
  const auto expect_frames = [&](std::string_view what, std::uint32_t most, Step& step,
                                 std::string_view url, const Form& form) {
    const auto before = frames();
    browser.post(step, url, form);
    EXPECT_LE(frames() - before, most) << what;
  };
  // With their rows of the timeline.
  expect_frames("a form that is refused", 8, form_, "/register",
                with(judo_form(), {{"phone", "1"}}));
  expect_frames("a form that is accepted", 14, form_, "/register", judo_form());
  expect_frames("OK", 30, complete_, "/register/complete", {});
}

// What is needed only until a statement ends is a page or two, and not twenty at once.
TEST_F(CompleteCostTest, IsLittleMemory) {
  if (OwnDatabase::on_postgresql()) GTEST_SKIP() << "of SQLite";
  for (int i = 0; i < 3; ++i) go(false);
  Browser browser(site_);
  const auto expect_memory = [&](std::string_view what, sqlite3_int64 most, Step& step,
                                 std::string_view url, const Form& form) {
    sqlite3_memory_highwater(1);
    const auto before = sqlite3_memory_used();
    browser.post(step, url, form);
    EXPECT_LE(sqlite3_memory_highwater(0) - before, most) << what;
  };
  expect_memory("a form that is accepted", 128L * 1024, form_, "/register", judo_form());
  expect_memory("OK", 84L * 1024, complete_, "/register/complete", {});
}

// Pages go into the log together (core/database/engine/sqlite_log_writes.h): eight at most, so how
// many writes that takes depends a little on how the tables lie. And a line is logged.
TEST_F(CompleteCostTest, IsFewWrites) {
  if (OwnDatabase::on_postgresql()) GTEST_SKIP() << "of SQLite's log";
  if (!system_calls()) GTEST_SKIP() << "this kernel does not count";
  for (int i = 0; i < 3; ++i) go(false);
  Browser browser(site_);
  const auto before_form = system_calls()->writes;
  EXPECT_EQ(browser.post(form_, "/register", judo_form()).status, 303);
  EXPECT_LE(system_calls()->writes - before_form, 6U);
  const auto before_ok = system_calls()->writes;
  EXPECT_EQ(browser.post(complete_, "/register/complete", Form()).status, 303);
  EXPECT_LE(system_calls()->writes - before_ok, 9U);
}

}  // namespace
}  // namespace portal::testing_portal
