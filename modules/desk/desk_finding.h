// What a kept search finds now, and which case of it is on the screen.
#pragma once

#include <optional>
#include <string_view>

#include "core/history/case_file.h"
#include "core/history/search.h"
#include "desk/desk_search.h"
#include "desk/visit.h"

namespace portal {

struct DeskFinding {
  SearchKey key;
  Hits hits;  // unless one was chosen before, and is still there
  std::optional<Subject>
      subject;  // of the chosen one, or the only one; nothing: none, or it is gone
};

DeskFinding find_again(Connection& connection, const DeskSearch& search);

// The case that is on the screen. Nothing: there is none.
std::optional<CaseFile> case_of(Connection& connection, const Visit& visit,
                                const DeskSearch& search);

}  // namespace portal
