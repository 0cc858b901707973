// How clinics of the roster are read and printed by the verbs that list them.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/database/database.h"
#include "core/database/roster/roster.h"
#include "portalctl/printing.h"

namespace portalctl {

inline constexpr int kClinicsOfPage = 1000;

// The clinics after number `last`, which is nothing at the beginning; at most kClinicsOfPage.
using ClinicPage = std::function<std::vector<portal::Clinic>(
    portal::Connection&, const std::optional<portal::RegistrationNumber>& last)>;

// Calls `each` with every clinic that `page` gives, in the order of their numbers. One page at a
// time is in memory, never the whole roster.
portal::Result<portal::Done> for_each_clinic(
    portal::Database& database, const ClinicPage& page,
    const std::function<void(const portal::Clinic&)>& each);

// The pages of one edition, though an import may end meanwhile: of the one that is current when the
// first page is read.
ClinicPage pages_of_current_edition();

Fields fields_of(const portal::Clinic& clinic);

}  // namespace portalctl
