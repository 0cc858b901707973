// An errand: an action of the desk with whom it is for and what was entered for it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/actions/hindrance.h"
#include "core/base/settings.h"
#include "core/queue/activation_letter.h"
#include "core/registration/application.h"
#include "desk/actions.h"
#include "desk/desk_search.h"
#include "desk/visit.h"

namespace portal {

// Whom it is for, as far as it is known; not masked.
struct Beneficiary {
  RegistrationNumber number = {};
  std::string clinic = {};
  std::string name = {};
  std::string address = {};
};

// What was entered, normalised.
struct Entered {
  std::string reason = {};  // addresses in it are masked: the audit has none in full
  std::string email = {};   // kCorrect, kRelease (may be empty)
  std::string number = {};  // kFix
  std::string name = {};    // kFix
};

struct Errand {
  DeskAction action = DeskAction::kResend;
  DeskSearch search = {};  // without a token: from the overview (kFix only)
  std::string record = {};
  Beneficiary whom = {};
  Entered entered = {};
};

// The errand of that request, if its record belongs to the case on the screen. Nothing: the search
// is over, or the case has no such record any more.
std::optional<Errand> find_errand(Connection& connection, const Visit& visit, DeskAction action);

// Takes what was entered, and what is wrong with it.
std::vector<FieldError> take_entries(const Form& form, Errand& errand);

// What came of it, in words for who answers the telephone.
struct Ran {
  bool done = false;
  std::string words;
};

// Does it, in the caller's transaction, with one row of the audit.
Ran run_errand(Connection& connection, const Visit& visit, const Errand& errand);

}  // namespace portal
