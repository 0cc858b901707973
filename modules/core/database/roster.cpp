#include "core/database/roster.h"

#include "core/database/columns.h"

namespace portal {
namespace {

const Columns<Clinic> kColumns = {
    {"registration_number", &Clinic::number},
    {"clinic_name", &Clinic::name},
    {"address", &Clinic::address},
    {"phone", &Clinic::phone},
};

const std::string kFind = kColumns.select_from("roster") + "WHERE registration_number = $1";
const std::string kAdd =
    "INSERT INTO roster (registration_number, institution, clinic_name, address, phone) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (registration_number) DO NOTHING";
const std::string kUpdate =
    "UPDATE roster SET clinic_name = $1, address = $2, phone = $3 WHERE registration_number = $4";
const std::string kCount = "SELECT COUNT(*) FROM roster";

std::string_view institution_code(const std::string& number) {
  const auto parsed = RegistrationNumber::parse(number);
  if (!parsed || parsed->text() != number) {
    throw Failure(refused("not a registration number in its standard form: " + number));
  }
  return code_of(parsed->institution());
}

}  // namespace

std::optional<Clinic> Roster::find(std::string_view number) {
  return kColumns.first(connection_, kFind, {number});
}

bool Roster::put(const Clinic& clinic) {
  const std::string_view institution = institution_code(clinic.number);
  const auto added = connection_.execute(
      kAdd, {clinic.number, institution, clinic.name, clinic.address, clinic.phone});
  if (added == 1) return true;
  connection_.execute(kUpdate, {clinic.name, clinic.address, clinic.phone, clinic.number});
  return false;
}

std::int64_t Roster::count() {
  return connection_.number(kCount);
}

}  // namespace portal
