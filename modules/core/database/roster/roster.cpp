#include "core/database/roster/roster.h"

#include <cassert>

#include "core/database/roster/private/roster_columns.h"

namespace portal {
namespace {

const std::string kFrom = clinic_columns().select_from("roster_version");
const std::string kCurrent = "(SELECT edition FROM roster_current WHERE id = 1)";
const std::string kVisible = "from_edition <= " + kCurrent + " AND to_edition > " + kCurrent + " ";

const std::string kFindAny = kFrom + "WHERE registration_number = $1 AND " + kVisible;
const std::string kFind = kFindAny + "AND closed_at = 0";
const std::string kFindToRegister =
    "SELECT " + clinic_columns().names() +
    ", (SELECT COUNT(*) FROM account WHERE account.registration_number = $1) "
    "FROM roster_version WHERE registration_number = $1 AND " +
    kVisible + "AND closed_at = 0";
const std::string kFindAll =
    kFrom + "WHERE registration_number IN (" + places(1, Roster::kBatch) + ") AND " + kVisible;

const std::string kEndOlder =
    "UPDATE roster_version SET to_edition = " + kCurrent +
    " WHERE registration_number = $1 AND to_edition = $2 AND from_edition < " + kCurrent;
// Beside the current edition, which whoever calls put() keeps from moving.
const std::string kPut = stored_columns().insert_into("roster_version") +
                         "ON CONFLICT (registration_number, from_edition) DO UPDATE SET " +
                         clinic_columns().from_excluded();

const std::string kCount =
    "SELECT COUNT(*) FROM roster_version WHERE closed_at = 0 AND " + kVisible;
const std::string kList = kFrom +
                          "WHERE registration_number > $1 AND from_edition <= $2 AND "
                          "to_edition > $2 ORDER BY registration_number LIMIT $3";
const std::string kClosed = kFrom + "WHERE closed_at <> 0 AND registration_number > $1 AND " +
                            kVisible +
                            "AND EXISTS (SELECT 1 FROM account WHERE account.registration_number = "
                            "roster_version.registration_number) "
                            "ORDER BY registration_number LIMIT $2";
const std::string kLike = kFrom +
                          "WHERE clinic_name LIKE $1 ESCAPE '\\' AND registration_number > $2 "
                          "AND " +
                          kVisible + "ORDER BY registration_number LIMIT $3";
const std::string kHistory = version_columns().select_from("roster_version") +
                             "WHERE registration_number = $1 ORDER BY from_edition";

}  // namespace

StoredVersion newest_version(std::int64_t from, const Clinic& clinic) {
  return {{.from = from, .to = kForever, .clinic = clinic},
          std::string(code_of(clinic.number.institution()))};
}

std::string places(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count; ++i) {
    text.append(i == first ? "$" : ", $").append(std::to_string(i));
  }
  return text;
}

void append_batch(Values& values, const std::vector<RegistrationNumber>& numbers) {
  assert(!numbers.empty() && numbers.size() <= Roster::kBatch);
  for (std::size_t i = 0; i < Roster::kBatch; ++i) {
    values.emplace_back(i < numbers.size() ? numbers[i] : numbers.back());
  }
}

std::optional<Clinic> Roster::find(const RegistrationNumber& number) {
  return clinic_columns().first(connection_, kFind, {number});
}

ClinicFound Roster::find_to_register(const RegistrationNumber& number) {
  struct Found : Clinic {
    std::int64_t accounts = 0;
  };
  static const Columns<Found> columns =
      Columns<Found>{}.with(clinic_columns()).with({"accounts", &Found::accounts});
  auto found = columns.first(connection_, kFindToRegister, {number});
  if (!found) return {};
  const bool has_account = found->accounts > 0;
  return {std::move(*found), has_account};
}

std::optional<Clinic> Roster::find_any(const RegistrationNumber& number) {
  return clinic_columns().first(connection_, kFindAny, {number});
}

std::vector<Clinic> Roster::find_all(const std::vector<RegistrationNumber>& numbers) {
  if (numbers.empty()) return {};
  Values values;
  append_batch(values, numbers);
  return clinic_columns().all(connection_, kFindAll, values);
}

bool Roster::put(const Clinic& clinic) {
  const bool is_new = !find_any(clinic.number);
  connection_.execute(kEndOlder, {clinic.number, kForever});
  connection_.execute(kPut, stored_columns().values(newest_version(current_edition(), clinic)));
  return is_new;
}

std::int64_t Roster::count() {
  return connection_.number(kCount);
}

std::int64_t Roster::current_edition() {
  return connection_.number("SELECT edition FROM roster_current");
}

std::vector<Clinic> Roster::list(std::int64_t edition,
                                 const std::optional<RegistrationNumber>& last, int most) {
  return clinic_columns().all(connection_, kList, {last, edition, most});
}

std::vector<Clinic> Roster::closed_with_account(const std::optional<RegistrationNumber>& last,
                                                int most) {
  return clinic_columns().all(connection_, kClosed, {last, most});
}

std::vector<Clinic> Roster::like(std::string_view pattern,
                                 const std::optional<RegistrationNumber>& last, int most) {
  return clinic_columns().all(connection_, kLike, {pattern, last, most});
}

std::vector<ClinicVersion> Roster::history(const RegistrationNumber& number) {
  return version_columns().all(connection_, kHistory, {number});
}

}  // namespace portal
