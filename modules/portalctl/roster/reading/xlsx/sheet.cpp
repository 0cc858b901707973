#include "portalctl/roster/reading/xlsx/sheet.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "portalctl/roster/reading/cell_errors.h"
#include "portalctl/roster/reading/xlsx/cell_text.h"

namespace portalctl::xlsx {
namespace {

using Kind = XmlEvents::Kind;

constexpr std::size_t kMostRows = 1'048'576;  // of a spreadsheet
constexpr std::size_t kMostMerges = 200'000;

struct Place {
  std::size_t row = 0;     // from 1 on
  std::size_t column = 0;  // from 0 on
};

// "B12"; nothing: it is no place of a sheet.
std::optional<Place> place_of(std::string_view text) {
  Place place;
  std::size_t letters = 0;
  for (; letters < text.size() && text[letters] >= 'A' && text[letters] <= 'Z'; ++letters) {
    if (letters == 3) return std::nullopt;
    place.column = place.column * 26 + static_cast<std::size_t>(text[letters] - 'A' + 1);
  }
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + letters, end, place.row);
  if (letters == 0 || read.ptr != end || place.row == 0 || place.row > kMostRows) {
    return std::nullopt;
  }
  --place.column;
  return place;
}

std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool is_zero(std::string_view text) {
  return !text.empty() && std::strtod(std::string(text).c_str(), nullptr) == 0;
}

}  // namespace

Sheet::Sheet(Workbook& workbook, const SheetName& name)
    : workbook_(workbook), name_(name), hidden_(kMostColumns) {
  read_layout();
  events_ = std::make_unique<XmlEvents>(*workbook_.package, name_.part);
}

portal::Result<std::unique_ptr<Sheet>> Sheet::open(Workbook& workbook, const SheetName& name) {
  try {
    return std::unique_ptr<Sheet>(new Sheet(workbook, name));
  } catch (const Damaged& damaged) {
    return portal::refused(damaged.what());
  }
}

void Sheet::hide_columns(const XmlEvents& events) {
  if (!events.is_on("hidden") && !is_zero(events.attribute("width"))) return;
  const auto last = std::min(number_of(events.attribute("max")), kMostColumns);
  for (auto column = number_of(events.attribute("min")); column >= 1 && column <= last; ++column) {
    hidden_[column - 1] = true;
  }
}

void Sheet::read_layout() {
  XmlEvents events(*workbook_.package, name_.part);
  for (Kind kind = events.next(); kind != Kind::kNothing; kind = events.next()) {
    if (kind != Kind::kBegin) continue;
    if (events.name() == "col") hide_columns(events);
    if (events.name() != "mergeCell") continue;
    const auto text = events.attribute("ref");
    const auto colon = std::min(text.find(':'), text.size());
    const auto first = place_of(text.substr(0, colon));
    const auto last = place_of(text.substr(std::min(colon + 1, text.size())));
    if (!first || !last || first->column >= kMostColumns) continue;
    merges_.push_back({first->row, last->row, first->column, last->column});
    if (merges_.size() > kMostMerges) throw Damaged("has more merged cells than any roster");
  }
  std::ranges::sort(merges_, {}, &Range::first_row);
}

// Reads on to the next row. False: there is none.
bool Sheet::find_row() {
  for (Kind kind = events_->next(); kind != Kind::kNothing; kind = events_->next()) {
    if (kind == Kind::kBegin && events_->name() == "row") return true;
    if (kind == Kind::kEnd && events_->name() == "sheetData") return false;
  }
  return false;
}

portal::Result<std::optional<Record>> Sheet::next() {
  try {
    if (!find_row()) return std::optional<Record>();
    row_text_ = 0;
    Record record;
    const auto given = number_of(events_->attribute("r"));
    row_ = given > 0 ? given : row_ + 1;
    if (row_ > kMostRows) throw Damaged("is damaged: it has a row beyond the last");
    record.place = static_cast<int>(row_);
    record.hidden = events_->is_on("hidden") || is_zero(events_->attribute("ht"));
    read_row(record);
    put_merged(record);
    empty_hidden(record);
    return std::optional(std::move(record));
  } catch (const Damaged& damaged) {
    return portal::refused(damaged.what());
  }
}

void Sheet::read_row(Record& record) {
  std::size_t column = 0;
  for (;;) {
    const Kind kind = events_->next();
    if (kind == Kind::kNothing) throw Damaged("is damaged: a row does not end");
    if (kind == Kind::kEnd && events_->name() == "row") return;
    if (kind != Kind::kBegin || events_->name() != "c") continue;
    if (events_->has("r")) {
      const auto place = place_of(events_->attribute("r"));
      if (!place) throw Damaged("is damaged: it has a cell without a place");
      column = place->column;
    }
    std::string text = read_cell();
    if (!text.empty() && column < kMostColumns) put(record, column, std::move(text));
    ++column;
  }
}

std::string Sheet::read_cell() {
  const std::string type(events_->attribute("t"));
  const auto style = number_of(events_->attribute("s"));
  std::string value;
  std::string inline_text;
  for (;;) {
    const Kind kind = events_->next();
    if (kind == Kind::kNothing) throw Damaged("is damaged: a cell does not end");
    if (kind == Kind::kEnd && events_->name() == "c") break;
    if (kind != Kind::kBegin) continue;
    if (events_->name() == "v") {
      value = read_text(*events_);
    } else if (events_->name() == "is") {
      inline_text = read_rich_text(*events_);
    }
  }
  return shown(type, style, std::move(value), std::move(inline_text));
}

// What the sheet shows for a value of that type (ECMA-376 part 1, §18.18.11).
std::string Sheet::shown(const std::string& type, std::size_t style, std::string value,
                         std::string inline_text) const {
  if (type == "inlineStr") return inline_text;
  if (value.empty()) return inline_text;
  if (type == "s") {
    const auto index = number_of(value);
    if (index >= workbook_.shared_strings.size()) {
      throw Damaged("is damaged: a cell refers to a text that is not there");
    }
    return workbook_.shared_strings[index];
  }
  if (type == "str") return without_xml_escapes(std::move(value));
  if (type == "e") return is_cell_error(value) ? value : "#UNKNOWN!";
  if (type == "b") return value == "1" || value == "true" ? "TRUE" : "FALSE";
  if (type == "d") return value.substr(0, value.find('T'));
  const NumberFormat plain;
  const auto& format = style < workbook_.formats.size() ? workbook_.formats[style] : plain;
  return shown_number(value, format, workbook_.from_1904);
}

void Sheet::put(Record& record, std::size_t column, std::string text) {
  row_text_ += text.size();
  text_ += text.size();
  if (row_text_ > kMostOfRow) throw Damaged("has a row that is longer than any");
  if (text_ > kMostText) throw Damaged("holds more text than any roster has");
  if (record.cells.size() <= column) record.cells.resize(column + 1);
  record.cells[column] = std::move(text);
}

void Sheet::put_merged(Record& record) {
  std::erase_if(active_, [&](const auto& own) { return own.second.range.last_row < row_; });
  for (; next_merge_ < merges_.size() && merges_[next_merge_].first_row <= row_; ++next_merge_) {
    const Range& range = merges_[next_merge_];
    if (range.last_row < row_) continue;
    const bool here = range.first_row == row_ && range.first_column < record.cells.size();
    active_[range.first_column] = {range, here ? record.cells[range.first_column] : ""};
  }
  for (const auto& [column, merged] : active_) {
    const bool begins = merged.range.first_row == row_;
    record.merged.push_back({column, std::min(merged.range.last_column, kMostColumns - 1), begins});
    if (begins || merged.value.empty()) continue;
    put(record, column, merged.value);
  }
}

void Sheet::empty_hidden(Record& record) {
  for (std::size_t column = 0; column < record.cells.size(); ++column) {
    if (!hidden_[column] || record.cells[column].empty()) continue;
    hidden_texts_.try_emplace(column, record.cells[column]);
    record.cells[column].clear();
  }
}

}  // namespace portalctl::xlsx
