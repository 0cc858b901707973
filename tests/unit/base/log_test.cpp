// The log: one line an event, whatever is in the fields.
#include "core/base/log.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>

namespace portal {
namespace {

std::string written(const std::function<void()>& write) {
  testing::internal::CaptureStderr();
  write();
  return testing::internal::GetCapturedStderr();
}

TEST(Log, TextQuotesWhatWouldBreakTheLine) {
  log::start("portal-form", log::Level::kInfo, log::Format::kText);
  const std::string line = written([] {
    log::info("request", {{"status", "200"}, {"agent", "a b\n\"c\""}});
  });
  EXPECT_NE(line.find(" portal-form info request status=200 agent=\"a b\\n\\\"c\\\"\"\n"),
            std::string::npos)
      << line;
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
}

TEST(Log, JsonIsOneObject) {
  log::start("portal-form", log::Level::kInfo, log::Format::kJson);
  const std::string line = written([] { log::error("fault", {{"error", "a\"b"}}); });
  EXPECT_NE(line.find("\"program\":\"portal-form\",\"level\":\"error\",\"event\":\"fault\","
                      "\"error\":\"a\\\"b\"}\n"),
            std::string::npos)
      << line;
}

TEST(Log, LinesBelowTheLevelAreLeftOut) {
  log::start("portal-form", log::Level::kWarning, log::Format::kText);
  EXPECT_EQ(written([] { log::info("request"); }), "");
  EXPECT_NE(written([] { log::warning("request"); }), "");
}

// What a browser calls itself, or a mail server says, may be anything.
TEST(Log, WhatIsNotUtf8IsReplaced) {
  for (const auto format : {log::Format::kText, log::Format::kJson}) {
    log::start("portal-form", log::Level::kInfo, format);
    const std::string line = written([] {
      log::info("request", {{"agent", "a\xff\xe3\x81z"}, {"clinic", "髙﨑"}});
    });
    EXPECT_NE(line.find("a???z"), std::string::npos) << line;
    EXPECT_NE(line.find("髙﨑"), std::string::npos) << line;
  }
}

TEST(Log, WhatATerminalWouldObeyIsEscaped) {
  for (const auto format : {log::Format::kText, log::Format::kJson}) {
    log::start("portal-form", log::Level::kInfo, format);
    const std::string line = written([] {
      log::info("request", {{"agent", "a\x1B[2J\u202E\u009B"}});
    });
    EXPECT_NE(line.find("\"a\\u001B[2J\\u202E\\u009B\""), std::string::npos) << line;
  }
}

// The journal's socket is here a file: what counts is that standard error is the same.
class Journal : public testing::Test {
 protected:
  ~Journal() override { ::unsetenv("JOURNAL_STREAM"); }
  // Starts the log while JOURNAL_STREAM names standard error, or something else.
  static void start(log::Format format, bool other = false) {
    struct stat status = {};
    ASSERT_EQ(::fstat(STDERR_FILENO, &status), 0);
    const auto inode = status.st_ino + (other ? 1 : 0);
    const std::string stream = std::to_string(status.st_dev) + ":" + std::to_string(inode);
    ::setenv("JOURNAL_STREAM", stream.c_str(), 1);
    log::start("portal-form", log::Level::kDebug, format);
  }
};

TEST_F(Journal, LinesCarryTheirPriority) {
  struct Case {
    log::Level level;
    const char* priority;
  };
  constexpr std::array kCases = {Case{log::Level::kDebug, "<7>"}, Case{log::Level::kInfo, "<6>"},
                                 Case{log::Level::kWarning, "<4>"},
                                 Case{log::Level::kError, "<3>"}};
  for (const Case& c : kCases) {
    for (const auto format : {log::Format::kText, log::Format::kJson}) {
      const std::string line = written([&] {
        start(format);
        log::write(c.level, "event");
      });
      EXPECT_TRUE(line.starts_with(c.priority)) << line;
      EXPECT_EQ(line[3], format == log::Format::kJson ? '{' : '2') << line;
    }
    EXPECT_EQ(log::priority(c.level), c.priority);
  }
}

TEST_F(Journal, WhatWasRedirectedIsNoJournal) {
  const std::string line = written([&] {
    start(log::Format::kJson, true);
    log::error("event");
  });
  EXPECT_TRUE(line.starts_with("{")) << line;
  EXPECT_EQ(log::priority(log::Level::kError), "");
}

TEST(Log, EventsAreCountedAlsoBelowTheLevel) {
  constexpr std::array<std::string_view, 2> kNames = {"seldom", "often"};
  log::expect(kNames);
  log::start("portal-form", log::Level::kError, log::Format::kText);
  EXPECT_EQ(written([] {
              log::info("often");
              log::warning("often");
            }),
            "");
  log::expect(kNames);  // again: nothing is forgotten
  const log::Counts counts = log::counts();
  EXPECT_EQ(counts.at("seldom"), 0U);
  EXPECT_EQ(counts.at("often"), 2U);
}

TEST(Log, AddressesAreMasked) {
  EXPECT_EQ(log::mask_address("taro@example.jp"), "t***@example.jp");
  EXPECT_EQ(log::mask_address("no address"), "***");
  EXPECT_EQ(log::mask_address("@example.jp"), "***");
  EXPECT_EQ(log::mask_addresses("550 <taro@example.jp>: no such user, ask post@relay.jp"),
            "550 <***@example.jp>: no such user, ask ***@relay.jp");
  EXPECT_EQ(log::mask_addresses("250 ok"), "250 ok");
  EXPECT_EQ(log::mask_addresses("(t***@example.jp) and <tt***@example.jp>"),
            "***@example.jp) and <***@example.jp>");
  EXPECT_EQ(log::mask_addresses("to t***@example.jp, u@example.jp"),
            "to t***@example.jp, ***@example.jp")
      << "what is masked stays";
}

}  // namespace
}  // namespace portal
