#include "portalctl/roster/reading/stacked_headings.h"

#include <algorithm>

#include "core/text/text.h"
#include "portalctl/roster/reading/columns.h"

namespace portalctl {
namespace {

// Whether the cell only goes on with one of the row above.
bool comes_from_above(const Record& row, std::size_t column) {
  return std::ranges::any_of(row.merged, [&](const MergedCells& merged) {
    return !merged.begins_here && merged.first == column;
  });
}

bool is_merged_over(const Record& row, std::size_t column) {
  return std::ranges::any_of(row.merged, [&](const MergedCells& merged) {
    return merged.begins_here && merged.first < column && column <= merged.last;
  });
}

const std::string& cell(const Record& row, std::size_t column) {
  static const std::string none;
  return column < row.cells.size() ? row.cells[column] : none;
}

}  // namespace

std::vector<StackedHeading> stacked_headings(std::span<const Record> rows) {
  std::size_t columns = 0;
  for (const Record& row : rows) columns = std::max(columns, row.cells.size());
  std::vector<StackedHeading> headings(columns);
  for (std::size_t column = 0; column < columns; ++column) {
    StackedHeading& own = headings[column];
    auto& [all, lowest, highest] = own.names;
    // A heading that stands over several columns counts for all of them. In CSV they are empty.
    own.spread = column > 0 && heading(cell(rows[0], column)).empty() &&
                 (is_merged_over(rows[0], column) ||
                  (rows.size() > 1 && !heading(cell(rows[1], column)).empty()));
    highest =
        own.spread ? headings[column - 1].names[kHighestHeading] : heading(cell(rows[0], column));
    std::string words = highest;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::string name = heading(cell(rows[i], column));
      if (name.empty() || (i > 0 && comes_from_above(rows[i], column))) continue;
      if (i > 0) words += name;
      lowest = name;
      own.shown +=
          (own.shown.empty() ? "" : " ") + std::string(portal::text::trim(cell(rows[i], column)));
    }
    if (!lowest.empty()) all = heading(words);
  }
  return headings;
}

std::vector<std::size_t> columns_named(const std::vector<StackedHeading>& headings,
                                       std::size_t level, std::string_view name) {
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < headings.size(); ++column) {
    const StackedHeading& own = headings[column];
    if (level == kHighestHeading && own.spread) continue;
    if (own.names[level] == name) columns.push_back(column);
  }
  return columns;
}

}  // namespace portalctl
