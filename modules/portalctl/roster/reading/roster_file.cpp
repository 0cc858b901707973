#include "portalctl/roster/reading/roster_file.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/base/japan_time.h"
#include "core/text/text.h"
#include "portalctl/roster/reading/cell_errors.h"
#include "portalctl/roster/reading/cell_values.h"
#include "portalctl/roster/reading/dates.h"
#include "portalctl/roster/reading/file_kind.h"

namespace portalctl {
namespace {

using portal::ClinicDetails;
using portal::Done;
using portal::refused;
using portal::Result;
using portal::RowFault;
using portal::RowReason;

// The rows of a sheet, which it owns.
class SheetRows : public RecordSource {
 public:
  explicit SheetRows(std::unique_ptr<xlsx::Sheet> sheet) : sheet_(std::move(sheet)) {}
  Result<std::optional<Record>> next() override { return sheet_->next(); }
  const xlsx::Sheet& sheet() const { return *sheet_; }

 private:
  std::unique_ptr<xlsx::Sheet> sheet_;
};

// Why a row of a CSV file has its values in the wrong columns, perhaps; empty: it has not. Empty
// cells at the end do not matter.
RowReason wrong_width(const Record& record, const Header& header) {
  std::size_t columns = record.cells.size();
  while (columns > header.columns && record.cells[columns - 1].empty()) --columns;
  if (header.rows == 0 || columns == header.columns) return {};
  return RowReason::of<RowFault::kOtherWidth>(record.cells.size(), header.columns);
}

// Whether a cell for a date has none.
bool says_nothing(const std::string& cell) {
  constexpr std::array<std::string_view, 6> kNothing = {"", "なし", "無", "無し", "該当なし", "0"};
  const std::string text = portal::text::fold_digits(portal::text::nfkc(cell));
  return std::ranges::find(kNothing, text) != kNothing.end();
}

std::string column_in_words(std::size_t field, const Header& header) {
  return std::string(roster_fields()[field].column) + " (column " +
         letters_of(*header.places[field]) + ")";
}

// Which required column has an error of a spreadsheet in place of a value; empty: none has.
RowReason cell_error(const Record& record, const Header& header) {
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    const std::string cell = cell_of(record, header.places[i]);
    if (!roster_fields()[i].required || !is_cell_error(cell)) continue;
    return RowReason::of<RowFault::kFormulaError>(roster_fields()[i].column,
                                                  letters_of(*header.places[i]), cell);
  }
  return {};
}

std::string rows_in_words(std::int64_t rows) {
  return std::to_string(rows) + (rows == 1 ? " row" : " rows");
}

}  // namespace

RosterFile::RosterFile(std::string path, RosterFileOptions options)
    : path_(std::move(path)),
      name_(portal::text::repaired(std::filesystem::path(path_).filename().string())),
      options_(std::move(options)) {}

Result<std::unique_ptr<RosterFile>> RosterFile::open(const std::string& path,
                                                     const RosterFileOptions& options) {
  if (std::filesystem::is_directory(path)) return refused(path + ": is a directory");
  if (!File(std::fopen(path.c_str(), "re"))) {
    return portal::not_found(path + ": " + std::strerror(errno));
  }
  if (!std::filesystem::is_regular_file(path)) return refused(path + ": is not a file");
  auto kind = kind_of_file(path);
  if (!kind) return refused(path + ": " + kind.error().message);
  std::unique_ptr<RosterFile> roster(new RosterFile(path, options));
  const auto opened =
      kind->workbook ? roster->open_workbook(std::move(kind->workbook)) : roster->open_csv();
  if (!opened) return opened.error();
  return roster;
}

// What stands between cells is found by trying: the header tells.
Result<Done> RosterFile::open_csv() {
  if (!options_.sheet.empty()) return refused(path_ + ": --sheet is for workbooks");
  lines_ = std::make_unique<LineSource>(File(std::fopen(path_.c_str(), "re")));
  size_ = static_cast<std::int64_t>(std::filesystem::file_size(path_));
  if (!options_.encoding) {
    const auto encoding = detect_encoding(*lines_);
    if (!encoding) return refused(path_ + ":" + encoding.error().message);
    options_.encoding = *encoding;
  }
  for (const char separator : {',', '\t', ';', '|'}) {
    table_ = std::make_unique<RosterTable>(
        std::make_unique<CsvReader>(*lines_, *options_.encoding, separator), options_.map);
    const auto found = table_->find_header();
    if (!found) return refused(path_ + ":" + found.error().message);
    if (*found) return Done{};
    if (table_->empty()) return refused(path_ + ": has no row");
    lines_->rewind();
  }
  return no_header();
}

Result<Done> RosterFile::open_workbook(std::unique_ptr<xlsx::Package> package) {
  auto workbook = xlsx::Workbook::open(std::move(package));
  if (!workbook) return refused(path_ + ": " + workbook.error().message);
  workbook_ = std::move(*workbook);
  if (const auto done = choose_sheets(); !done) return done;
  const auto opened = open_next_sheet();
  if (!opened) return opened.error();
  return *opened ? Result(Done{}) : no_header();
}

// --sheet, or else the visible sheets.
Result<Done> RosterFile::choose_sheets() {
  const auto& all = workbook_->sheets;
  const auto find = [&](const std::string& name) {
    return std::ranges::find(all, name, &xlsx::SheetName::name);
  };
  if (options_.sheet.empty()) {
    for (const auto& sheet : all) {
      if (!sheet.hidden) sheets_.push_back(&sheet);
      if (sheet.hidden) remarks_.push_back("sheet " + sheet.name + " is hidden: not read");
    }
  } else if (const auto whole = find(options_.sheet); whole != all.end()) {
    sheets_.push_back(&*whole);
  } else {
    const Poco::StringTokenizer names(
        options_.sheet, ",",
        Poco::StringTokenizer::TOK_TRIM | Poco::StringTokenizer::TOK_IGNORE_EMPTY);
    for (const std::string& name : names) {
      const auto found = find(name);
      if (found != all.end()) {
        sheets_.push_back(&*found);
        continue;
      }
      std::string there;
      for (const auto& sheet : all) there += (there.empty() ? "" : ", ") + sheet.name;
      return refused(path_ + ": has no sheet " + name + "; it has " + there);
    }
  }
  several_sheets_ = sheets_.size() > 1;
  std::ranges::reverse(sheets_);
  return Done{};
}

// Opens the next sheet that has the columns. False: there is none.
Result<bool> RosterFile::open_next_sheet() {
  while (!sheets_.empty()) {
    const xlsx::SheetName& name = *sheets_.back();
    sheets_.pop_back();
    const std::string where = path_ + (several_sheets_ ? " [" + name.name + "]" : "") + ":";
    auto sheet = xlsx::Sheet::open(*workbook_, name);
    if (!sheet) return refused(where + " " + sheet.error().message);
    sheet_ = sheet->get();
    sheet_name_ = name.name;
    table_ =
        std::make_unique<RosterTable>(std::make_unique<SheetRows>(std::move(*sheet)), options_.map);
    const auto found = table_->find_header();
    if (!found) return refused(where + found.error().message);
    if (*found) return true;
    const bool chosen = !options_.sheet.empty();
    remarks_.push_back("sheet " + name.name + " does not name the columns: not read");
    end_table();
    if (chosen) return no_header();
  }
  return false;
}

// Says what of the sheet was not read.
void RosterFile::end_table() {
  skipped_ += table_->skipped();
  if (sheet_ != nullptr) {
    if (table_->hidden() > 0) {
      remarks_.push_back("sheet " + sheet_name_ + ": " + rows_in_words(table_->hidden()) +
                         " hidden (by a filter, or by hand): not read");
    }
    std::string columns;
    for (const auto& [column, text] : sheet_->hidden_columns()) {
      columns += (columns.empty() ? "" : ", ") + letters_of(column) + " (" + kept_value(text) + ")";
    }
    if (!columns.empty()) {
      remarks_.push_back("sheet " + sheet_name_ + ": hidden columns not read: " + columns);
    }
  }
  sheet_ = nullptr;
  table_ = nullptr;
}

void RosterFile::add_remarks_on_rows() {
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    if (lost_[i].rows == 0) continue;
    remarks_.push_back(rows_in_words(lost_[i].rows) + " with an error of the spreadsheet in " +
                       lost_[i].first + ": left out; what is known of it stays");
  }
  if (ended_ > 0) {
    remarks_.push_back(rows_in_words(ended_) +
                       " with a 取消年月日 that is over: these clinics are not in the roster");
  }
  if (ending_ > 0) {
    remarks_.push_back(rows_in_words(ending_) +
                       " with a 取消年月日 still to come: these clinics stay; "
                       "import the list again after it");
  }
}

portal::Error RosterFile::no_header() const {
  std::string message = path_ + ": no row within the first " + std::to_string(kHeaderWithin) +
                        " names the columns 登録記号番号 and 施術所名: say where they are with "
                        "--map number=A,name=B";
  if (workbook_) message += ", or the sheet with --sheet NAME";
  for (const std::string& sentence : remarks_) message += "; " + sentence;
  return refused(message);
}

Result<std::optional<RosterRow>> RosterFile::next() {
  while (table_) {
    auto record = table_->next();
    if (!record) {
      return refused(path_ + (several_sheets_ ? " [" + sheet_name_ + "]" : "") + ":" +
                     record.error().message);
    }
    if (*record) return std::optional(row_of(**record));
    end_table();
    const auto opened = open_next_sheet();
    if (!opened) return opened.error();
    if (!*opened) add_remarks_on_rows();
  }
  return std::optional<RosterRow>();
}

// A clinic whose 取消年月日 is over is not in the roster, unless it was designated again later.
void RosterFile::judge_end(RosterRow& row, const std::string& cancelled) {
  if (says_nothing(cancelled)) return;
  const std::string date = iso_date(cancelled);
  if (date.empty()) {
    row.given.reason = RowReason::of<RowFault::kNoDate>(kept_value(cancelled));
    return;
  }
  const std::string designated = iso_date(row.given.designated_on);
  if (designated > last_day_of(date)) return;
  row.ended = last_day_of(date) <= portal::japan_iso_date(portal::system_now());
  if (!row.hidden) ++(row.ended ? ended_ : ending_);
}

// A clinic can register without its address: an error in such a column costs only the value.
void RosterFile::leave_out_errors(RosterRow& row) {
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    const RosterField& field = roster_fields()[i];
    if (field.required || !is_cell_error(row.given.*field.member)) continue;
    std::string& value = row.given.*field.member;
    if (!row.hidden && lost_[i].rows++ == 0) {
      lost_[i].first = column_in_words(i, table_->header()) + ", the first in row " +
                       std::to_string(row.given.line) + " (" + value + ")";
    }
    value.clear();
    row.has[i] = false;
  }
}

RosterRow RosterFile::row_of(const Record& record) {
  const Header& header = table_->header();
  RosterRow row;
  ClinicDetails& details = row.given;
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    const auto member = roster_fields()[i].member;
    row.has[i] = header.places[i].has_value();
    if (member == nullptr) {
      row.given.given_number = kept_value(number_text(record, header));
    } else {
      details.*member = kept_value(cell_of(record, header.places[i]));
    }
  }
  const auto number = roster_number(row.given.given_number);
  row.given.file = name_ + (several_sheets_ ? " [" + sheet_name_ + "]" : "");
  row.given.line = record.place;
  row.hidden = record.hidden;
  leave_out_errors(row);
  if (number) row.given.number = *number;
  RowReason& reason = row.given.reason;
  reason = record.reason;
  if (reason.empty() && lines_) reason = wrong_width(record, header);
  if (reason.empty()) reason = cell_error(record, header);
  if (reason.empty() && !number) reason = complaint_of_number(row.given.given_number);
  if (reason.empty()) reason = complaint(details, row.given.given_number);
  if (const auto date = iso_date(details.designated_on); !date.empty())
    details.designated_on = date;
  if (reason.empty() && header.cancelled) judge_end(row, cell_of(record, header.cancelled));
  if (number) row.clinic = {details, *number};
  return row;
}

}  // namespace portalctl
