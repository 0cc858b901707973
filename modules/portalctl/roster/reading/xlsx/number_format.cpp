#include "portalctl/roster/reading/xlsx/number_format.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace portalctl::xlsx {
namespace {

// A format's code, of which only the part for positive numbers counts, without what stands in
// quotes or brackets and without [Red], [$-411] and the like.
struct Code {
  std::string letters;      // in lower case, without literals
  std::string pattern;      // with literals, but without their quotes
  bool digits_only = true;  // nothing but 0, # and literals
};

Code read(std::string_view text) {
  Code code;
  for (std::size_t i = 0; i < text.size() && text[i] != ';'; ++i) {
    const char c = text[i];
    if (c == '"' || c == '[') {
      const auto end = std::min(text.find(c == '"' ? '"' : ']', i + 1), text.size());
      if (c == '"') code.pattern += text.substr(i + 1, end - i - 1);
      i = end;
    } else if (c == '\\' || c == '!') {
      if (++i < text.size()) code.pattern += text[i];
    } else if (c == '_' || c == '*') {
      ++i;  // a space as wide as the next character, or one that fills the cell
    } else {
      code.pattern += c;
      code.letters += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
      constexpr std::string_view kLiteral = "-() /:";
      const bool digit = c == '0' || c == '#';
      if (!digit && kLiteral.find(c) == std::string_view::npos) code.digits_only = false;
    }
  }
  return code;
}

bool is_date(const Code& code) {
  if (code.letters == "general" || code.letters == "g/標準") return false;
  if (code.letters.find("e+") != std::string::npos || code.letters.find("e-") != std::string::npos)
    return false;
  return code.letters.find_first_of("ymdhsgeb") != std::string::npos;
}

// The digits of a whole number in the places of a pattern, from the right; what is left over stands
// before it, in the place of the first digit.
std::string fill(const std::string& pattern, std::string digits) {
  std::string reversed;
  const auto first = pattern.find_first_of("0#");
  for (std::size_t i = pattern.size(); i-- > 0;) {
    const char c = pattern[i];
    if (c != '0' && c != '#') {
      reversed += c;
      continue;
    }
    if (!digits.empty()) {
      reversed += digits.back();
      digits.pop_back();
    } else if (c == '0') {
      reversed += '0';
    }
    if (i != first) continue;
    reversed.append(digits.rbegin(), digits.rend());
    digits.clear();
  }
  return {reversed.rbegin(), reversed.rend()};
}

}  // namespace

NumberFormat built_in_format(int id) {
  // 27 to 36 and 50 to 58 are dates in Japanese programs.
  constexpr std::array<std::pair<int, int>, 4> kDates = {{{14, 22}, {27, 36}, {45, 47}, {50, 58}}};
  const bool date = std::ranges::any_of(
      kDates, [&](const auto& range) { return id >= range.first && id <= range.second; });
  return {date ? NumberKind::kDate : NumberKind::kPlain};
}

NumberFormat format_of(std::string_view text) {
  Code code = read(text);
  if (is_date(code)) return {NumberKind::kDate};
  const auto places = std::ranges::count_if(code.pattern, [](char c) { return c == '0'; });
  // `0` alone is a plain whole number.
  if (code.digits_only && (places > 1 || (places == 1 && code.pattern != "0"))) {
    return {NumberKind::kDigits, std::move(code.pattern)};
  }
  return {};
}

std::string date_of_serial(double serial, bool from_1904) {
  using std::chrono::days;
  constexpr double kMost = 2'958'465;       // 9999-12-31
  constexpr int kLeapDayThatNeverWas = 60;  // 1900-02-29, for the sake of Lotus 1-2-3
  if (!(serial >= 0 && serial < kMost + 1)) return "";
  int count = static_cast<int>(serial);
  if (!from_1904 && count == kLeapDayThatNeverWas) return "1900-02-29";
  if (!from_1904 && count < kLeapDayThatNeverWas) ++count;
  const std::chrono::sys_days zero =
      from_1904 ? std::chrono::year{1904} / 1 / 1 : std::chrono::year{1899} / 12 / 30;
  const std::chrono::year_month_day date{zero + days{count}};
  std::array<char, 24> text = {};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string shown_number(const std::string& value, const NumberFormat& format, bool from_1904) {
  constexpr double kExact = 1e15;  // doubles have no more digits
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  if (value.empty() || *end != '\0') return value;
  if (format.kind == NumberKind::kDate) {
    auto date = date_of_serial(number, from_1904);
    return date.empty() ? value : date;
  }
  if (number != std::floor(number) || std::fabs(number) >= kExact) return value;
  std::array<char, 32> text = {};
  std::snprintf(text.data(), text.size(), "%.0f", number);
  if (format.kind != NumberKind::kDigits || number < 0) return text.data();
  return fill(format.digits, text.data());
}

}  // namespace portalctl::xlsx
