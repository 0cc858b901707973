// What a sheet shows for a cell that holds a number: the formats of cells (ECMA-376 part 1,
// §18.8.30 and §18.8.31) as far as rosters need them.
#pragma once

#include <string>
#include <string_view>

namespace portalctl::xlsx {

enum class NumberKind { kPlain, kDate, kDigits };

struct NumberFormat {
  NumberKind kind = NumberKind::kPlain;
  std::string digits = {};  // of kDigits: 0 and # for a digit, anything else as it is
};

// The format with that number which every program knows (14 is a date), or a plain one.
NumberFormat built_in_format(int id);
// A format as a workbook defines it: `ge.m.d` is a date, `0000000-0-0` and `"契"0000000` are
// digits.
NumberFormat format_of(std::string_view code);

// Days since 1899-12-30, or since 1904-01-01 in workbooks of old Macintosh programs, as 2024-04-01.
// Empty: it is no day that a spreadsheet knows.
std::string date_of_serial(double serial, bool from_1904);

// `value`: the number as the file has it, such as 45383 or 1.3000001010000001E9.
std::string shown_number(const std::string& value, const NumberFormat& format, bool from_1904);

}  // namespace portalctl::xlsx
