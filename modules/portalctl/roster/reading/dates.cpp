#include "portalctl/roster/reading/dates.h"

#include <Poco/RegularExpression.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "core/text/text.h"
#include "portalctl/roster/reading/xlsx/number_format.h"

namespace portalctl {
namespace {

using Poco::RegularExpression;

struct Era {
  std::string_view name;
  char letter;
  char number;    // in medical claims
  int year_zero;  // the year before its first
};

constexpr std::array kEras = {
    Era{"明治", 'm', '1', 1867}, Era{"大正", 't', '2', 1911}, Era{"昭和", 's', '3', 1925},
    Era{"平成", 'h', '4', 1988}, Era{"令和", 'r', '5', 2018},
};

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// The number that kanji stand for: 二十五, 二〇二四, 二千二十四.
std::string number_in_kanji(const std::vector<int>& digits) {
  const bool has_units = std::ranges::any_of(digits, [](int digit) { return digit >= 10; });
  int number = 0;
  int digit = 0;
  bool open = false;  // a digit stands there whose unit may follow
  for (const int next : digits) {
    if (!has_units) {
      number = number * 10 + next;
    } else if (next < 10) {
      digit = next;
      open = true;
    } else {
      number += (open ? digit : 1) * next;
      open = false;
    }
    if (number > 99'999) return "";
  }
  return std::to_string(number + (open ? digit : 0));
}

// The text with digits in place of numbers in kanji.
std::string with_digits(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, int>, 14> kKanji = {{{"〇", 0},
                                                                        {"零", 0},
                                                                        {"一", 1},
                                                                        {"二", 2},
                                                                        {"三", 3},
                                                                        {"四", 4},
                                                                        {"五", 5},
                                                                        {"六", 6},
                                                                        {"七", 7},
                                                                        {"八", 8},
                                                                        {"九", 9},
                                                                        {"十", 10},
                                                                        {"百", 100},
                                                                        {"千", 1000}}};
  std::string plain;
  std::vector<int> digits;
  const auto end_number = [&] {
    if (!digits.empty()) plain += number_in_kanji(digits);
    digits.clear();
  };
  while (!text.empty()) {
    const auto* const kanji =
        std::ranges::find_if(kKanji, [&](const auto& own) { return text.starts_with(own.first); });
    if (kanji != kKanji.end()) {
      digits.push_back(kanji->second);
      text.remove_prefix(kanji->first.size());
    } else {
      end_number();
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  end_number();
  return plain;
}

// The text with one way to write each thing: r6.4.1
std::string plain(std::string_view cell) {
  std::string text = portal::text::nfkc(portal::text::trim(cell));
  static const RegularExpression time("[ T][0-9]{1,2}:[0-9]{2}.*$");
  static const RegularExpression weekday("\\((日|月|火|水|木|金|土)(曜日?)?\\)",
                                         RegularExpression::RE_UTF8);
  time.subst(text, "");
  weekday.subst(text, "");
  for (const std::string_view dash :
       {"‐", "‑", "–", "—", "―", "−", "ー", "/", ".", "・", "、", ","}) {
    replace_all(text, dash, "-");
  }
  replace_all(text, "西暦", "");
  replace_all(text, "元", "1");
  for (const Era& era : kEras) replace_all(text, era.name, std::string(1, era.letter));
  text = portal::text::ascii_lower(with_digits(text));
  std::erase_if(text, [](char c) { return c == ' '; });
  return text;
}

// Nothing: there is no such day. A month or day of 0 is not known.
std::string iso(int year, int month, int day) {
  using namespace std::chrono;
  constexpr int kFirst = 1868;
  constexpr int kLast = 2199;
  if (year < kFirst || year > kLast || month > 12) return "";
  const year_month_day date{std::chrono::year{year},
                            std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (day > 0 && !date.ok()) return "";
  std::array<char, 40> text = {};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  const std::string all = text.data();
  if (month == 0) return all.substr(0, 4);
  return day == 0 ? all.substr(0, 7) : all;
}

// The date in groups of digits: an era (or none), a year, perhaps a month, perhaps a day.
std::string from_groups(const std::vector<std::string>& groups) {
  const auto number = [&](std::size_t i) {
    return i < groups.size() && !groups[i].empty() ? std::stoi(groups[i]) : 0;
  };
  int year = number(2);
  if (!groups[1].empty()) {
    const auto* const era = std::ranges::find(kEras, groups[1][0], &Era::letter);
    if (year == 0) return "";
    year += era->year_zero;
  }
  const bool month_given = groups.size() > 3 && !groups[3].empty();
  const bool day_given = groups.size() > 4 && !groups[4].empty();
  if ((month_given && number(3) == 0) || (day_given && number(4) == 0)) return "";
  return iso(year, number(3), number(4));
}

std::string from_separated(const std::string& text) {
  static const RegularExpression parts(
      "^([mtshr]?)-?([0-9]{1,4})(?:年|-|$)"
      "(?:([0-9]{1,2})(?:月|-|$)(?:([0-9]{1,2})日?-?)?)?(?:付け?)?$",
      RegularExpression::RE_UTF8);
  std::vector<std::string> groups;
  if (parts.split(text, groups) == 0) return "";
  // A year of the common era has four digits; two could be of any era.
  if (groups[1].empty() && groups[2].size() != 4) return "";
  return from_groups(groups);
}

std::string from_digits_alone(const std::string& text) {
  constexpr int kFirstSerial = 18'264;  // 1950-01-01
  constexpr int kLastSerial = 73'050;   // 2099-12-31
  static const RegularExpression common("^()([0-9]{4})([0-9]{2})([0-9]{2})?$");
  static const RegularExpression of_era("^([mtshr1-5])([0-9]{2})([0-9]{2})([0-9]{2})$");
  std::vector<std::string> groups;
  if (of_era.split(text, groups) > 0) {
    const auto* const era = std::ranges::find(kEras, groups[1][0], &Era::number);
    if (era != kEras.end()) groups[1] = era->letter;
    return from_groups(groups);
  }
  if (common.split(text, groups) > 0) return from_groups(groups);
  if (text.size() != 5 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    return "";
  }
  const int serial = std::stoi(text);
  if (serial < kFirstSerial || serial > kLastSerial) return "";
  return xlsx::date_of_serial(serial, false);
}

}  // namespace

std::string iso_date(std::string_view cell) {
  constexpr std::size_t kLongest = 100;
  if (cell.empty() || cell.size() > kLongest) return "";
  const std::string text = plain(cell);
  auto date = from_separated(text);
  return date.empty() ? from_digits_alone(text) : date;
}

std::string last_day_of(const std::string& iso_date) {
  constexpr std::size_t kYear = 4;
  constexpr std::size_t kMonth = 7;
  // As texts they compare as dates do: no month has a day after 31.
  if (iso_date.size() == kYear) return iso_date + "-12-31";
  return iso_date.size() == kMonth ? iso_date + "-31" : iso_date;
}

}  // namespace portalctl
