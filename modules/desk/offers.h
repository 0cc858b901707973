// Which actions suit a case as it is now. Who may do them is another question (actions.h).
#pragma once

#include <string>
#include <vector>

#include "core/history/case_file.h"
#include "desk/actions.h"

namespace portal {

struct Offer {
  DeskAction action;
  std::string record;  // id of the registration, account or mail; empty: the address
};

// Of a case: what concerns the person and the clinic. That of a single mail stands beside it.
std::vector<Offer> offers_of(const CaseFile& file);

bool may_be_retried(const OutboxEntry& mail);

}  // namespace portal
