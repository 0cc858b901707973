// Converts an .xlsx workbook to CSV. The program xlsx2csv (Debian's package of that name) runs as a
// child, and its output is read as it comes. It reads the sheet as a stream, keeps blank rows, and
// gives the values of formulas and text as it is; 200,000 rows take it 9 s. The other readers in
// Debian are Perl's, which hold the whole sheet in memory, and spreadsheet programs.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "core/base/result.h"
#include "portalctl/roster/reading/line_source.h"

namespace portalctl {

class XlsxConverter {
 public:
  // `sheet`: its name; empty: the first. Error: the program cannot be started.
  static portal::Result<std::unique_ptr<XlsxConverter>> start(const std::string& path,
                                                              const std::string& sheet);
  XlsxConverter(const XlsxConverter&) = delete;
  XlsxConverter& operator=(const XlsxConverter&) = delete;
  ~XlsxConverter();

  LineSource& lines() { return lines_; }
  // Call it after the last line. Error: what the program said.
  portal::Result<portal::Done> finish();

 private:
  XlsxConverter(pid_t process, File output, File error)
      : process_(process), lines_(std::move(output)), error_(std::move(error)) {}

  pid_t process_;
  LineSource lines_;
  File error_;
};

}  // namespace portalctl
