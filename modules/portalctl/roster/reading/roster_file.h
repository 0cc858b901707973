// Reads a roster as bureaus send it, row by row: a CSV file (UTF-8, CP932; with commas, tabs or
// semicolons), or the visible sheets of a workbook (.xlsx, .xlsm) one after the other.
// file_kind.h tells which it is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/database/roster/roster_quarantine.h"
#include "portalctl/roster/reading/csv_file.h"
#include "portalctl/roster/reading/roster_table.h"
#include "portalctl/roster/reading/xlsx/sheet.h"

namespace portalctl {

struct RosterFileOptions {
  ColumnMap map;
  std::optional<Encoding> encoding;  // nothing: it is detected; .xlsx has its own
  std::string sheet;  // of a workbook: a name, or several with commas; empty: all visible ones
};

// A row of the file: a clinic, or why it is none.
struct RosterRow {
  portal::Clinic clinic;         // if the row is usable
  portal::QuarantinedRow given;  // as it was given, with the reason why it cannot be used
  // By field: whether the row has such a column. What is known of the other fields stays.
  std::array<bool, kRosterFields> has = {};
  bool hidden = false;  // it is left out, but its clinic must not be taken for missing
  bool ended = false;   // the clinic has left (取消年月日): it is not in the roster
  bool usable() const { return !hidden && !ended && given.reason.empty(); }
};

class RosterFile {
 public:
  // The error begins with the path.
  static portal::Result<std::unique_ptr<RosterFile>> open(const std::string& path,
                                                          const RosterFileOptions& options);

  // Nothing: there is no more. Error: nothing of the file can be trusted.
  portal::Result<std::optional<RosterRow>> next();

  std::int64_t skipped() const { return skipped_; }
  // What people should know of the file, a sentence each: sheets, rows and columns of a workbook
  // that are not read; rows with 取消年月日 or without a value. It is whole when next() has given
  // nothing.
  const std::vector<std::string>& remarks() const { return remarks_; }
  std::int64_t size() const { return size_; }                          // in bytes; 0: not known
  std::int64_t bytes() const { return lines_ ? lines_->bytes() : 0; }  // that were read
  const std::string& name() const { return name_; }                    // without the folder

 private:
  RosterFile(std::string path, RosterFileOptions options);
  portal::Result<portal::Done> open_csv();
  portal::Result<portal::Done> open_workbook(std::unique_ptr<xlsx::Package> package);
  portal::Result<portal::Done> choose_sheets();
  portal::Result<bool> open_next_sheet();
  void end_table();
  void add_remarks_on_rows();
  portal::Error no_header() const;
  RosterRow row_of(const Record& record);
  void leave_out_errors(RosterRow& row);
  void judge_end(RosterRow& row, const std::string& cancelled);

  std::string path_;
  std::string name_;
  RosterFileOptions options_;
  std::unique_ptr<LineSource> lines_;  // null: it is a workbook
  std::unique_ptr<xlsx::Workbook> workbook_;
  std::vector<const xlsx::SheetName*> sheets_;  // that are still to be read, in reverse
  bool several_sheets_ = false;
  const xlsx::Sheet* sheet_ = nullptr;  // that table_ reads
  std::string sheet_name_;
  std::unique_ptr<RosterTable> table_;  // null: there is no more
  std::vector<std::string> remarks_;
  struct Lost {
    std::int64_t rows = 0;
    std::string first;  // the first of them, in words
  };
  std::array<Lost, kRosterFields> lost_;  // values that are errors of the spreadsheet, by field
  std::int64_t ended_ = 0;                // rows of clinics that have left
  std::int64_t ending_ = 0;               // rows of clinics that will leave
  std::int64_t skipped_ = 0;
  std::int64_t size_ = 0;
};

}  // namespace portalctl
