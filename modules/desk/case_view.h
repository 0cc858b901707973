// A case as its page shows it: the verdict first, then what can be done, then everything that is
// known. Personal data is masked, but for the one record that was asked for.
#pragma once

#include "core/history/case_file.h"
#include "desk/desk_search.h"
#include "desk/visit.h"

namespace portal {

// What the page needs besides.
struct CaseExtras {
  EpochSeconds resend_from = 0;  // when another mail may be queued; 0: there is nothing to resend
  EpochSeconds login_pause = 0;  // until when somebody has to wait after wrong passwords; 0: nobody
};

CaseExtras read_extras(Connection& connection, const CaseFile& file);

void show_case(Data& data, const Visit& visit, const DeskSearch& search, const CaseFile& file,
               const CaseExtras& extras);

}  // namespace portal
