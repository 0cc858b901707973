#include "portalctl/roster/reading/csv_file.h"

#include <csv.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace portalctl {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// A record that is longer than this has a quote that is not closed.
constexpr std::size_t kMostLines = 50;
constexpr std::size_t kMostBytes = 64 * 1024;

bool blank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
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
  Parser() { csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { csv_free(&parser); }

  static void on_field(void* text, size_t length, void* self) {
    static_cast<Parser*>(self)->fields.emplace_back(static_cast<char*>(text), length);
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

CsvReader::CsvReader(LineSource& lines, Encoding encoding)
    : lines_(lines), decoder_(encoding), parser_(std::make_unique<Parser>()) {}

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
  auto decoded = decoder_.decode(*text);
  if (!decoded) return Line{line_, ascii_of(std::move(*text)), true};
  return Line{line_, std::move(*decoded), false};
}

std::optional<CsvRecord> CsvReader::next() {
  while (!ready_) {
    auto line = next_line();
    if (line) {
      add(std::move(*line));
    } else if (!open_.empty()) {
      give_up_first("a quoted field does not end");
    } else {
      return std::nullopt;
    }
  }
  return std::exchange(ready_, std::nullopt);
}

void CsvReader::add(Line line) {
  if (open_.empty() && blank(line.text)) {
    ++row_;
    return;
  }
  const bool right = parser_->add(line.text);
  const bool broken = line.broken;
  open_.push_back(std::move(line));
  if (broken) {
    give_up_first("has characters that are not in the file's encoding");
  } else if (!right) {
    give_up_first("a quote is out of place");
  } else if (parser_->ended) {
    ready_ = CsvRecord{open_.front().number, ++row_, std::move(parser_->fields), ""};
    parser_->fields.clear();
    parser_->ended = false;
    open_.clear();
  } else if (too_long()) {
    give_up_first("a quoted field does not end");
  }
}

bool CsvReader::too_long() const {
  std::size_t bytes = 0;
  for (const Line& line : open_) bytes += line.text.size();
  return open_.size() > kMostLines || bytes > kMostBytes;
}

void CsvReader::give_up_first(std::string fault) {
  Line first = std::move(open_.front());
  open_.pop_front();
  again_.insert(again_.begin(), std::make_move_iterator(open_.begin()),
                std::make_move_iterator(open_.end()));
  open_.clear();
  std::erase(first.text, '"');
  parser_ = std::make_unique<Parser>();
  parser_->add(first.text);
  ready_ = CsvRecord{first.number, ++row_, std::move(parser_->fields), std::move(fault)};
  parser_ = std::make_unique<Parser>();
}

}  // namespace portalctl
