// Settings: the table, the file, the environment, and what is said of a fault.
#include "core/base/settings.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace portal {
namespace {

class SettingsTest : public testing::Test {
 protected:
  SettingsTest() { std::filesystem::create_directories(directory_); }
  ~SettingsTest() override { std::filesystem::remove_all(directory_); }

  Result<Settings> load(const std::string& text, const char* variable = nullptr) {
    std::ofstream(path_) << text;
    const std::array<const char*, 2> environment = {variable, nullptr};
    return Settings::load(path_, environment.data());
  }

  std::string directory_ = testing::TempDir() + "/settings" + std::to_string(::getpid());
  std::string path_ = directory_ + "/portal.conf";
};

TEST_F(SettingsTest, FileOverDefaultAndEnvironmentOverFile) {
  const auto defaults = load("");
  ASSERT_TRUE(defaults);
  EXPECT_EQ(defaults->number("password.memory_kib"), 19456);
  const auto file = load("# a comment\npassword.memory_kib = 8192\nmail.from = a@example.jp\n");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->number("password.memory_kib"), 8192);
  EXPECT_EQ(file->text("mail.from"), "a@example.jp");
  EXPECT_TRUE(load("mail.resolver = 192.0.2.53\n"));
  EXPECT_TRUE(load("mail.resolver = 127.0.0.1:5353\nmail.check_domains = on\n"));
  const auto both = load("password.memory_kib = 8192\n", "PORTAL_PASSWORD_MEMORY_KIB=16384");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->number("password.memory_kib"), 16384);
}

TEST_F(SettingsTest, FaultsNameTheKeyAndWhatWouldBeRight) {
  struct Case {
    const char* label;
    const char* text;
    const char* expected;
  };
  constexpr std::array kCases = {
      Case{"unknown key", "site.base_ulr = http://a\n", "unknown setting site.base_ulr"},
      Case{"unknown group", "nonsense = 1\n", "unknown setting nonsense"},
      Case{"no number", "mail.smtp.port = smtp\n", "expected a number from 1 to 65535"},
      Case{"below the range", "mail.smtp.port = 0\n", "expected a number from 1 to 65535"},
      Case{"above the range", "mail.smtp.port = 65536\n", "expected a number from 1 to 65535"},
      Case{"no such choice", "log.format = xml\n", "expected one of text|json"},
      Case{"URL with a path", "site.base_url = http://a.example/x\n", "expected an http or https"},
      Case{"URL with a slash", "site.base_url = http://a.example/\n", "expected an http or https"},
      Case{"no address", "mail.resolver = dns.example\n", "expected an IPv4 address"},
      Case{"port 0", "mail.resolver = 192.0.2.1:0\n", "expected an IPv4 address, or ADDRESS:PORT"},
      Case{"no URL", "site.base_url = portal\n", "expected an http or https URL"},
  };
  for (const Case& c : kCases) {
    const auto settings = load(c.text);
    ASSERT_FALSE(settings) << c.label;
    EXPECT_NE(settings.error().message.find(c.expected), std::string::npos)
        << c.label << ": " << settings.error().message;
    EXPECT_NE(settings.error().message.find(path_), std::string::npos) << c.label;
  }
}

// What editors, copies and slips of the keyboard make of the file.
TEST_F(SettingsTest, OddLinesAreReadOrNamed) {
  using namespace std::string_literals;
  struct Case {
    const char* label;
    std::string text;
    std::string expected;  // empty: mail.from is a@example.jp
  };
  const std::string right = "mail.from = a@example.jp";
  const Case cases[] = {
      {"Windows' line ends", "# x\r\n" + right + "\r\n\r\nlog.level = debug\r\n", ""},
      {"a byte order mark", "\xEF\xBB\xBF" + right + "\n", ""},
      {"no line end", right, ""},
      {"a colon", "mail.from: a@example.jp\n", ""},
      {"spaces before it and behind it", " \t" + right + " \t\n", ""},
      {"a line that goes on", "mail.from = a@\\\n   example.jp\n", ""},
      {"a line that goes on at the end", right + "\\", ""},
      {"an empty key", " = 1\n", "line 1: expected NAME = VALUE, found: = 1"},
      {"nothing but =", right + "\n=\n", "line 2: expected NAME = VALUE, found: ="},
      {"a key that ends with a dot", "mail. = 1\n", "expected NAME = VALUE"},
      {"a key that begins with a dot", ".mail = 1\n", "expected NAME = VALUE"},
      {"two dots", "mail..from = 1\n", "expected NAME = VALUE"},
      {"dots alone", "... = 1\n", "expected NAME = VALUE"},
      {"a group for a key", "mail = 1\n", "unknown setting mail"},
      {"no =", right + "\nmail.from\n", "line 2: expected NAME = VALUE"},
      {"a heading", "[mail]\n", "line 1: expected NAME = VALUE, found: [mail]"},
      {"a space within a key", "mail from = a\n", "expected NAME = VALUE"},
      {"NUL in a key", "mail\0from = a\n"s, "line 1: has a NUL"},
      {"NUL in a value", right + "\0\n"s, "line 1: has a NUL"},
      {"NUL where the line goes on", "mail.from = \\\na\0\n"s, "line 2: has a NUL"},
      {"UTF-16", "\xFF\xFEm\0a\0i\0l\0"s, "line 1: has a NUL"},
      {"Latin-1", "mail.from = M\xFCller <a@example.jp>\n", "line 1: is no UTF-8"},
      {"an escape sequence", right + "\x1B[2J\n", "line 1: has a control character"},
      {"a very long key", std::string(500'000, 'k') + " = 1\n", "unknown setting kkk"},
      {"a very long line without =", std::string(500'000, 'k'), "expected NAME = VALUE"},
      {"a very long number", "mail.smtp.port = " + std::string(500'000, '1'), "expected a number"},
      {"many dots", std::string(500'000, '.') + " = 1\n", "expected NAME = VALUE"},
      {"many parts", "a" + std::string(1000, '.') + "a = 1\n", "expected NAME = VALUE"},
      {"deep",
       [] {
         std::string key = "a";
         while (key.size() < 200'000) key += ".a";
         return key + " = 1\n";
       }(),
       "unknown setting a.a."},
      {"too large", std::string(1024 * 1024 + 1, '\n'), "larger than 1 MiB"},
  };
  for (const Case& c : cases) {
    const auto settings = load(c.text);
    if (c.expected.empty()) {
      ASSERT_TRUE(settings) << c.label << ": " << settings.error().message;
      EXPECT_EQ(settings->text("mail.from"), "a@example.jp") << c.label;
      continue;
    }
    ASSERT_FALSE(settings) << c.label;
    const std::string& message = settings.error().message;
    EXPECT_NE(message.find(c.expected), std::string::npos) << c.label << ": " << message;
    EXPECT_LT(message.size(), 400U) << c.label;
    EXPECT_EQ(message.find('\n'), std::string::npos) << c.label;
  }
}

TEST_F(SettingsTest, WhatIsNoFileIsNamed) {
  for (const std::string& path : {directory_, std::string("/dev/zero"), path_ + "/none"}) {
    const auto settings = Settings::load(path, nullptr);
    ASSERT_FALSE(settings) << path;
    EXPECT_NE(settings.error().message.find(path), std::string::npos);
  }
}

TEST_F(SettingsTest, EnvironmentIsCheckedToo) {
  const auto settings = load("", "PORTAL_LOG_LEVEL=loud");
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("PORTAL_LOG_LEVEL"), std::string::npos);
  for (const char* odd :
       {"PORTAL_MAIL_FROM=a\n", "PORTAL_MAIL_FROM=\xFF", "PORTAL_MAIL_FROM=\x1B[2J"}) {
    const auto refusal = load("", odd);
    ASSERT_FALSE(refusal) << odd;
    EXPECT_NE(refusal.error().message.find("PORTAL_MAIL_FROM"), std::string::npos) << odd;
  }
}

TEST_F(SettingsTest, MissingFileSaysHowToNameIt) {
  const auto settings = Settings::load(directory_ + "/none.conf", nullptr);
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("--config"), std::string::npos);
}

TEST_F(SettingsTest, ReferenceIsAFileThatLoadsAndNamesEverySetting) {
  const auto commented = load(settings_reference());
  ASSERT_TRUE(commented);
  std::string active = settings_reference();
  for (const Setting& setting : settings_table()) {
    const std::string line = "\n#" + std::string(setting.name) + " =";
    const auto at = active.find(line);
    ASSERT_NE(at, std::string::npos) << setting.name;
    active.erase(at + 1, 1);
  }
  const auto settings = load(active);
  ASSERT_TRUE(settings) << settings.error().message;
  for (const Setting& setting : settings_table()) {
    EXPECT_EQ(settings->text(setting.name), setting.fallback) << setting.name;
  }
}

TEST(Settings, SecureFollowsTheBaseUrl) {
  Settings settings;
  ASSERT_TRUE(settings.set("site.base_url", "https://portal.example.jp"));
  EXPECT_TRUE(settings.secure());
  ASSERT_TRUE(settings.set("site.base_url", "http://127.0.0.1:8080"));
  EXPECT_FALSE(settings.secure());
}

}  // namespace
}  // namespace portal
