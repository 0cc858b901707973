#include "portalctl/roster/reading/roster_table.h"

#include <Poco/RegularExpression.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/text.h"
#include "portalctl/roster/reading/cell_values.h"

namespace portalctl {
namespace {

using portal::Done;
using portal::refused;
using portal::Result;

constexpr std::size_t kMostHeaderRows = 3;

// Whether the cell begins a row of totals: 合計, 小計：12件 … 計良整骨院 is the name of a clinic.
bool is_total(std::string_view cell) {
  static const Poco::RegularExpression total(
      "(合計|総計|小計|計|件数|総数|以上|total)(件数|施術所数|数)?[:=]?[0-9,]*(件|施術所|院)?",
      Poco::RegularExpression::RE_CASELESS | Poco::RegularExpression::RE_UTF8);
  return total.match(heading(cell));  // the whole text: match() anchors both ends
}

// Whether the cell explains a heading, where a clinic has a value: （半角）, ※…, or the number of
// the column: ①.
bool is_remark(std::string_view cell) {
  const std::string text = portal::text::nfkc(portal::text::trim(cell));
  if (text.starts_with('(') && text.ends_with(')')) return true;
  constexpr std::array<std::string_view, 4> kBegin = {"※", "*", "注", "単位"};
  if (std::ranges::any_of(kBegin, [&](auto begin) { return text.starts_with(begin); })) return true;
  return !text.empty() && text.size() <= 2 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view first_value(const Record& record) {
  const auto found = std::ranges::find_if(
      record.cells, [](const auto& cell) { return !portal::text::blank(cell); });
  return found == record.cells.end() ? std::string_view() : std::string_view(*found);
}

bool has_digit(std::string_view cell) {
  return std::ranges::any_of(portal::text::fold_digits(cell),
                             [](char c) { return c >= '0' && c <= '9'; });
}

// Whether the row names a clinic.
bool has_number(const Record& row) {
  return std::ranges::any_of(row.cells, [](const auto& cell) { return bool(roster_number(cell)); });
}

// Whether a header that takes one row more, `row`, is better: it has more fields, or it tells over
// how many columns the number is spread.
bool is_better(const Header& header, const Header& than, const Record& row) {
  if (header.fields() != than.fields()) return header.fields() > than.fields();
  return header.number_columns > than.number_columns && !has_digit(number_text(row, header));
}

}  // namespace

std::string cell_of(const Record& record, const std::optional<std::size_t>& place) {
  return place && *place < record.cells.size() ? record.cells[*place] : std::string();
}

std::string number_text(const Record& record, const Header& header) {
  std::string text = cell_of(record, header.places[0]);
  for (std::size_t i = 1; i < header.number_columns; ++i) {
    const auto cell = cell_of(record, *header.places[0] + i);
    if (!roster_number(text)) {
      text += cell;
    } else if (roster_number(cell)) {
      text += " / " + cell;  // two numbers
    }
  }
  return text;
}

bool is_blank(const Record& record) {
  return std::ranges::all_of(record.cells,
                             [](const auto& cell) { return portal::text::blank(cell); });
}

// Reads ahead until so many records are there, or none is left. Hidden rows are no header.
Result<Done> RosterTable::fill(std::size_t rows) {
  while (ahead_.size() < rows) {
    auto record = source_->next();
    if (!record) return refused(" " + record.error().message);
    if (!*record) break;
    ++rows_;
    for (std::string& cell : (*record)->cells) cell = without_text_mark(std::move(cell));
    ahead_.push_back(std::move(**record));
  }
  return Done{};
}

// The header that begins with the record at `begin`: of one row, or of so many more as give more
// fields.
Result<std::optional<Header>> RosterTable::best_header(std::size_t begin) const {
  std::optional<Header> best;
  std::optional<portal::Error> error;
  std::vector<Record> rows;
  // A row that names a clinic is no part of a header.
  for (std::size_t i = begin; i < std::min(begin + kMostHeaderRows, ahead_.size()); ++i) {
    if (ahead_[i].hidden || has_number(ahead_[i])) break;
    rows.push_back(ahead_[i]);
    const auto header = map_.find_in(rows);
    if (!header) {
      if (!error) error = header.error();
    } else if (*header && (!best || is_better(**header, *best, rows.back()))) {
      best = **header;
    }
  }
  if (!best && error) {
    error->message.insert(0, std::to_string(ahead_[begin].place) + ": ");
    return *error;
  }
  return best;
}

// The header that begins with the first record, and not with the next: a title above a header is no
// part of it, though the words of both together may name the columns.
Result<std::optional<Header>> RosterTable::header_here() const {
  const auto here = best_header(0);
  const auto next = best_header(1);
  if (here && !*here) return here;
  const auto alone = map_.find_in({&ahead_.front(), 1});
  const bool repeated = alone && *alone && next && *next && (*next)->fields() <= (*alone)->fields();
  if (repeated) return here;  // the next one is the same header on the next page of a list
  const bool next_is_better =
      here ? next && *next && (*next)->fields() >= (*here)->fields() : !next || *next;
  return next_is_better ? Result(std::optional<Header>()) : here;
}

Result<bool> RosterTable::find_header() {
  const auto without = map_.without_header();
  for (int rows = 0; rows < kHeaderWithin; ++rows) {
    if (const auto done = fill(kMostHeaderRows + 1); !done) return done.error();
    if (ahead_.empty()) return false;
    if (ahead_.front().hidden) {
      ahead_.pop_front();
      continue;
    }
    if (without && roster_number(cell_of(ahead_.front(), (*without)[0]))) {
      header_.places = *without;
      return true;
    }
    const auto header = header_here();
    if (!header) return header.error();
    if (*header) {
      header_ = **header;
      below_header_ = true;
      ahead_.erase(ahead_.begin(), ahead_.begin() + static_cast<std::ptrdiff_t>(header_.rows));
      return true;
    }
    ahead_.pop_front();
  }
  return false;
}

// Whether the row belongs to the header that stands above it: cells that are merged with the
// header, words below the number's heading, or remarks.
bool RosterTable::is_note(const Record& record) const {
  const auto from_above = [&](std::size_t column) {
    return std::ranges::any_of(record.merged, [&](const auto& merged) {
      return !merged.begins_here && merged.first == column;
    });
  };
  const std::string number = number_text(record, header_);
  if (from_above(*header_.places[0])) return !roster_number(number);
  const bool no_name =
      portal::text::blank(cell_of(record, header_.places[1])) || from_above(*header_.places[1]);
  if (no_name && !portal::text::blank(number) && !has_digit(number)) return true;
  return std::ranges::all_of(
      record.cells, [](const auto& cell) { return portal::text::blank(cell) || is_remark(cell); });
}

bool RosterTable::to_skip(const Record& record) {
  if (!record.reason.empty()) return false;
  if (is_blank(record)) return true;
  if (std::exchange(below_header_, false) && is_note(record)) return below_header_ = true;
  const std::string number = number_text(record, header_);
  if (!roster_number(number) && (is_total(number) || is_total(first_value(record)))) return true;
  if (header_.rows == 0 || has_digit(number)) return false;
  const auto repeated = map_.find_in({&record, 1});
  return repeated && *repeated && (*repeated)->places == header_.places;
}

Result<std::optional<Record>> RosterTable::next() {
  for (;;) {
    if (const auto done = fill(1); !done) return done.error();
    if (ahead_.empty()) return std::optional<Record>();
    Record record = std::move(ahead_.front());
    ahead_.pop_front();
    if (record.hidden && !is_blank(record)) {
      ++hidden_;
      return std::optional(std::move(record));
    }
    if (to_skip(record)) {
      ++skipped_;
      continue;
    }
    return std::optional(std::move(record));
  }
}

}  // namespace portalctl
