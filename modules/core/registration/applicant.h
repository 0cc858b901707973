// The applicant: the person who registers, and the clinic that is registered. What a form has given
// keeps this shape from the draft to the registration, the account, and the mails to them.
#pragma once

#include <string>

#include "core/registration/registration_number.h"

namespace portal {

// Application, Registration and Account are an Applicant with something more: copying this part
// copies every stored field of the form.
struct Applicant {
  std::string family_name = {};
  std::string given_name = {};
  RegistrationNumber number = {};
  std::string phone = {};  // digits
  std::string email = {};  // as typed
};

}  // namespace portal
