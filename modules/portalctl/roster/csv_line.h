// One line of a CSV file (RFC 4180) that we write, with its end.
#pragma once

#include <string>
#include <vector>

namespace portalctl {

// Excel takes a file for UTF-8 only if it begins with this.
inline constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";

std::string csv_line(const std::vector<std::string>& fields);

}  // namespace portalctl
