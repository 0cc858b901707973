#include "portalctl/roster/reading/cell_values.h"

#include <Poco/RegularExpression.h>

#include <algorithm>

#include "core/text/text.h"
#include "portalctl/roster/reading/cell_errors.h"
#include "portalctl/roster/reading/columns.h"

namespace portalctl {
namespace {

using portal::ClinicDetails;
using portal::RegistrationNumber;
using portal::RowFault;
using portal::RowReason;

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

// The number that the digits may have been before a zero was dropped. Prefectures, with which a
// number begins, have one zero at most.
std::optional<RegistrationNumber> with_zero(const std::string& digits) {
  if (digits.size() + 1 != most_digits()) return std::nullopt;
  return RegistrationNumber::parse("0" + digits);
}

// A cell for a number as numbers are read.
std::string plain_number(std::string_view cell) {
  std::string text = portal::text::fold_digits(portal::text::nfkc(cell));
  for (const std::string_view bracket :
       {"【", "】", "(", ")", "[", "]", "「", "」", "〔", "〕", "'", "’", "‘"}) {
    for (auto at = text.find(bracket); at != std::string::npos; at = text.find(bracket)) {
      text.erase(at, bracket.size());
    }
  }
  return text;
}

// Whether `roster quarantine --csv` has written an unseen character as <U+001B>, which is still
// there.
bool has_written_character(std::string_view value) {
  static const Poco::RegularExpression written("<U\\+[0-9A-F]{4,6}>|<0x[0-9A-F]{2}>");
  Poco::RegularExpression::Match match;
  return written.match(std::string(value), 0, match) > 0;
}

// What is wrong with the characters of a value; empty: nothing.
RowReason unfit_character(std::string_view column, std::string_view value) {
  if (const auto position = portal::text::position_of_unseen(value)) {
    return RowReason::of<RowFault::kUnseen>(
        column, portal::text::name_of_character(value, position), position);
  }
  if (has_written_character(value)) return RowReason::of<RowFault::kUnseenWritten>(column);
  if (const auto position = portal::text::position_of_unshowable(value)) {
    return RowReason::of<RowFault::kUnshowable>(
        column, portal::text::name_of_character(value, position), position);
  }
  return {};
}

}  // namespace

std::string without_text_mark(std::string cell) {
  constexpr std::string_view kBegin = "=\"";
  if (cell.starts_with("'")) return cell.substr(1);
  if (!cell.starts_with(kBegin) || cell.size() == kBegin.size() || !cell.ends_with('"'))
    return cell;
  std::string text;
  for (std::size_t i = kBegin.size(); i + 1 < cell.size(); ++i) {
    text += cell[i];
    if (cell[i] != '"') continue;
    if (i + 2 >= cell.size() || cell[++i] != '"') return cell;  // a formula of several texts
  }
  return text;
}

std::string kept_value(std::string_view cell) {
  std::string text(cell);
  for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n"))
    text.erase(at, 1);
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return portal::text::tidy(text);
}

RowReason complaint(const ClinicDetails& details, const std::string& number) {
  for (const RosterField& field : roster_fields()) {
    const std::string value = value_of(field, details, number);
    if (field.required && portal::text::blank(value)) {
      return RowReason::of<RowFault::kEmpty>(field.column);
    }
    if (is_cell_error(value)) return RowReason::of<RowFault::kCellError>(field.column, value);
    if (portal::text::code_points(value) > field.most) {
      return RowReason::of<RowFault::kTooLong>(field.column, field.most);
    }
    if (field.member == nullptr) continue;  // invisible characters do not belong to a number
    if (auto unfit = unfit_character(field.column, value); !unfit.empty()) return unfit;
  }
  return {};
}

std::optional<RegistrationNumber> roster_number(std::string_view cell) {
  if (portal::text::blank(cell)) return std::nullopt;
  return RegistrationNumber::parse(plain_number(cell));
}

RowReason complaint_of_number(std::string_view cell) {
  if (portal::text::blank(cell)) return RowReason::of<RowFault::kEmpty>(roster_fields()[0].column);
  const std::string text = plain_number(cell);
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if ((digits && text.size() < most_digits()) || text.find("E+") != std::string::npos) {
    const auto perhaps = with_zero(text);
    return perhaps ? RowReason::of<RowFault::kZeroDropped>(cell, perhaps->text())
                   : RowReason::of<RowFault::kZerosDropped>(cell);
  }
  return RowReason::of<RowFault::kNoNumber>(portal::text::cut(cell, 60));
}

}  // namespace portalctl
