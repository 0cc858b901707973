// Loaded before SQLite (LD_PRELOAD): each text that a program of the portal has SQLite compile
// stands, a line each, in the file of the program's name in the folder RECORDED_STATEMENTS. Other
// programs, such as sqlite3 and a test, leave nothing.
#include <dlfcn.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

namespace {

// Python loads SQLite as a part of a module, where RTLD_NEXT does not look.
template <class F>
F* real(const char* name) {
  static void* const sqlite = dlopen("libsqlite3.so.0", RTLD_LAZY);
  return reinterpret_cast<F*>(dlsym(sqlite, name));
}

bool is_recorded(std::string_view program) {
  return std::getenv("RECORDED_STATEMENTS") != nullptr &&
         (program == "portalctl" || program.starts_with("portal-"));
}

// What could not be recorded must not pass for what was never asked.
void write_line(std::string line) {
  std::ranges::replace(line, '\n', ' ');
  line += '\n';
  const std::string path =
      std::string(std::getenv("RECORDED_STATEMENTS")) + "/" + program_invocation_short_name;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (file == -1 || write(file, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
    std::abort();
  }
  close(file);
}

void record(std::string_view sql) {
  static const bool recorded = is_recorded(program_invocation_short_name);
  if (!recorded) return;
  static std::mutex mutex;
  static std::set<std::string> known;
  const std::lock_guard lock(mutex);
  if (known.emplace(sql).second) write_line(std::string(sql));
}

// A negative number of bytes: the text ends with a NUL.
std::string_view text_of(const char* sql, int bytes) {
  return {sql, bytes < 0 ? std::strlen(sql) : strnlen(sql, static_cast<std::size_t>(bytes))};
}

}  // namespace

extern "C" {

int sqlite3_prepare_v2(sqlite3* session, const char* sql, int bytes, sqlite3_stmt** made,
                       const char** rest) {
  static auto* const original = real<decltype(sqlite3_prepare_v2)>("sqlite3_prepare_v2");
  record(text_of(sql, bytes));
  return original(session, sql, bytes, made, rest);
}

int sqlite3_prepare_v3(sqlite3* session, const char* sql, int bytes, unsigned flags,
                       sqlite3_stmt** made, const char** rest) {
  static auto* const original = real<decltype(sqlite3_prepare_v3)>("sqlite3_prepare_v3");
  record(text_of(sql, bytes));
  return original(session, sql, bytes, flags, made, rest);
}

}  // extern "C"
