#include "portalctl/roster/reading/csv_file.h"

#include <csv.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace portalctl {
namespace {

using portal::RowFault;
using portal::RowReason;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A record that is longer than this has a quote that is not closed.
constexpr std::size_t kMostLines = 50;
constexpr std::size_t kMostBytes = std::size_t{64} * 1024;
// As of a sheet (xlsx/sheet.h): a line of nothing but separators would be looked at for headings a
// million times.
constexpr std::size_t kMostColumns = 1024;

bool blank(std::string_view line) {
  // U+001A is what old programs end a file with.
  return line.find_first_not_of(" \t\x1A") == std::string_view::npos;
}

// A cell ="契0123456-7-8", which makes a spreadsheet take it as text, has its quotes within it: RFC
// 4180 knows no such cell. Without the = it is one in quotes. `quoted`: the line begins within
// quotes.
std::string without_formula_marks(const std::string& line, char separator, bool quoted) {
  if (line.find("=\"") == std::string::npos) return line;
  std::string plain;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool begins = !quoted && (i == 0 || line[i - 1] == separator);
    if (begins && line.compare(i, 2, "=\"") == 0) continue;
    if (line[i] == '"') quoted = !quoted;
    plain += line[i];
  }
  return plain;
}

// What can be shown to an operator of a line in an unknown encoding.
std::string ascii_of(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\0' || static_cast<unsigned char>(c) > 0x7f; }, '?');
  return text;
}

}  // namespace

// libcsv, which calls back for each field and for each end of a record.
struct CsvReader::Parser {
  explicit Parser(char separator) {
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser, static_cast<unsigned char>(separator));
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { csv_free(&parser); }

  static void on_field(void* text, size_t length, void* self) {
    auto& fields = static_cast<Parser*>(self)->fields;
    if (fields.size() <= kMostColumns) fields.emplace_back(static_cast<char*>(text), length);
  }
  static void on_record(int, void* self) { static_cast<Parser*>(self)->ended = true; }

  // False: a quote is wrong.
  bool add(std::string line) {
    line += '\n';
    return csv_parse(&parser, line.data(), line.size(), on_field, on_record, this) == line.size();
  }

  csv_parser parser = {};
  std::vector<std::string> fields;
  bool ended = false;
};

CsvReader::CsvReader(LineSource& lines, Encoding encoding, char separator)
    : lines_(lines),
      decoder_(encoding),
      parser_(std::make_unique<Parser>(separator)),
      separator_(separator) {}

CsvReader::~CsvReader() = default;

std::optional<CsvReader::Line> CsvReader::next_line() {
  if (!again_.empty()) {
    Line line = std::move(again_.front());
    again_.pop_front();
    return line;
  }
  auto text = lines_.next();
  if (!text) return std::nullopt;
  if (++line_ == 1 && text->starts_with(kByteOrderMark)) text->erase(0, kByteOrderMark.size());
  if (text->find('\0') != std::string::npos) {
    return Line{line_, ascii_of(std::move(*text)), RowReason::of<RowFault::kNulByte>()};
  }
  auto decoded = decoder_.decode(*text);
  if (decoded) return Line{line_, std::move(*decoded)};
  return Line{line_, ascii_of(std::move(*text)), RowReason::of<RowFault::kNotDecoded>()};
}

portal::Result<std::optional<Record>> CsvReader::next() {
  while (!ready_) {
    auto line = next_line();
    if (line) {
      add(std::move(*line));
    } else if (!open_.empty()) {
      give_up_first(unended());
    } else if (lines_.failed()) {
      return portal::refused("cannot be read to its end");
    } else {
      return std::optional<Record>();
    }
  }
  return std::exchange(ready_, std::nullopt);
}

void CsvReader::add(Line line) {
  if (open_.empty() && blank(line.text)) return;
  const bool quoted = !open_.empty();
  const bool right = parser_->add(without_formula_marks(line.text, separator_, quoted));
  const RowReason reason = line.reason;
  open_.push_back(std::move(line));
  if (!reason.empty()) {
    give_up_first(reason);
  } else if (!right) {
    give_up_first(RowReason::of<RowFault::kQuoteMisplaced>());
  } else if (parser_->ended) {
    const bool too_wide = parser_->fields.size() > kMostColumns;
    ready_ = Record{open_.front().number, std::move(parser_->fields),
                    too_wide ? RowReason::of<RowFault::kTooWide>(kMostColumns) : RowReason()};
    parser_->fields.clear();
    parser_->ended = false;
    open_.clear();
  } else if (too_long()) {
    give_up_first(unended());
  }
}

bool CsvReader::too_long() const {
  std::size_t bytes = 0;
  for (const Line& line : open_) bytes += line.text.size();
  return open_.size() > kMostLines || bytes > kMostBytes;
}

// Where the quote opens that does not close: it is the last one that opens a field.
RowReason CsvReader::unended() const {
  int opens = 0;
  bool quoted = false;
  for (const Line& line : open_) {
    for (const char c : line.text) {
      if (c != '"') continue;
      quoted = !quoted;
      if (quoted) opens = line.number;
    }
  }
  return RowReason::of<RowFault::kQuoteOpen>(opens);
}

void CsvReader::give_up_first(RowReason reason) {
  Line first = std::move(open_.front());
  open_.pop_front();
  again_.insert(again_.begin(), std::make_move_iterator(open_.begin()),
                std::make_move_iterator(open_.end()));
  open_.clear();
  std::erase(first.text, '"');
  parser_ = std::make_unique<Parser>(separator_);
  parser_->add(first.text);
  ready_ = Record{first.number, std::move(parser_->fields), std::move(reason)};
  parser_ = std::make_unique<Parser>(separator_);
}

}  // namespace portalctl
