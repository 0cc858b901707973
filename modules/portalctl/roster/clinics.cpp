#include "portalctl/roster/clinics.h"

#include "core/registration/registration_number.h"

namespace portalctl {

using portal::Clinic;
using portal::Connection;

portal::Result<portal::Done> for_each_clinic(portal::Database& database, const ClinicPage& page,
                                             const std::function<void(const Clinic&)>& each) {
  std::string last;
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
  return [edition = std::int64_t{0}](Connection& connection, const std::string& last) mutable {
    portal::Roster roster(connection);
    if (edition == 0) edition = roster.current_edition();
    return roster.list(edition, last, kClinicsOfPage);
  };
}

void print_clinic(const Clinic& clinic, void (*print_fields)(Fields)) {
  const auto number = portal::RegistrationNumber::parse(clinic.number);
  print_fields({{"registration_number", clinic.number},
                {"institution", number ? std::string(code_of(number->institution())) : ""},
                {"clinic_name", clinic.name},
                {"address", clinic.address},
                {"phone", clinic.phone},
                {"designated_on", clinic.designated_on},
                {"closed", Time{clinic.closed_at}}});
}

}  // namespace portalctl
