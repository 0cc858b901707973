// The file of a process: one a process, the same number after a restart, nothing left of the dead.
#include "core/metrics/textfile.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <functional>
#include <thread>

#include "folder.h"

namespace portal::metrics {
namespace {

using Names = std::vector<std::string>;

class TextfileTest : public FolderTest {
 protected:
  Textfile claim(std::string_view step = "form") {
    auto file = Textfile::claim(folder_, step);
    EXPECT_TRUE(file) << file.error().message;
    return std::move(*file);
  }
  // Another process, which writes `text` and dies without a word.
  void be_killed(const std::string& text) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto file = Textfile::claim(folder_, "form");
      if (file && file->write(text)) ::kill(::getpid(), SIGKILL);
      ::_exit(1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << status;
  }
};

TEST_F(TextfileTest, EachProcessOfAStepHasANumber) {
  const Textfile first = claim();
  const Textfile other = claim("login");
  const Textfile second = claim();
  EXPECT_EQ(first.process(), "1");
  EXPECT_EQ(other.process(), "1");
  EXPECT_EQ(second.process(), "2");
  ASSERT_TRUE(first.write("one\n"));
  ASSERT_TRUE(second.write("two\n"));
  EXPECT_EQ(content("portal-form-1.prom"), "one\n");
  EXPECT_EQ(content("portal-form-2.prom"), "two\n");
}

TEST_F(TextfileTest, AnOrderlyEndLeavesNothingAndFreesTheNumber) {
  const Textfile second = [&] {
    const Textfile first = claim();
    EXPECT_TRUE(first.write("one\n"));
    Textfile after = claim();
    EXPECT_TRUE(after.write("two\n"));
    return after;
  }();
  EXPECT_EQ(files(), (Names{".portal-form-2.lock", "portal-form-2.prom"}));
  EXPECT_EQ(claim().process(), "1");
}

TEST_F(TextfileTest, TheNextOneTakesTheNumberOfOneThatWasKilled) {
  be_killed("old\n");
  EXPECT_EQ(content("portal-form-1.prom"), "old\n");
  const Textfile next = claim();
  EXPECT_EQ(next.process(), "1");
  EXPECT_EQ(content("portal-form-1.prom"), "old\n");  // until it has written itself
  ASSERT_TRUE(next.write("new\n"));
  EXPECT_EQ(content("portal-form-1.prom"), "new\n");
}

TEST_F(TextfileTest, AStartRemovesWhatTheStepsOtherDeadHaveLeft) {
  {
    const Textfile first = claim();
    be_killed("two\n");
    put("portal-form-7.prom");   // of a machine that lost power
    put("portal-login-2.prom");  // another step's
    put("portal-form-x.prom");   // not ours
    put("node.prom");
    EXPECT_TRUE(first.write("one\n"));
    const Textfile second = claim();
    EXPECT_EQ(second.process(), "2");
    EXPECT_EQ(files(), (Names{".portal-form-1.lock", ".portal-form-2.lock", "node.prom",
                              "portal-form-1.prom", "portal-form-2.prom", "portal-form-x.prom",
                              "portal-login-2.prom"}));
  }
  EXPECT_EQ(files(), (Names{"node.prom", "portal-form-x.prom", "portal-login-2.prom"}));
}

TEST_F(TextfileTest, EverybodyMayReadItWhateverTheUmask) {
  const mode_t before = ::umask(077);
  const Textfile file = claim();
  const bool written = static_cast<bool>(file.write("one\n"));
  ::umask(before);
  ASSERT_TRUE(written);
  struct stat status = {};
  ASSERT_EQ(::stat(file.path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0644U);
}

TEST_F(TextfileTest, AReaderSeesTheOldTextOrTheNewNeverHalfOfIt) {
  const Textfile file = claim();
  const std::string a(100'000, 'a');
  const std::string b(200'000, 'b');
  ASSERT_TRUE(file.write(a));
  std::jthread writer([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      EXPECT_TRUE(file.write(b));
      EXPECT_TRUE(file.write(a));
    }
  });
  for (int i = 0; i < 200; ++i) {
    const std::string seen = content("portal-form-1.prom");
    EXPECT_TRUE(seen == a || seen == b) << seen.size();
  }
}

TEST_F(TextfileTest, ADirectoryThatCannotBeUsedIsAnErrorThatNamesTheSetting) {
  const auto file = Textfile::claim(folder_ + "/none", "form");
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().message.find("metrics.directory"), std::string::npos);
  EXPECT_NE(file.error().message.find("/none"), std::string::npos) << file.error().message;
  put("plain");
  EXPECT_FALSE(Textfile::claim(folder_ + "/plain", "form"));
}

TEST_F(TextfileTest, AWriteThatFailsLeavesTheOldText) {
  const Textfile file = claim();
  ASSERT_TRUE(file.write("one\n"));
  std::filesystem::create_directory(folder_ + "/.portal-form-1.new");
  EXPECT_FALSE(file.write("two\n"));
  EXPECT_EQ(content("portal-form-1.prom"), "one\n");
}

}  // namespace
}  // namespace portal::metrics
