// The records of people in a case: registrations, accounts and who waits for a clinic. Each is
// masked, but for the one that was asked for.
#pragma once

#include "core/history/case_file.h"
#include "desk/desk_search.h"
#include "desk/visit.h"

namespace portal {

void show_records(Data& data, const Visit& visit, const DeskSearch& search, const CaseFile& file);

// Whether the case has such a record: nothing else can be shown.
bool has_record(const History& history, std::string_view id);

}  // namespace portal
