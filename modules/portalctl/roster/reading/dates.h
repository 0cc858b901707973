// Dates as lists and people write them: of any era, in kanji, or as a spreadsheet counts days.
#pragma once

#include <string>
#include <string_view>

namespace portalctl {

// 令和六年四月一日, R6.4.1, 2024年4月1日, 20240401, 5060401 (of medical claims: the era's number
// first) or 45383 as 2024-04-01; 令和6年4月 as 2024-04, 令和6年 as 2024. Empty: it is no date.
std::string iso_date(std::string_view cell);

// The last day of such a date: 2024-12-31 of 2024.
std::string last_day_of(const std::string& iso_date);

}  // namespace portalctl
