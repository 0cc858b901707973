// The log: one line for each event on standard error, as text or JSON (`log.format`).
//
// If standard error is the journal, each line begins with its priority, `<3>` to `<7>`, which the
// journal removes (sd-daemon(3)). An event's name is one word, like_this: operators filter by it,
// and events are counted by it. conf/monitoring.md explains every event.
//
// What is unseen in a value (text::position_of_unseen) is escaped: \u001B, in both formats.
//
// What a thread logs while it works for a request (ForRequest, activity.h) ends with `request=` and
// the request's id, unless the fields have one.
//
// Never log a password, token, query string or mail body; mask addresses (mask_address).
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

// Call it once at start, before any thread exists. Until then the log has kInfo, kText and no
// program name.
void start(std::string_view program, Level level, Format format);
void start(std::string_view program, const Settings& settings);  // uses log.level and log.format

// Writes `TIME PROGRAM LEVEL EVENT key=value …` with one write(2), so lines of threads never mix.
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

// The beginning of a line that a program itself writes to standard error: `<3>` for the journal, or
// nothing.
std::string_view priority(Level level);

// How often each event has happened since the start, by its name. Events that log.level hides are
// counted too.
using Counts = std::map<std::string, std::uint64_t, std::less<>>;
Counts counts();
// How many lines of level kError there were since the start, also hidden ones.
std::uint64_t errors();
// Makes the counts of these events begin with 0: monitoring cannot see growth from a missing count.
void expect(std::span<const std::string_view> events);

// `taro@example.jp` → `t***@example.jp`
std::string mask_address(std::string_view address);

// Masks every address within a text, such as a mail server's reply: `<taro@example.jp> gone` →
// `<***@example.jp> gone`
std::string mask_addresses(std::string text);

}  // namespace portal::log
