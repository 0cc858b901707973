// The columns of the tables roster_version and roster_quarantine. All statements on them use these
// lists.
#pragma once

#include "core/database/engine/columns.h"
#include "core/database/roster/roster.h"

namespace portal {

// The columns that both tables have. A new column of the roster is a line here.
inline const Columns<ClinicDetails>& clinic_details_columns() {
  static const Columns<ClinicDetails> columns = {
      {"clinic_name", &ClinicDetails::name},
      {"address", &ClinicDetails::address},
      {"phone", &ClinicDetails::phone},
      {"designated_on", &ClinicDetails::designated_on},
  };
  return columns;
}

inline const Columns<Clinic>& clinic_columns() {
  static const Columns<Clinic> columns =
      Columns<Clinic>{
          {"registration_number", &Clinic::number},
          {"closed_at", &Clinic::closed_at},
      }
          .with(clinic_details_columns());
  return columns;
}

inline const Columns<ClinicVersion>& version_columns() {
  static const auto columns = Columns<ClinicVersion>{}
                                  .with(&ClinicVersion::clinic, clinic_columns())
                                  .with({"from_edition", &ClinicVersion::from})
                                  .with({"to_edition", &ClinicVersion::to});
  return columns;
}

// A row of roster_version.
struct StoredVersion : ClinicVersion {
  std::string institution;  // code_of(), by which the reports count
};

inline const Columns<StoredVersion>& stored_columns() {
  static const auto columns =
      Columns<StoredVersion>{{"institution", &StoredVersion::institution}}.with(version_columns());
  return columns;
}

// The to_edition of a version that no later version has replaced.
inline constexpr std::int64_t kForever = 1'000'000'000;

// The clinic's newest version, which begins with edition `from`.
StoredVersion newest_version(std::int64_t from, const Clinic& clinic);

// `count` parameters from `first` on: "$1, $2, …".
std::string places(std::size_t first, std::size_t count);

// Appends exactly Roster::kBatch values for an IN; it repeats the last one. Precondition: there are
// 1 to kBatch numbers.
void append_batch(Values& values, const std::vector<RegistrationNumber>& numbers);

}  // namespace portal
