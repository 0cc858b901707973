// A row of a file or sheet before anybody knows what its cells mean.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/database/roster/row_reason.h"

namespace portalctl {

// Merged cells of a sheet, seen from one of their rows.
struct MergedCells {
  std::size_t first = 0;    // the column of the value
  std::size_t last = 0;     // the last column
  bool begins_here = true;  // false: they begin in a row above
};

struct Record {
  int place = 0;  // its line in a file, or its row in a sheet; the first is 1
  std::vector<std::string> cells;
  portal::RowReason reason = {};         // not empty: why it cannot be used; `cells` is a guess
  bool hidden = false;                   // a row of a sheet that a filter or a person has hidden
  std::vector<MergedCells> merged = {};  // those that this row has a part of
};

}  // namespace portalctl
