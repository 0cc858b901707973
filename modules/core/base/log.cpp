#include "core/base/log.h"

#include <Poco/DateTimeFormatter.h>
#include <Poco/JSONString.h>
#include <Poco/RegularExpression.h>
#include <Poco/Timestamp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cstdlib>
#include <mutex>

#include "core/base/activity.h"
#include "core/text/text.h"

namespace portal::log {
namespace {

constexpr std::string_view kRequest = "request";

// systemd.exec(5): JOURNAL_STREAM has the device and inode of the journal's socket. If a shell has
// redirected standard error since, they differ.
bool stderr_is_journal() {
  const char* const stream = std::getenv("JOURNAL_STREAM");
  struct stat status = {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
  return std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino) == stream;
}

struct State {
  std::string program;
  Level level = Level::kInfo;
  Format format = Format::kText;
  bool journal = stderr_is_journal();
};

State& state() {
  static State state;
  return state;
}

// Counts for all threads. Writing a line costs a system call, so the lock costs little beside it.
class Counter {
 public:
  void add(std::string_view event, std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    const auto found = counts_.find(event);
    if (found == counts_.end()) {
      counts_.emplace(event, number);
    } else {
      found->second += number;
    }
  }
  void add_error() { ++errors_; }
  std::uint64_t errors() const { return errors_; }
  Counts read() const {
    const std::lock_guard lock(mutex_);
    return counts_;
  }

 private:
  mutable std::mutex mutex_;
  Counts counts_;
  std::atomic<std::uint64_t> errors_ = 0;
};

Counter& counter() {
  static Counter counter;
  return counter;
}

constexpr std::string_view name_of(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
  }
  return "error";
}

bool needs_quotes(std::string_view value) {
  if (value.empty()) return true;
  return std::ranges::any_of(value, [](char c) {
    const bool plain = c > ' ' && c < 0x7f;  // only ASCII, whether char is signed or not
    return !plain || c == '"' || c == '=' || c == '\\';
  });
}

std::string json_string(std::string_view value) {
  return text::visible_json(Poco::toJSON(text::repaired(value)));
}

void append(std::string& line, Format format, std::string_view key, std::string_view value) {
  if (format == Format::kJson) {
    line.append(line.empty() ? "{" : ",")
        .append(json_string(key))
        .append(":")
        .append(json_string(value));
  } else {
    line.append(" ").append(key).append("=");
    line.append(needs_quotes(value) ? json_string(value) : std::string(value));
  }
}

}  // namespace

void start(std::string_view program, Level level, Format format) {
  state() = State{std::string(program), level, format};
}

void start(std::string_view program, const Settings& settings) {
  constexpr std::array kLevels = {Level::kDebug, Level::kInfo, Level::kWarning, Level::kError};
  const auto* const level = std::find_if(kLevels.begin(), kLevels.end(), [&](Level candidate) {
    return name_of(candidate) == settings.text("log.level");
  });
  assert(level != kLevels.end());
  start(program, *level, settings.text("log.format") == "json" ? Format::kJson : Format::kText);
}

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  counter().add(event, 1);
  if (level == Level::kError) counter().add_error();
  const State& now = state();
  if (level < now.level) return;
  const std::string time =
      Poco::DateTimeFormatter::format(Poco::Timestamp(), "%Y-%m-%dT%H:%M:%S.%iZ");
  std::string line;
  if (now.format == Format::kJson) {
    append(line, now.format, "time", time);
    append(line, now.format, "program", now.program);
    append(line, now.format, "level", name_of(level));
    append(line, now.format, "event", event);
  } else {
    line.append(time).append(" ").append(now.program).append(" ").append(name_of(level));
    line.append(" ").append(event);
  }
  for (const auto& [key, value] : fields) append(line, now.format, key, value);
  const std::string_view request = Activity::here().request();
  if (!request.empty() && std::ranges::find(fields, kRequest, &Field::first) == fields.end()) {
    append(line, now.format, kRequest, request);
  }
  line.insert(0, priority(level));
  line.append(now.format == Format::kJson ? "}\n" : "\n");
  // If standard error itself fails, there is no place to report it. A journal that is slow is no
  // reason to end this program.
  const Phase phase(Activity::Kind::kOther, Activity::kDisk);
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

std::string_view priority(Level level) {
  if (!state().journal) return "";
  switch (level) {
    case Level::kDebug:
      return "<7>";
    case Level::kInfo:
      return "<6>";
    case Level::kWarning:
      return "<4>";
    case Level::kError:
      return "<3>";
  }
  return "<3>";
}

Counts counts() {
  return counter().read();
}

std::uint64_t errors() {
  return counter().errors();
}

void expect(std::span<const std::string_view> events) {
  for (const std::string_view event : events) counter().add(event, 0);
}

std::string mask_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) return "***";
  return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(at));
}

std::string mask_addresses(std::string text) {
  // What mask_address() has masked stays as it is.
  static const Poco::RegularExpression local_part(
      "(?!(?<![^\\s<>\"@])[^\\s<>\"@]\\*\\*\\*@)[^\\s<>\"@]+@");
  local_part.subst(text, "***@", Poco::RegularExpression::RE_GLOBAL);
  return text;
}

}  // namespace portal::log
