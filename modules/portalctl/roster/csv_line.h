// One line of a CSV file (RFC 4180) that we write, with its end.
#pragma once

#include <string>
#include <vector>

namespace portalctl {

// Excel takes a file for UTF-8 only if it begins with this.
inline constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

// The line does nothing in a spreadsheet or on a terminal. A value that could be a formula begins
// with an apostrophe, which an import takes away again. An unseen character is written as <U+001B>,
// and an import refuses the row.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace portalctl
