// The log: one line an event on standard error, as text or JSON (`log.format`).
//
// Never give it a password, token, query string or mail body; mask addresses (mask_address).
#pragma once

#include <initializer_list>
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

// `taro@example.jp` → `t***@example.jp`
std::string mask_address(std::string_view address);

// Every address within a text (a mail server's reply): `<taro@example.jp> gone` → `<***@example.jp>
// gone`
std::string mask_addresses(std::string text);

}  // namespace portal::log
