#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>
#include <string>

namespace portal {

// A process that reads a SQLite database of the portal's, from the constructor to end(): as it was
// then.
class SqliteReader {
 public:
  explicit SqliteReader(const std::string& path) {
    std::array<int, 2> pipe_ends = {};
    if (pipe(pipe_ends.data()) != 0) throw std::runtime_error("no pipe");
    pid_ = fork();
    if (pid_ == 0) read_for_ever(path, pipe_ends[1]);
    char ready = 0;
    EXPECT_EQ(read(pipe_ends[0], &ready, 1), 1);
    for (const int end : pipe_ends) close(end);
  }
  SqliteReader(const SqliteReader&) = delete;
  SqliteReader& operator=(const SqliteReader&) = delete;
  ~SqliteReader() { end(); }
  pid_t pid() const { return pid_; }
  void end() {
    if (pid_ == 0) return;
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

 private:
  [[noreturn]] static void read_for_ever(const std::string& path, int ready) {
    sqlite3* session = nullptr;
    const char* const sql = "BEGIN; SELECT COUNT(*) FROM draft";
    if (sqlite3_open(path.c_str(), &session) != SQLITE_OK ||
        sqlite3_exec(session, sql, nullptr, nullptr, nullptr) != SQLITE_OK ||
        write(ready, "r", 1) != 1) {
      _exit(1);
    }
    for (;;) pause();
  }
  pid_t pid_ = 0;
};

}  // namespace portal
