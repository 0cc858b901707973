// A verb that takes --yes asks first: for a reason, and for a yes. Another may be given a reason.
#include <fcntl.h>
#include <unistd.h>

#include <sstream>

#include "kitchen.h"

namespace command_test {
namespace {

// Standard input, for isatty() and for std::cin.
class Consent : public testing::Test {
 protected:
  void SetUp() override {
    const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(dup2(null, STDIN_FILENO), 0);
    close(null);
  }
  void TearDown() override { std::cin.rdbuf(buffer_); }

  // Whether it is done, after `typed` was typed.
  portal::Result<portal::Done> confirm(const portal::CommandLine& line, const std::string& typed) {
    typed_.str(typed);
    std::cin.rdbuf(typed_.rdbuf());
    std::cin.clear();
    testing::internal::CaptureStderr();
    auto done = portal::confirm(line, "Throw it away");
    asked_ = testing::internal::GetCapturedStderr();
    return done;
  }

  std::string asked_;

 private:
  std::streambuf* buffer_ = std::cin.rdbuf();
  std::istringstream typed_;
};

TEST_F(Consent, IsCheckedBeforeTheVerb) {
  const struct {
    std::vector<std::string> words;
    std::string reason;
  } cases[] = {
      {{"--yes"}, "kitchen: --reason TEXT is missing\n"},
      {{"--yes", "--reason", ""}, "kitchen: --reason TEXT is missing\n"},
      {{"--yes", "--reason", " "}, "kitchen: --reason: not a line of text\n"},
      {{"--yes", "--reason", "a\nb"}, "kitchen: --reason: not a line of text\n"},
      {{"--yes", "--reason", "\xff"}, "kitchen: --reason: not a line of text\n"},
      {{"--yes", "--reason", std::string(201, 'x')},
       "kitchen: --reason: longer than 200 characters\n"},
      {{"--reason", "mice"}, "kitchen: nobody can be asked here: give --yes\n"},
  };
  for (auto test : cases) {
    test.words.insert(test.words.begin(), {"shelf", "clear"});
    const auto [line, out, error] = read(kitchen(), test.words);
    EXPECT_EQ(line.status, 2) << test.reason;
    EXPECT_EQ(error, test.reason);
  }
}

TEST_F(Consent, IsNotAskedOfAVerbThatTakesNoYes) {
  constexpr static std::array kOptions = {portal::kReason};
  constexpr static portal::VerbUsage kPeek = {
      .words = "peek", .options = kOptions, .help = "Looks in.", .example = "kitchen peek"};
  portal::Program program = kitchen();
  program.verbs.push_back(&kPeek);
  EXPECT_FALSE(read(program, {"peek"}).line.status);
  const auto given = read(program, {"peek", "--reason", "mice"});
  EXPECT_FALSE(given.line.status) << given.error;
  EXPECT_EQ(given.line.value(portal::kReason), "mice");
  EXPECT_EQ(read(program, {"peek", "--reason", "a\nb"}).error,
            "kitchen: --reason: not a line of text\n");
  EXPECT_EQ(read(program, {"peek", "--yes"}).line.status, 2);
}

TEST_F(Consent, YesIsGivenByTheOption) {
  const auto line =
      read(kitchen(), {"shelf", "clear", "--yes", "--reason", std::string(200, 'x')}).line;
  EXPECT_FALSE(line.status);
  EXPECT_TRUE(confirm(line, ""));
  EXPECT_EQ(asked_, "");
}

TEST_F(Consent, OrByTypingIt) {
  const portal::CommandLine line;
  EXPECT_TRUE(confirm(line, "yes\n"));
  EXPECT_EQ(asked_, "Throw it away? Type yes: ");
  for (const char* other : {"", "\n", "y\n", "no\n", "YES\n"}) {
    const auto done = confirm(line, other);
    ASSERT_FALSE(done) << other;
    EXPECT_EQ(done.error().message, "nothing was changed");
  }
}

}  // namespace
}  // namespace command_test
