// Where rows come from: a CSV file, or a sheet of a workbook.
#pragma once

#include <optional>

#include "core/base/result.h"
#include "portalctl/roster/reading/record.h"

namespace portalctl {

class RecordSource {
 public:
  RecordSource() = default;
  RecordSource(const RecordSource&) = delete;
  RecordSource& operator=(const RecordSource&) = delete;
  virtual ~RecordSource() = default;

  // Nothing: there is no more. Error: nothing of the file can be trusted.
  virtual portal::Result<std::optional<Record>> next() = 0;
};

}  // namespace portalctl
