// portalctl run as an operator does, with settings and a database of its own.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "core/base/system_error.h"
#include "support/test_database.h"

namespace portalctl_test {

namespace fs = std::filesystem;

inline const std::string kHeader = "登録記号番号,施術所名,所在地,電話番号\n";

inline std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Ran {
  int status = -1;
  std::string out;
  std::string error;
};

class Portalctl : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "portalctl-test-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder = name;
    own_database.emplace(folder);
    write("portal.conf", own_database->lines() + "mail.maildir = " + file("mail") +
                             "\ntemplates.directory = " PORTAL_SOURCE_DIR
                             "/templates\n"
                             "password.blocklist = " PORTAL_SOURCE_DIR
                             "/conf/password-blocklist.txt\n");
  }
  void TearDown() override {
    own_database.reset();
    fs::remove_all(folder);
  }

  std::string file(std::string_view name) const { return folder / name; }
  void write(std::string_view name, std::string_view content) const {
    std::ofstream(folder / name, std::ios::binary) << content;
  }

  // `arguments` as in a shell; in English, whoever runs the test, unless `environment` says
  // another.
  Ran run(const std::string& arguments, const std::string& config = "portal.conf",
          const std::string& environment = "LC_ALL=C") const {
    const std::string command = "env " + environment + " '" PORTALCTL "' --config " + file(config) +
                                " " + arguments + " >" + file("out") + " 2>" + file("error");
    const int status = std::system(command.c_str());  // NOLINT: a test's own words
    return {WEXITSTATUS(status), content_of(folder / "out"), content_of(folder / "error")};
  }

  // The same on a terminal, of which `script` (util-linux) is one, where `typed` is typed. All that
  // is shown is in `out`.
  Ran run_on_terminal(const std::string& arguments, const std::string& typed) const {
    const std::string command =
        "printf '" + typed + "\\n' | script -qec \"'" PORTALCTL "' --config " +
        file("portal.conf") + " " + arguments + "\" /dev/null >" + file("out");
    const int status = std::system(command.c_str());  // NOLINT: a test's own words
    return {WEXITSTATUS(status), content_of(folder / "out"), ""};
  }

  // An import of `rows` below the usual header.
  Ran import(std::string_view rows) const {
    write("roster.csv", kHeader + std::string(rows));
    return run("roster import " + file("roster.csv"));
  }

  // What the database answers to a statement without a double quote.
  std::string sql(const std::string& statement) const {
    const bool done =
        std::system(
            (own_database->shell() + " \"" + statement + "\" >" + file("answer")).c_str()) ==
        0;  // NOLINT: a test's own words
    EXPECT_TRUE(done) << statement;
    return content_of(folder / "answer");
  }

  fs::path folder;
  std::optional<portal::OwnDatabase> own_database;
};

// A fixture whose tests need a terminal (run_on_terminal). A system that has none to give away
// skips them.
template <class Fixture>
class OnTerminal : public Fixture {
 protected:
  void SetUp() override {
    Fixture::SetUp();
    const int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal == -1) {
      GTEST_SKIP() << "skipped: no terminal can be opened here: /dev/ptmx: "
                   << portal::system_error();
    }
    close(terminal);
  }
};

// For GTEST_SKIP, where tests make workbooks. Empty: they can.
inline std::string no_workbooks() {
  const int status = std::system("/usr/bin/python3 -c 'import openpyxl' 2>/dev/null");  // NOLINT
  return status == 0 ? "" : "skipped: no openpyxl here (Debian: python3-openpyxl)";
}

inline void expect_has(const std::string& text, std::string_view words) {
  EXPECT_NE(text.find(words), std::string::npos) << "no \"" << words << "\" in: " << text;
}

}  // namespace portalctl_test
