// What kind of file somebody sent, by its first bytes and never by its name alone.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "portalctl/roster/reading/xlsx/package.h"

namespace portalctl {

// What can be read: a workbook, whose package is not null, or text.
struct FileKind {
  std::unique_ptr<xlsx::Package> workbook;
};

// Error: the file is of another kind, or not whole; it says how to save it instead.
portal::Result<FileKind> kind_of_file(const std::string& path);

}  // namespace portalctl
