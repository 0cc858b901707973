// The rows of one list of clinics: what stands below its header in a file or on a sheet.
//
// Up to 29 rows may stand above the header, which takes up to three rows. Blank rows, notes below
// the header, repeated headers and totals (合計 …) are skipped and counted.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "portalctl/roster/reading/columns.h"
#include "portalctl/roster/reading/record_source.h"

namespace portalctl {

// Within how many rows a header is looked for.
inline constexpr int kHeaderWithin = 30;

class RosterTable {
 public:
  // `map` outlives it.
  RosterTable(std::unique_ptr<RecordSource> source, const ColumnMap& map)
      : source_(std::move(source)), map_(map) {}

  // Call it first. False: no row names the columns. Error, as that of next(): it begins with the
  // row or a space, and follows the file and a colon.
  portal::Result<bool> find_header();
  // The next row that may be a clinic, and also each hidden one. Nothing: there is no more.
  portal::Result<std::optional<Record>> next();

  const Header& header() const { return header_; }
  std::int64_t skipped() const { return skipped_; }
  std::int64_t hidden() const { return hidden_; }  // rows
  bool empty() const { return rows_ == 0; }        // nothing was read from the source

 private:
  portal::Result<portal::Done> fill(std::size_t rows);
  portal::Result<std::optional<Header>> best_header(std::size_t begin) const;
  portal::Result<std::optional<Header>> header_here() const;
  bool to_skip(const Record& record);
  bool is_note(const Record& record) const;

  std::unique_ptr<RecordSource> source_;
  const ColumnMap& map_;
  std::deque<Record> ahead_;  // records that were read while looking for the header
  Header header_;
  bool below_header_ = false;  // no row was given yet
  std::int64_t rows_ = 0;
  std::int64_t skipped_ = 0;
  std::int64_t hidden_ = 0;
};

// The cells of the number's columns, in one text.
std::string number_text(const Record& record, const Header& header);
std::string cell_of(const Record& record, const std::optional<std::size_t>& place);
bool is_blank(const Record& record);

}  // namespace portalctl
