// The headings of a header that takes one row or more: each column has the words that stand above
// each other there.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "portalctl/roster/reading/record.h"

namespace portalctl {

inline constexpr std::size_t kHighestHeading = 2;  // of StackedHeading::names

struct StackedHeading {
  // All words of the column together, the lowest and the highest alone, in the form that heading()
  // makes. They are the same where the header has one row.
  std::array<std::string, 3> names = {};
  std::string shown = {};  // as the file has it
  bool spread = false;     // the highest words come from a column further to the left
};

std::vector<StackedHeading> stacked_headings(std::span<const Record> rows);

// The columns of which words of that level are `name`.
std::vector<std::size_t> columns_named(const std::vector<StackedHeading>& headings,
                                       std::size_t level, std::string_view name);

}  // namespace portalctl
