// portalctl on a migrated database that the test writes to itself.
#pragma once

#include <memory>
#include <type_traits>

#include "core/database/database.h"
#include "core/database/tables.h"
#include "runner.h"

namespace portalctl_test {

class MigratedPortal : public Portalctl {
 protected:
  void SetUp() override {
    Portalctl::SetUp();
    ASSERT_EQ(run("migrate").status, 0);
    portal::Settings settings;
    own_database->choose(settings);
    database = std::make_unique<portal::Database>(settings, portal::Durability::kRelaxed, 1);
  }
  void TearDown() override {
    database.reset();
    Portalctl::TearDown();
  }

  // One transaction, which must work; what the function returns, if it returns something.
  template <class F>
  auto on(const F& function) {
    if constexpr (std::is_void_v<std::invoke_result_t<F, portal::Connection&>>) {
      on([&](portal::Connection& connection) {
        function(connection);
        return portal::Done{};
      });
    } else {
      const auto result = database->write(function);
      EXPECT_TRUE(result) << (result ? "" : result.error().message);
      return *result;
    }
  }

  std::unique_ptr<portal::Database> database;
};

}  // namespace portalctl_test
