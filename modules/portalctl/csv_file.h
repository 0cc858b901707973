// A CSV file (RFC 4180, UTF-8 with or without a byte order mark) as records. libcsv reads it.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"

namespace portalctl {

struct CsvRecord {
  int line = 0;  // where it begins, the first is 1
  std::vector<std::string> fields;
};

// Empty lines are left out. The error begins with the path, and the line if there is one.
portal::Result<std::vector<CsvRecord>> read_csv(const std::string& path);

}  // namespace portalctl
