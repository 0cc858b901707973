// Reads a roster as bureaus send it, row by row: a CSV file (UTF-8, CP932) or an .xlsx workbook.
// The first bytes of the file tell which, not its name.
//
// Up to 29 rows may stand above the header row. Blank rows, repeated headers and totals (合計 …)
// are skipped and counted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/database/roster/roster_quarantine.h"
#include "portalctl/roster/reading/columns.h"
#include "portalctl/roster/reading/csv_file.h"
#include "portalctl/roster/reading/xlsx_converter.h"

namespace portalctl {

struct RosterFileOptions {
  ColumnMap map;
  std::optional<Encoding> encoding;  // nothing: it is detected; .xlsx has its own
  std::string sheet;                 // of a workbook; empty: the first
};

// A row of the file: a clinic, or why it is none.
struct RosterRow {
  portal::Clinic clinic;         // if the row is usable
  portal::QuarantinedRow given;  // as it was given, with the reason why it cannot be used
  bool usable() const { return given.reason.empty(); }
};

// What is wrong with the tidied values of a clinic, whose number can be read from the text
// `number`; empty: nothing.
std::string complaint(const portal::ClinicDetails& details, const std::string& number);
// A value in the form in which it is kept: NFC, no space at the ends, line breaks as spaces.
std::string kept_value(std::string_view cell);
// The number, from any writing with brackets, full-width digits … Error: it
// says what to do.
portal::Result<portal::RegistrationNumber> roster_number(std::string_view cell);

class RosterFile {
 public:
  // The error begins with the path.
  static portal::Result<std::unique_ptr<RosterFile>> open(const std::string& path,
                                                          const RosterFileOptions& options);

  // Nothing: there is no more. Error: nothing of the file can be trusted.
  portal::Result<std::optional<RosterRow>> next();

  // False: the file has no such column, so that what is known of the field stays.
  bool has(std::size_t field) const { return places_[field].has_value(); }
  std::int64_t skipped() const { return skipped_; }
  std::int64_t size() const { return size_; }             // in bytes; 0: not known
  std::int64_t bytes() const { return lines_->bytes(); }  // that were read
  const std::string& name() const { return name_; }       // without the folder

 private:
  RosterFile(std::string path, RosterFileOptions options);
  portal::Result<portal::Done> open_csv(File file);
  portal::Result<portal::Done> open_xlsx();
  portal::Result<portal::Done> find_header();
  std::optional<CsvRecord> next_record();
  int place_of(const CsvRecord& record) const;
  bool to_skip(const CsvRecord& record) const;
  RosterRow row_of(const CsvRecord& record) const;

  std::string path_;
  std::string name_;
  RosterFileOptions options_;
  std::unique_ptr<XlsxConverter> converter_;
  std::unique_ptr<LineSource> file_;
  LineSource* lines_ = nullptr;  // of file_ or converter_
  std::unique_ptr<CsvReader> records_;
  std::optional<CsvRecord> first_;  // a record that was read while looking for the header
  Places places_;
  std::size_t columns_ = 0;  // of the header; 0: there is none
  std::int64_t skipped_ = 0;
  std::int64_t size_ = 0;
  bool converter_finished_ = false;
};

}  // namespace portalctl
