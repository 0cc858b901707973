// Editions of the roster on both databases: what readers see while one is staged, published, undone
// or left behind.
#include <set>

#include "core/database/engine/connection.h"
#include "core/database/registration/waiting.h"
#include "support/test_database.h"

namespace portal {
namespace {

class RosterEditionsTest : public EachDatabase {
 protected:
  static Clinic clinic(int i, const std::string& name = "院") {
    return a_clinic("契" + std::to_string(1000000 + i) + "-0-0", name);
  }
  template <class F>
  auto write(const F& function) {
    return value(database->write(function));
  }
  std::int64_t begin() {
    return write([](Connection& c) {
      RosterEdition edition;
      edition.started_at = 5;
      return RosterEditions(c).begin(edition);
    });
  }
  void stage(std::int64_t edition, const std::vector<Clinic>& clinics) {
    write([&](Connection& c) {
      EXPECT_TRUE(RosterEditions(c).renew(edition, 100));
      RosterEditions(c).stage(edition, clinics);
      return Done{};
    });
  }
  void publish(std::int64_t number) {
    write([&](Connection& c) {
      RosterEdition edition;
      edition.number = number;
      RosterEditions(c).publish(edition);
      return Done{};
    });
  }
  void sweep(std::int64_t own = 0) {
    while (write([&](Connection& c) { return RosterEditions(c).sweep(own); }) > 0) {
    }
  }
  Result<RosterEdition> undo() {
    return database->write([](Connection& c) { return RosterEditions(c).undo(9); });
  }
  std::string name_of(int i) {
    const auto found =
        value(database->read([&](Connection& c) { return Roster(c).find_any(clinic(i).number); }));
    return found ? found->name : "-";
  }
  std::size_t versions_of(int i) {
    return value(
        database->read([&](Connection& c) { return Roster(c).history(clinic(i).number).size(); }));
  }
  std::int64_t count() {
    return value(database->read([](Connection& c) { return Roster(c).count(); }));
  }
};

TEST_P(RosterEditionsTest, NothingIsSeenBeforeItIsPublishedAndThenAllOfIt) {
  const auto first = begin();
  std::vector<Clinic> many;
  for (int i = 0; i < 250; ++i) many.push_back(clinic(i));
  stage(first, many);
  EXPECT_EQ(count(), 0);
  publish(first);
  EXPECT_EQ(count(), 250);
  const auto second = begin();
  stage(second, {clinic(0, "改名"), clinic(900)});
  EXPECT_EQ(name_of(0), "院");
  EXPECT_EQ(name_of(900), "-");
  EXPECT_EQ(count(), 250);
  publish(second);
  EXPECT_EQ(name_of(0), "改名");
  EXPECT_EQ(count(), 251);
}

TEST_P(RosterEditionsTest, AClosedClinicIsKeptButCannotBeRegistered) {
  const auto first = begin();
  stage(first, {clinic(0), clinic(1)});
  publish(first);
  const auto second = begin();
  write([&](Connection& c) {
    RosterEditions(c).stage_closed(second, {clinic(1).number}, 77);
    return Done{};
  });
  EXPECT_EQ(count(), 2);
  publish(second);
  EXPECT_EQ(count(), 1);
  const auto found = [&](bool any) {
    return value(database->read([&](Connection& c) {
      return any ? Roster(c).find_any(clinic(1).number) : Roster(c).find(clinic(1).number);
    }));
  };
  EXPECT_FALSE(found(false));
  ASSERT_TRUE(found(true));
  EXPECT_EQ(found(true)->closed_at, 77);
  EXPECT_EQ(found(true)->name, "院");
}

TEST_P(RosterEditionsTest, UndoLeadsBackOnceAndLeavesNothing) {
  EXPECT_FALSE(undo());
  const auto first = begin();
  stage(first, {clinic(0), clinic(1)});
  publish(first);
  const auto second = begin();
  stage(second, {clinic(0, "改名"), clinic(2)});
  publish(second);
  const auto undoable =
      value(database->read([](Connection& c) { return RosterEditions(c).undoable(); }));
  EXPECT_EQ(undoable.number, second);
  EXPECT_EQ(value(undo()).number, second);
  EXPECT_EQ(name_of(0), "院");  // at once, before anything is swept
  EXPECT_EQ(name_of(2), "-");
  sweep();
  EXPECT_EQ(name_of(0), "院");
  EXPECT_EQ(versions_of(0), 1U);
  EXPECT_EQ(versions_of(2), 0U);
  EXPECT_FALSE(undo());
  const auto third = begin();
  EXPECT_GT(third, second);
  stage(third, {clinic(0, "再改名")});
  publish(third);
  EXPECT_EQ(name_of(0), "再改名");
  EXPECT_EQ(value(undo()).number, third);
  EXPECT_EQ(name_of(0), "院");
}

TEST_P(RosterEditionsTest, WhatADeadImportLeftIsSweptByTheNext) {
  const auto first = begin();
  stage(first, {clinic(0), clinic(1)});
  publish(first);
  const auto dead = begin();
  stage(dead, {clinic(0, "死"), clinic(2)});
  sweep();  // by an undo, say: an import is staging
  EXPECT_EQ(versions_of(2), 1U);
  const auto next = begin();
  write([&](Connection& c) {
    EXPECT_FALSE(RosterEditions(c).renew(dead, 100));  // it may write no more
    return Done{};
  });
  sweep(next);
  EXPECT_EQ(versions_of(0), 1U);
  EXPECT_EQ(versions_of(2), 0U);
  stage(next, {clinic(1, "改名")});
  publish(next);
  EXPECT_EQ(name_of(0), "院");
  EXPECT_EQ(name_of(1), "改名");
  EXPECT_EQ(count(), 2);
}

TEST_P(RosterEditionsTest, OldVersionsGoButTheOneThatUndoNeeds) {
  for (const char* name : {"一", "二", "三", "四"}) {
    const auto edition = begin();
    sweep(edition);
    stage(edition, {clinic(0, name)});
    publish(edition);
  }
  EXPECT_EQ(versions_of(0), 3U);
  sweep();
  EXPECT_EQ(versions_of(0), 2U);
  EXPECT_TRUE(undo());
  EXPECT_EQ(name_of(0), "三");
}

TEST_P(RosterEditionsTest, WhoeverWaitsIsTakenWhenTheClinicIsNewOrReopened) {
  using Numbers = std::set<RegistrationNumber>;
  const auto wait_for = [&](const RegistrationNumber& number) {
    write([&](Connection& c) {
      Waiting(c).put({"link to " + number.text(), number, "a@example.jp", "a@example.jp", "", 5});
      return Done{};
    });
  };
  const auto taken = [&](int most) {
    Numbers numbers;
    const auto entries = write([&](Connection& c) {
      const WaitingPart part = Waiting(c).look("", 9);
      auto listed = Waiting(c).take_listed(6, part, most);
      EXPECT_EQ(part.has_due, !listed.empty());
      return listed;
    });
    for (const auto& entry : entries) numbers.insert(entry.number);
    return numbers;
  };
  const auto first = begin();
  stage(first, {clinic(0), clinic(1)});
  for (int i = 0; i < 2; ++i) wait_for(clinic(i).number);
  EXPECT_EQ(taken(9), Numbers{}) << "not published yet";
  publish(first);
  EXPECT_EQ(taken(9), (Numbers{clinic(0).number, clinic(1).number}));
  const auto second = begin();
  write([&](Connection& c) {
    RosterEditions(c).stage_closed(second, {clinic(1).number}, 77);
    return Done{};
  });
  stage(second, {clinic(0, "改名"), clinic(2), clinic(3)});
  publish(second);
  for (int i = 1; i < 4; ++i) wait_for(clinic(i).number);
  Numbers told = taken(1);
  EXPECT_EQ(told.size(), 1U);
  told.merge(taken(9));
  EXPECT_EQ(told, (Numbers{clinic(2).number, clinic(3).number})) << "neither renamed nor closed";
  EXPECT_EQ(taken(9), Numbers{}) << "each is told once";
  const auto third = begin();
  stage(third, {clinic(1)});
  publish(third);
  EXPECT_EQ(taken(9), Numbers{clinic(1).number});
}

TEST_P(RosterEditionsTest, WhatIsPutBelongsToTheCurrentEdition) {
  const auto first = begin();
  stage(first, {clinic(0)});
  publish(first);
  const auto second = begin();
  stage(second, {clinic(1)});
  publish(second);
  write([](Connection& c) {
    EXPECT_FALSE(Roster(c).put(clinic(0, "改名")));
    EXPECT_FALSE(Roster(c).put(clinic(0, "再改名")));
    EXPECT_TRUE(Roster(c).put(clinic(2)));
    return Done{};
  });
  EXPECT_EQ(name_of(0), "再改名");
  EXPECT_TRUE(undo());
  EXPECT_EQ(name_of(0), "院");
  EXPECT_EQ(name_of(2), "-");
}

TEST_P(RosterEditionsTest, TheOldTableIsTakenOver) {
  Folder old;
  for (int version = 1; version <= 4; ++version) {
    for (const auto& entry : std::filesystem::directory_iterator(kMigrations)) {
      const std::string name = entry.path().filename();
      if (name.starts_with("000" + std::to_string(version))) {
        std::filesystem::copy(entry.path(), old.file(name));
      }
    }
  }
  std::optional<Settings> own = sqlite_settings(old.file("portal.db"));
  if (GetParam() == "PostgreSQL") own = new_postgresql();
  Database upgraded(*own, Durability::kFull, 1, Database::kPatience, kAnySchema);
  ASSERT_EQ(value(upgraded.migrate(old.file(""))), 4);
  old.write("0005_row.sql",
            "INSERT INTO roster (registration_number, institution, clinic_name, address, phone) "
            "VALUES ('契1000000-0-0', 'judo', '院', '札幌', '011');");
  // Not under a number of its own: the real 0005 is still to come.
  ASSERT_EQ(value(upgraded.migrate(old.file(""))), 1);
  value(upgraded.write([](Connection& c) {
    c.execute("DELETE FROM schema_migration WHERE version = 5");
    return Done{};
  }));
  ASSERT_GE(value(upgraded.migrate(kMigrations)), 1);
  const auto found =
      value(upgraded.read([](Connection& c) { return Roster(c).find(a_number("契1000000-0-0")); }));
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, a_clinic("契1000000-0-0", "院", "札幌", "011"));
}

INSTANTIATE_TEST_SUITE_P(, RosterEditionsTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& database) { return database.param; });

}  // namespace
}  // namespace portal
