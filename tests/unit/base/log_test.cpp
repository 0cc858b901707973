// The log: one line an event, whatever is in the fields.
#include "core/base/log.h"

#include <gtest/gtest.h>

#include <algorithm>
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

TEST(Log, AddressesAreMasked) {
  EXPECT_EQ(log::mask_address("taro@example.jp"), "t***@example.jp");
  EXPECT_EQ(log::mask_address("no address"), "***");
  EXPECT_EQ(log::mask_address("@example.jp"), "***");
  EXPECT_EQ(log::mask_addresses("550 <taro@example.jp>: no such user, ask post@relay.jp"),
            "550 <***@example.jp>: no such user, ask ***@relay.jp");
  EXPECT_EQ(log::mask_addresses("250 ok"), "250 ok");
}

}  // namespace
}  // namespace portal
