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
const std::string kFindAll =
    kFrom + "WHERE registration_number IN (" + places(1, Roster::kBatch) + ") AND " + kVisible;

const std::string kEndOlder =
    "UPDATE roster_version SET to_edition = " + kCurrent +
    " WHERE registration_number = $1 AND to_edition = $2 AND from_edition < " + kCurrent;
const std::string kAdd =
    "INSERT INTO roster_version (from_edition, to_edition, institution, registration_number, "
    "clinic_name, address, phone, designated_on, closed_at) "
    "VALUES (" +
    kCurrent +
    ", $1, $2, $3, $4, $5, $6, $7, $8) "
    "ON CONFLICT (registration_number, from_edition) DO NOTHING";
const std::string kUpdate =
    "UPDATE roster_version SET clinic_name = $1, address = $2, phone = $3, designated_on = $4, "
    "closed_at = $5 WHERE registration_number = $6 AND from_edition = " +
    kCurrent;

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
const std::string kHistory =
    "SELECT from_edition, to_edition, " + clinic_columns().names() +
    " FROM roster_version WHERE registration_number = $1 ORDER BY from_edition";

}  // namespace

std::string_view institution_code(const std::string& number) {
  const auto parsed = RegistrationNumber::parse(number);
  if (!parsed || parsed->text() != number) {
    throw Failure(refused("not a registration number in its standard form: " + number));
  }
  return code_of(parsed->institution());
}

std::string places(std::size_t first, std::size_t count) {
  std::string text;
  for (std::size_t i = first; i < first + count; ++i) {
    text.append(i == first ? "$" : ", $").append(std::to_string(i));
  }
  return text;
}

void append_batch(Values& values, const std::vector<std::string>& numbers) {
  assert(!numbers.empty() && numbers.size() <= Roster::kBatch);
  for (std::size_t i = 0; i < Roster::kBatch; ++i) {
    values.emplace_back(i < numbers.size() ? numbers[i] : numbers.back());
  }
}

std::optional<Clinic> Roster::find(std::string_view number) {
  return clinic_columns().first(connection_, kFind, {number});
}

std::optional<Clinic> Roster::find_any(std::string_view number) {
  return clinic_columns().first(connection_, kFindAny, {number});
}

std::vector<Clinic> Roster::find_all(const std::vector<std::string>& numbers) {
  if (numbers.empty()) return {};
  Values values;
  append_batch(values, numbers);
  return clinic_columns().all(connection_, kFindAll, values);
}

bool Roster::put(const Clinic& clinic) {
  const std::string_view institution = institution_code(clinic.number);
  const bool is_new = !find_any(clinic.number);
  connection_.execute(kEndOlder, {clinic.number, kForever});
  const auto added =
      connection_.execute(kAdd, {kForever, institution, clinic.number, clinic.name, clinic.address,
                                 clinic.phone, clinic.designated_on, clinic.closed_at});
  if (added == 0) {
    connection_.execute(kUpdate, {clinic.name, clinic.address, clinic.phone, clinic.designated_on,
                                  clinic.closed_at, clinic.number});
  }
  return is_new;
}

std::int64_t Roster::count() {
  return connection_.number(kCount);
}

std::int64_t Roster::current_edition() {
  return connection_.number("SELECT edition FROM roster_current");
}

std::vector<Clinic> Roster::list(std::int64_t edition, std::string_view number, int most) {
  return clinic_columns().all(connection_, kList, {number, edition, most});
}

std::vector<Clinic> Roster::closed_with_account(std::string_view number, int most) {
  return clinic_columns().all(connection_, kClosed, {number, most});
}

std::vector<ClinicVersion> Roster::history(std::string_view number) {
  std::vector<ClinicVersion> versions;
  for (Row& row : connection_.select(kHistory, 8, {number})) {
    ClinicVersion version;
    version.from = Poco::NumberParser::parse64(row[0]);
    version.to = Poco::NumberParser::parse64(row[1]);
    version.clinic = clinic_columns().row_of({row.begin() + 2, row.end()});
    versions.push_back(std::move(version));
  }
  return versions;
}

}  // namespace portal
