// An .xlsx or .xlsm workbook (ECMA-376, transitional or strict): its sheets, and what all of them
// share. sheet.h reads the rows of one of them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "portalctl/roster/reading/xlsx/number_format.h"
#include "portalctl/roster/reading/xlsx/package.h"

namespace portalctl::xlsx {

struct SheetName {
  std::string name;
  std::string part;     // of the package
  bool hidden = false;  // or "very hidden", which only a macro can undo
};

struct Workbook {
  // Error: the file is damaged.
  static portal::Result<std::unique_ptr<Workbook>> open(std::unique_ptr<Package> package);

  std::unique_ptr<Package> package = {};
  std::vector<SheetName> sheets = {};  // those with cells, in their order; no charts
  bool from_1904 = false;              // what dates count from
  std::vector<std::string> shared_strings = {};
  std::vector<NumberFormat> formats = {};  // by the number of a cell's style
};

}  // namespace portalctl::xlsx
