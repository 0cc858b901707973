// The report's words: Japanese for what the database calls by codes, and numbers as people write
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portalctl::words {

// Of "13": 東京都 (JIS X 0401); of anything else: その他.
std::string_view prefecture(std::string_view code);

// The code itself where there is no word for it.
std::string mail_kind(std::string_view kind);
std::string mail_state(std::string_view state);
std::string mail_outcome(std::string_view outcome);
std::string login_refusal(std::string_view reason);
std::string stage(std::string_view name);    // of Report::funnel
std::string field(std::string_view name);    // of Report::refused_fields
std::string message(std::string_view code);  // what the screen said, its first sentence

// What a mail server means by "550 5.1.1"; empty: look it up.
std::string_view smtp_code(std::string_view code);

std::string number(std::int64_t count);                  // 1,234,567
std::string share(std::int64_t count, std::int64_t of);  // 12.3%; of nothing: –
std::string duration(portal::EpochSeconds seconds);      // 2分5秒: the two largest units
std::string day(std::int64_t japan_day);                 // 11月25日（水）
std::string short_day(std::int64_t japan_day);           // 11/25

}  // namespace portalctl::words
