// The rows of one sheet, one at a time. The part of the sheet is read twice: which columns are
// hidden stands before the rows, but which cells are merged stands after them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "portalctl/roster/reading/record.h"
#include "portalctl/roster/reading/xlsx/workbook.h"
#include "portalctl/roster/reading/xlsx/xml_events.h"

namespace portalctl::xlsx {

class Sheet {
 public:
  // The columns after it are not read: no roster has them.
  static constexpr std::size_t kMostColumns = 1024;
  // A row holds no more than so many bytes, as one of a CSV file, nor do all together: a cell of a
  // few bytes can stand for a long shared text, and a merged one for a million.
  static constexpr std::size_t kMostOfRow = std::size_t{64} << 10;
  static constexpr std::size_t kMostText = std::size_t{128} << 20;

  // `workbook` and `name` outlive it. Error: the sheet is damaged.
  static portal::Result<std::unique_ptr<Sheet>> open(Workbook& workbook, const SheetName& name);

  // Nothing: there is no more. Cells of hidden columns are empty. A merged value stands in each of
  // its rows. Error: the sheet is damaged.
  portal::Result<std::optional<Record>> next();

  // By column, the first text of a hidden one among the rows that were read so far.
  const std::map<std::size_t, std::string>& hidden_columns() const { return hidden_texts_; }

 private:
  struct Range {
    std::size_t first_row = 0, last_row = 0, first_column = 0, last_column = 0;
  };
  struct Merged {
    Range range;
    std::string value;
  };

  Sheet(Workbook& workbook, const SheetName& name);
  void read_layout();
  void hide_columns(const XmlEvents& events);
  bool find_row();
  void read_row(Record& record);
  std::string read_cell();
  std::string shown(const std::string& type, std::size_t style, std::string value,
                    std::string inline_text) const;
  void put(Record& record, std::size_t column, std::string text);
  void put_merged(Record& record);
  void empty_hidden(Record& record);

  Workbook& workbook_;
  const SheetName& name_;
  std::vector<Range> merges_;  // by their first row
  std::size_t next_merge_ = 0;
  std::map<std::size_t, Merged> active_;  // by their first column: those that the row may be in
  std::vector<bool> hidden_;              // by column
  std::map<std::size_t, std::string> hidden_texts_;
  std::unique_ptr<XmlEvents> events_;
  std::size_t row_ = 0;
  std::size_t row_text_ = 0;  // bytes of that row
  std::size_t text_ = 0;      // bytes of all rows so far
};

}  // namespace portalctl::xlsx
