#include "portalctl/roster/clinics.h"

#include "core/registration/kinds.h"
#include "core/registration/prefectures.h"
#include "portalctl/roster/reading/columns.h"

namespace portalctl {

using portal::Clinic;
using portal::Connection;

namespace {

std::string words_of_institution(std::string_view code, portal::Language language) {
  const auto institution = portal::institution_of(code);
  const bool japanese = institution && language == portal::Language::kJapanese;
  return std::string(japanese ? portal::kind_of(*institution).trade : code);
}

}  // namespace

portal::Result<portal::Done> for_each_clinic(portal::Database& database, const ClinicPage& page,
                                             const std::function<void(const Clinic&)>& each) {
  std::optional<portal::RegistrationNumber> last;
  for (bool more = true; more;) {
    const auto clinics =
        database.read([&](Connection& connection) { return page(connection, last); });
    if (!clinics) return clinics.error();
    for (const Clinic& clinic : *clinics) each(clinic);
    more = clinics->size() == kClinicsOfPage;
    if (more) last = clinics->back().number;
  }
  return portal::Done{};
}

ClinicPage pages_of_current_edition() {
  return [edition = std::int64_t{0}](Connection& connection, const auto& last) mutable {
    portal::Roster roster(connection);
    if (edition == 0) edition = roster.current_edition();
    return roster.list(edition, last, kClinicsOfPage);
  };
}

Fields fields_of(const Clinic& clinic) {
  Fields fields = {{"registration_number", clinic.number.text()},
                   {"institution", Coded{std::string(code_of(clinic.number.institution())),
                                         words_of_institution}}};
  for (const RosterField& field : roster_fields()) {
    if (field.member != nullptr) fields.emplace_back(field.json, clinic.*field.member);
  }
  const auto prefecture = portal::prefecture_name(clinic.number.prefecture());
  fields.emplace_back("prefecture", std::string(prefecture.value_or("")));
  fields.emplace_back("closed", Time{clinic.closed_at});
  return fields;
}

}  // namespace portalctl
