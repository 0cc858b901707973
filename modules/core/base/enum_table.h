// A table with one row for each enumerator, in their order, so that an enumerator finds its row by
// its value. Such an enum ends with `kLast`, another name of its last enumerator.
#pragma once

#include <cstddef>

namespace portal {

// Whether the table is one: for a static_assert beside it. `member` is the row's enumerator.
template <class Table, class Row, class Enum>
constexpr bool has_row_for_each(const Table& table, Enum Row::*member) {
  std::size_t index = 0;
  for (const Row& row : table) {
    if (static_cast<std::size_t>(row.*member) != index++) return false;
  }
  return index == static_cast<std::size_t>(Enum::kLast) + 1;
}

}  // namespace portal
