// The lists of columns agree with the tables, and what no program of ours can have written into a
// row is a clear error. On both databases.
#include "core/database/engine/columns.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "core/database/engine/applicant_columns.h"
#include "core/database/roster/private/roster_columns.h"
#include "support/test_database.h"

namespace portal {
namespace {

using Names = std::set<std::string>;

template <class T>
Names names_of(const Columns<T>& columns) {
  Names names;
  for (const auto& column : columns.list()) names.emplace(column.name);
  return names;
}

Names both(const Names& a, const Names& b) {
  Names names;
  std::ranges::set_intersection(a, b, std::inserter(names, names.end()));
  return names;
}

class ColumnsTest : public EachDatabase {
 protected:
  Names columns_of(const std::string& table) {
    return value(database->read([&](Connection& c) {
      Names names;
      const std::string sql = c.is_postgresql()
                                  ? "SELECT column_name FROM information_schema.columns "
                                    "WHERE table_schema = 'public' AND table_name = $1"
                                  : "SELECT name FROM pragma_table_info($1)";
      for (const Row& row : c.select(sql, 1, {table})) names.insert(row.front());
      return names;
    }));
  }

  void execute(const std::string& sql) {
    value(database->write([&](Connection& c) { return c.execute(sql); }));
  }

  // The error of a function that reads.
  template <class F>
  Error error_of(const F& function) {
    const auto done = database->read([&](Connection& c) {
      static_cast<void>(function(c));
      return Done{};
    });
    EXPECT_FALSE(done);
    return done ? Error{} : done.error();
  }
};

// A column that a migration adds to one of these tables stands in the list, or the test fails.
TEST_P(ColumnsTest, OfAnApplicantAreWhatBothTablesHaveInCommon) {
  Names common = both(columns_of("registration"), columns_of("account"));
  for (const char* own : {"id", "email_key", "password_hash", "created_at"}) common.erase(own);
  EXPECT_EQ(names_of(applicant_columns()), common);
}

TEST_P(ColumnsTest, OfTheRosterAreThoseOfItsTables) {
  EXPECT_EQ(names_of(stored_columns()), columns_of("roster_version"));
  Names details = both(columns_of("roster_version"), columns_of("roster_quarantine"));
  details.erase("registration_number");
  EXPECT_EQ(names_of(clinic_details_columns()), details);
}

TEST_P(ColumnsTest, GoIntoARowAndComeBack) {
  const Registration row = a_registration("1");
  const auto found = value(database->write([&](Connection& c) {
    Registrations(c).add(row);
    return Registrations(c).find("1");
  }));
  ASSERT_TRUE(found);
  for (const auto& column : applicant_columns().list()) {
    EXPECT_EQ(std::get<std::string>(column.value(*found).content),
              std::get<std::string>(column.value(row).content))
        << column.name;
  }
}

TEST_P(ColumnsTest, ANumberThatIsNoneIsAnErrorThatNamesTheRow) {
  value(database->write([](Connection& c) {
    Registrations(c).add(a_registration("R"));
    Roster(c).put(a_clinic("契0123456-7-8", "院"));
    return Done{};
  }));
  execute("UPDATE registration SET registration_number = '0123456'");
  const Error error = error_of([](Connection& c) { return Registrations(c).find("R"); });
  EXPECT_EQ(error.kind, Error::Kind::kRefused);
  EXPECT_EQ(error.message,
            "table registration, row R: column registration_number has a value that the portal "
            "never writes there: correct it");
  EXPECT_EQ(error_of([](Connection& c) { return Registrations(c).list({}, 0); }).message,
            "table registration, row R: column registration.registration_number has a value that "
            "the portal never writes there: correct it");

  execute("UPDATE roster_version SET registration_number = 'x'");
  EXPECT_EQ(error_of([](Connection& c) {
              return Roster(c).list(Roster(c).current_edition(), std::nullopt, 9);
            }).message,
            "table roster_version, row x: column registration_number has a value that the portal "
            "never writes there: correct it");
}

TEST_P(ColumnsTest, ANumberThatIsMissingIsRefused) {
  Registration row = a_registration("1");
  row.number = RegistrationNumber();
  const auto done = database->write([&](Connection& c) { return Registrations(c).add(row); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kRefused);
}

TEST_P(ColumnsTest, ARowInQuarantineMayHaveNoNumber) {
  QuarantinedRow row{{.name = "院"}};
  row.edition = 1;
  row.given_number = "契?";
  const auto list = [](Connection& c) { return RosterQuarantine(c).list(0, 9); };
  const auto rows = value(database->write([&](Connection& c) {
    RosterQuarantine(c).add({row});
    row.number = a_number("契0123456-7-8");
    RosterQuarantine(c).add({row});
    return list(c);
  }));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_FALSE(rows[0].number);
  EXPECT_EQ(rows[1].number, a_number("契0123456-7-8"));
  execute("UPDATE roster_quarantine SET registration_number = '契?' WHERE id = 1");
  EXPECT_EQ(error_of(list).message,
            "table roster_quarantine, row 1: column registration_number has a value that the "
            "portal never writes there: correct it");
}

INSTANTIATE_TEST_SUITE_P(, ColumnsTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& parameter) { return parameter.param; });

}  // namespace
}  // namespace portal
