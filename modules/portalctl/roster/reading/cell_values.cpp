#include "portalctl/roster/reading/cell_values.h"

#include <Poco/RegularExpression.h>

#include <algorithm>

#include "core/text/text.h"
#include "portalctl/roster/reading/cell_errors.h"
#include "portalctl/roster/reading/columns.h"

namespace portalctl {
namespace {

using portal::ClinicDetails;
using portal::refused;
using portal::Result;

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
std::string with_zero(const std::string& digits) {
  if (digits.size() + 1 != most_digits()) return "";
  const auto number = portal::RegistrationNumber::parse("0" + digits);
  return number ? " (perhaps it was " + number->text() + ")" : "";
}

// "its 3rd character", as people count them.
std::string character_in_words(std::size_t position) {
  return "character " + std::to_string(position);
}

// Whether `roster quarantine --csv` has written an unseen character as <U+001B>, which is still
// there.
bool has_written_character(std::string_view value) {
  static const Poco::RegularExpression written("<U\\+[0-9A-F]{4,6}>|<0x[0-9A-F]{2}>");
  Poco::RegularExpression::Match match;
  return written.match(std::string(value), 0, match) > 0;
}

// What is wrong with the characters of a value; empty: nothing.
std::string unfit_character(std::string_view value) {
  if (const auto position = portal::text::position_of_unseen(value)) {
    return " has " + portal::text::name_of_character(value, position) +
           ", which nobody can see, as " + character_in_words(position) + ": remove it";
  }
  if (has_written_character(value)) {
    return " has a character that nobody can see, written as <U+ …>: remove it";
  }
  if (const auto position = portal::text::position_of_unshowable(value)) {
    return " has " + portal::text::name_of_character(value, position) +
           ", which other computers cannot show (外字), as " + character_in_words(position) +
           ": write it in characters that all have";
  }
  return "";
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

std::string complaint(const ClinicDetails& details, const std::string& number) {
  for (const RosterField& field : roster_fields()) {
    const std::string value = value_of(field, details, number);
    const std::string column(field.column);
    if (field.required && portal::text::blank(value)) return column + " is empty";
    if (is_cell_error(value)) return column + " is " + value + ", an error of a spreadsheet";
    if (portal::text::code_points(value) > field.most) {
      return column + " is longer than " + std::to_string(field.most) + " characters";
    }
    if (field.member == nullptr) continue;  // invisible characters do not belong to a number
    if (const auto unfit = unfit_character(value); !unfit.empty()) return column + unfit;
  }
  return "";
}

Result<portal::RegistrationNumber> roster_number(std::string_view cell) {
  if (portal::text::blank(cell)) return refused("登録記号番号 is empty");
  std::string text = portal::text::fold_digits(portal::text::nfkc(cell));
  for (const std::string_view bracket :
       {"【", "】", "(", ")", "[", "]", "「", "」", "〔", "〕", "'", "’", "‘"}) {
    for (auto at = text.find(bracket); at != std::string::npos; at = text.find(bracket)) {
      text.erase(at, bracket.size());
    }
  }
  if (const auto number = portal::RegistrationNumber::parse(text)) return *number;
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  if ((digits && text.size() < most_digits()) || text.find("E+") != std::string::npos) {
    return refused("not a registration number: " + std::string(cell) +
                   ": a spreadsheet took it for a number and dropped zeros; make the column text" +
                   with_zero(text));
  }
  return refused("not a registration number: " + std::string(portal::text::cut(cell, 60)));
}

}  // namespace portalctl
