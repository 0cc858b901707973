// What runs out is named, with what to do about it, by both databases in the same words.
#include <fcntl.h>
#include <sys/resource.h>

#include "core/base/descriptor.h"
#include "core/base/system_error.h"
#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

bool has_words(const Error& error, Shortage shortage) {
  return error.message.find(words_of(shortage)) != std::string::npos;
}

class ShortageTest : public EachDatabase {
 protected:
  bool on_postgresql() {
    return value(database->read([](Connection& c) { return c.is_postgresql(); }));
  }
};

TEST_P(ShortageTest, OfDisk) {
  const bool postgresql = on_postgresql();
  const auto done = database->write([&](Connection& c) {
    if (postgresql) {
      c.execute_once("DO $do$ BEGIN RAISE 'no room' USING ERRCODE = 'disk_full'; END $do$");
    } else {  // the file may not grow any more
      c.select("PRAGMA max_page_count = 1", 1);
      for (int i = 0; i < 1000; ++i) {
        Drafts(c).add({std::to_string(i), std::string(4096, 'x'), 1});
      }
    }
    return Done{};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kUnavailable);
  EXPECT_TRUE(has_words(done.error(), Shortage::kDisk)) << done.error().message;
}

TEST_P(ShortageTest, OfTheServersMemory) {
  if (!on_postgresql()) GTEST_SKIP() << "SQLite has no server";
  const auto done = database->write([&](Connection& c) {
    c.execute_once("DO $do$ BEGIN RAISE 'none' USING ERRCODE = 'out_of_memory'; END $do$");
    return Done{};
  });
  ASSERT_FALSE(done);
  EXPECT_TRUE(has_words(done.error(), Shortage::kMemory)) << done.error().message;
}

TEST_P(ShortageTest, OfDescriptors) {
  Database fresh = open_database(settings);  // it has no session yet
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  // The next descriptor that is free will be the first that is not allowed.
  const Descriptor next(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const rlimit few{static_cast<rlim_t>(next.get()), before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &few);
  const auto done = fresh.check();
  ::setrlimit(RLIMIT_NOFILE, &before);
  ASSERT_FALSE(done);
  EXPECT_TRUE(has_words(done.error(), Shortage::kDescriptors)) << done.error().message;
  EXPECT_TRUE(fresh.check());
}

INSTANTIATE_TEST_SUITE_P(, ShortageTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
