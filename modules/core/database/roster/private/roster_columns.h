// The columns of table roster_version that make a Clinic.
#pragma once

#include "core/database/engine/columns.h"
#include "core/database/roster/roster.h"

namespace portal {

inline const Columns<Clinic>& clinic_columns() {
  static const Columns<Clinic> columns = {
      {"registration_number", &Clinic::number},
      {"clinic_name", &Clinic::name},
      {"address", &Clinic::address},
      {"phone", &Clinic::phone},
      {"designated_on", &Clinic::designated_on},
      {"closed_at", &Clinic::closed_at},
  };
  return columns;
}

// to_edition of a version that no later one has replaced.
inline constexpr std::int64_t kForever = 1'000'000'000;

// "judo", "ahaki". Throws if `number` is not in its standard form.
std::string_view institution_code(const std::string& number);

// "$1, $2, … $count", beginning with `first`.
std::string places(std::size_t first, std::size_t count);

// Exactly Roster::kBatch values for an IN: the last is repeated. Precondition: 1 to kBatch of them.
void append_batch(Values& values, const std::vector<std::string>& numbers);

}  // namespace portal
