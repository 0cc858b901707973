// The log: one line an event on standard error, as text or JSON (`log.format`).
//
// Where standard error is the journal, each line has its priority in front, `<3>` to `<7>`, which
// the journal takes off again (sd-daemon(3)). An event's name is one word, like_this: it is what an
// operator filters by, and it is counted under that name. conf/monitoring.md has them all.
//
// Never give it a password, token, query string or mail body; mask addresses (mask_address).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/settings.h"

namespace portal::log {

enum class Level { kDebug, kInfo, kWarning, kError };
enum class Format { kText, kJson };

using Field = std::pair<std::string_view, std::string_view>;

// Once at start, before any thread. Until then: kInfo, kText, no program name.
void start(std::string_view program, Level level, Format format);
void start(std::string_view program, const Settings& settings);  // by log.level and log.format

// Writes `TIME PROGRAM LEVEL EVENT key=value …` with one write(2): lines of threads never mix.
void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

inline void info(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::kInfo, event, fields);
}
inline void warning(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::kWarning, event, fields);
}
inline void error(std::string_view event, std::initializer_list<Field> fields = {}) {
  write(Level::kError, event, fields);
}

// What a line on standard error begins with that does not come from here: `<3>` for the journal, or
// nothing.
std::string_view priority(Level level);

// How often each event was written since the start, by its name; log.level hides lines, not counts.
using Counts = std::map<std::string, std::uint64_t, std::less<>>;
Counts counts();
// Counts these from 0 on: what was never counted cannot be seen to grow.
void expect(std::span<const std::string_view> events);

// `taro@example.jp` → `t***@example.jp`
std::string mask_address(std::string_view address);

// Every address within a text (a mail server's reply): `<taro@example.jp> gone` → `<***@example.jp>
// gone`
std::string mask_addresses(std::string text);

}  // namespace portal::log
