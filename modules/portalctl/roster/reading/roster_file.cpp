#include "portalctl/roster/reading/roster_file.h"

#include <Poco/RegularExpression.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/text/text.h"

namespace portalctl {
namespace {

using portal::ClinicDetails;
using portal::Done;
using portal::refused;
using portal::Result;

constexpr int kHeaderWithin = 30;  // rows

// How long the longest number is that is nothing but digits, which a spreadsheet takes for a
// number.
std::size_t most_digits() {
  constexpr std::size_t kSuffixes = 2;
  std::size_t most = 0;
  for (const portal::ClinicKind& kind : portal::kClinicKinds) {
    if (kind.agreements.empty()) most = std::max(most, kind.digits + kSuffixes);
  }
  return most;
}

bool blank(const CsvRecord& record) {
  return std::ranges::all_of(record.fields,
                             [](const auto& cell) { return portal::text::blank(cell); });
}

// Whether the cell begins a row of totals: 合計, 小計：12件 … 計良整骨院 is the name of a clinic.
bool is_total(std::string_view cell) {
  static const Poco::RegularExpression total(
      "(合計|総計|小計|計|件数|総数|以上|total)(件数|施術所数|数)?[:=]?[0-9,]*(件|施術所|院)?",
      Poco::RegularExpression::RE_CASELESS | Poco::RegularExpression::RE_UTF8);
  return total.match(heading(cell));  // the whole text: match() anchors both ends
}

std::string_view first_value(const CsvRecord& record) {
  const auto found = std::ranges::find_if(
      record.fields, [](const auto& cell) { return !portal::text::blank(cell); });
  return found == record.fields.end() ? std::string_view() : std::string_view(*found);
}

std::string cell_of(const CsvRecord& record, const std::optional<std::size_t>& place) {
  return place && *place < record.fields.size() ? record.fields[*place] : std::string();
}

bool has_digit(std::string_view cell) {
  return std::ranges::any_of(portal::text::fold_digits(cell),
                             [](char c) { return c >= '0' && c <= '9'; });
}

std::string magic_of(std::FILE* file) {
  std::string bytes(4, '\0');
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file));
  std::rewind(file);
  return bytes;
}

}  // namespace

std::string kept_value(std::string_view cell) {
  std::string text(cell);
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return portal::text::tidy(text);
}

std::string complaint(const ClinicDetails& details, const std::string& number) {
  for (const RosterField& field : roster_fields()) {
    const std::string value = value_of(field, details, number);
    const std::string column(field.column);
    if (field.required && portal::text::blank(value)) return column + " is empty";
    if (portal::text::has_control(value)) return column + " has a control character in it";
    if (portal::text::code_points(value) > field.most) {
      return column + " is longer than " + std::to_string(field.most) + " characters";
    }
  }
  return "";
}

Result<portal::RegistrationNumber> roster_number(std::string_view cell) {
  if (portal::text::blank(cell)) return refused("登録記号番号 is empty");
  std::string text = portal::text::fold_digits(portal::text::nfkc(cell));
  for (const std::string_view bracket : {"【", "】", "(", ")", "[", "]", "「", "」", "〔", "〕"}) {
    for (auto at = text.find(bracket); at != std::string::npos; at = text.find(bracket)) {
      text.erase(at, bracket.size());
    }
  }
  if (const auto number = portal::RegistrationNumber::parse(text)) return *number;
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if ((digits && text.size() < most_digits()) || text.find("E+") != std::string::npos) {
    return refused("not a registration number: " + std::string(cell) +
                   ": a spreadsheet took it for a number and dropped zeros; make the column text");
  }
  return refused("not a registration number: " + std::string(portal::text::cut(cell, 60)));
}

RosterFile::RosterFile(std::string path, RosterFileOptions options)
    : path_(std::move(path)),
      name_(std::filesystem::path(path_).filename()),
      options_(std::move(options)) {}

Result<std::unique_ptr<RosterFile>> RosterFile::open(const std::string& path,
                                                     const RosterFileOptions& options) {
  if (std::filesystem::is_directory(path)) return refused(path + ": is a directory");
  File file(std::fopen(path.c_str(), "re"));
  if (!file) return portal::not_found(path + ": " + std::strerror(errno));
  if (!std::filesystem::is_regular_file(path)) return refused(path + ": is not a file");
  const std::string magic = magic_of(file.get());
  if (magic.empty()) return refused(path + ": is empty, or cannot be read");
  if (magic.starts_with("\xD0\xCF\x11\xE0")) {
    return refused(path + ": is an old .xls workbook: save it as .xlsx or CSV");
  }
  if (magic == "%PDF") return refused(path + ": is a PDF: ask for the workbook, or a CSV file");
  if (magic.starts_with("\xFF\xFE") || magic.starts_with("\xFE\xFF")) {
    return refused(path + ": is UTF-16: save it as CSV UTF-8");
  }
  std::unique_ptr<RosterFile> roster(new RosterFile(path, options));
  const auto opened =
      magic == "PK\x03\x04" ? roster->open_xlsx() : roster->open_csv(std::move(file));
  if (!opened) return opened.error();
  if (const auto found = roster->find_header(); !found) return found.error();
  return roster;
}

Result<Done> RosterFile::open_csv(File file) {
  if (!options_.sheet.empty()) return refused(path_ + ": --sheet is for workbooks");
  file_ = std::make_unique<LineSource>(std::move(file));
  lines_ = file_.get();
  if (!options_.encoding) {
    const auto encoding = detect_encoding(*lines_);
    if (!encoding) return refused(path_ + ":" + encoding.error().message);
    options_.encoding = *encoding;
  }
  size_ = static_cast<std::int64_t>(std::filesystem::file_size(path_));
  records_ = std::make_unique<CsvReader>(*lines_, *options_.encoding);
  return Done{};
}

Result<Done> RosterFile::open_xlsx() {
  auto converter = XlsxConverter::start(path_, options_.sheet);
  if (!converter) return refused(path_ + ": " + converter.error().message);
  converter_ = std::move(*converter);
  lines_ = &converter_->lines();
  records_ = std::make_unique<CsvReader>(*lines_, Encoding::kUtf8);
  return Done{};
}

int RosterFile::place_of(const CsvRecord& record) const {
  return converter_ ? record.row : record.line;
}

// Finds the header: the first record that names the columns. If --map says where they are, there
// may be none, and the rows begin with the first record that has a number.
Result<Done> RosterFile::find_header() {
  const auto without = options_.map.without_header();
  for (int rows = 0; rows < kHeaderWithin; ++rows) {
    auto record = records_->next();
    if (!record && rows == 0 && !converter_) return refused(path_ + ": has no row");
    if (!record) break;
    if (without && roster_number(cell_of(*record, (*without)[0]))) {
      places_ = *without;
      first_ = std::move(record);
      return Done{};
    }
    const auto places = options_.map.find_in(record->fields);
    if (!places) {
      return refused(path_ + ":" + std::to_string(place_of(*record)) + ": " +
                     places.error().message);
    }
    if (!*places) continue;
    places_ = **places;
    columns_ = record->fields.size();
    return Done{};
  }
  if (converter_ && lines_->bytes() == 0) {
    if (const auto done = converter_->finish(); !done) {
      return refused(path_ + ": " + done.error().message);
    }
  }
  return refused(path_ + ": no row within the first " + std::to_string(kHeaderWithin) +
                 " names the columns 登録記号番号 and 施術所名: say where they are with --map "
                 "number=A,name=B" +
                 (converter_ ? ", or the sheet with --sheet NAME" : ""));
}

std::optional<CsvRecord> RosterFile::next_record() {
  if (first_) return std::exchange(first_, std::nullopt);
  return records_->next();
}

bool RosterFile::to_skip(const CsvRecord& record) const {
  if (!record.fault.empty()) return false;
  if (blank(record)) return true;
  const std::string number = cell_of(record, places_[0]);
  if (!roster_number(number) && (is_total(number) || is_total(first_value(record)))) return true;
  if (columns_ == 0 || has_digit(number)) return false;
  const auto repeated = options_.map.find_in(record.fields);
  return repeated && *repeated && **repeated == places_;
}

Result<std::optional<RosterRow>> RosterFile::next() {
  while (const auto record = next_record()) {
    if (to_skip(*record)) {
      ++skipped_;
      continue;
    }
    return std::optional(row_of(*record));
  }
  if (lines_->failed()) return refused(path_ + ": cannot be read to its end");
  if (converter_ && !std::exchange(converter_finished_, true)) {
    const auto done = converter_->finish();
    if (!done) return refused(path_ + ": " + done.error().message);
  }
  return std::optional<RosterRow>();
}

RosterRow RosterFile::row_of(const CsvRecord& record) const {
  RosterRow row;
  ClinicDetails& details = row.given;
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    std::string value = kept_value(cell_of(record, places_[i]));
    const auto member = roster_fields()[i].member;
    (member == nullptr ? row.given.given_number : details.*member) = std::move(value);
  }
  const auto number = roster_number(row.given.given_number);
  row.given.file = name_;
  row.given.line = place_of(record);
  row.given.reason = record.fault;
  if (number) row.given.number = *number;
  std::string& reason = row.given.reason;
  if (reason.empty() && !converter_ && columns_ > 0 && record.fields.size() != columns_) {
    reason = std::to_string(record.fields.size()) + " columns, but the header has " +
             std::to_string(columns_);
  }
  if (reason.empty() && !number) reason = number.error().message;
  if (reason.empty()) reason = complaint(details, row.given.given_number);
  if (number) row.clinic = {details, *number};
  return row;
}

}  // namespace portalctl
