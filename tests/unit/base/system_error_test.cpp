// Each shortage is told in the same words, whoever names it.
#include "core/base/system_error.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <new>
#include <system_error>

#include "core/base/descriptor.h"
#include "core/base/last_words.h"

namespace portal {
namespace {

bool ends_with_words(const std::string& text, Shortage shortage) {
  return text.ends_with(std::string("; ").append(words_of(shortage)));
}

TEST(SystemError, SaysWhatToDoAboutAShortage) {
  struct Case {
    int number;
    Shortage shortage;
    const char* action;
  };
  const Case cases[] = {
      {ENOSPC, Shortage::kDisk, "make room"},
      {EDQUOT, Shortage::kQuota, "raise it"},
      {EMFILE, Shortage::kDescriptors, "LimitNOFILE="},
      {ENFILE, Shortage::kSystemDescriptors, "fs.file-max"},
      {ENOMEM, Shortage::kMemory, "MemoryMax="},
  };
  for (const Case& c : cases) {
    const std::string text = system_error(c.number);
    EXPECT_TRUE(text.starts_with(std::generic_category().message(c.number))) << text;
    EXPECT_TRUE(ends_with_words(text, c.shortage)) << text;
    EXPECT_NE(text.find(c.action), std::string::npos) << text;
    EXPECT_EQ(explained("bind: " + std::generic_category().message(c.number)), "bind: " + text);
  }
  for (const int number : {ENOENT, EACCES, EIO, ECONNREFUSED}) {
    EXPECT_EQ(system_error(number), std::generic_category().message(number));
  }
  EXPECT_EQ(words_of_sqlstate("53100"), words_of(Shortage::kDisk));
  EXPECT_EQ(words_of_sqlstate("53200"), words_of(Shortage::kMemory));
  for (const char* state : {"", "53300", "23505"}) EXPECT_EQ(words_of_sqlstate(state), "") << state;
}

TEST(SystemError, FindsTheTroubleWithAFile) {
  const std::string path = std::filesystem::temp_directory_path() / "portal-system-error";
  EXPECT_EQ(trouble_with(path), "No such file or directory");
  std::ofstream(path) << "x";
  EXPECT_EQ(trouble_with(path), "");
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{0, before.rlim_max};
  ::setrlimit(RLIMIT_NOFILE, &none);
  const std::string trouble = trouble_with(path);
  ::setrlimit(RLIMIT_NOFILE, &before);
  std::filesystem::remove(path);
  EXPECT_TRUE(ends_with_words(trouble, Shortage::kDescriptors)) << trouble;
}

TEST(LastWords, NameWhatNobodyHasCaught) {
  const auto end_with = [](auto exception) {
    give_reason_at_the_end();
    try {
      throw exception;
    } catch (const std::exception&) {
      std::terminate();
    }
  };
  EXPECT_EXIT(end_with(std::bad_alloc()), ::testing::ExitedWithCode(1),
              "^[a-z_]+: out of memory: raise MemoryMax=.*\n$");
  EXPECT_EXIT(end_with(std::runtime_error("what nobody expected")),
              ::testing::KilledBySignal(SIGABRT), ": what nobody expected\n");
}

}  // namespace
}  // namespace portal
