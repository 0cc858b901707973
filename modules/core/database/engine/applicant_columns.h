// The columns in which every table of applicants keeps them: registration and account.
#pragma once

#include "core/database/engine/columns.h"
#include "core/registration/applicant.h"

namespace portal {

inline const Columns<Applicant>& applicant_columns() {
  static const Columns<Applicant> columns = {
      {"family_name", &Applicant::family_name},
      {"given_name", &Applicant::given_name},
      {"registration_number", &Applicant::number},
      {"phone", &Applicant::phone},
      {"email", &Applicant::email},
  };
  return columns;
}

}  // namespace portal
