// Command lines of programs with and without verbs: what is read, and what is refused with which
// words.
#include "kitchen.h"

namespace command_test {
namespace {

TEST(CommandLine, ReadsVerbArgumentsAndOptionsInAnyOrder) {
  const auto [line, out, error] = read(kitchen(), {"--json", "cook", "--salt=3", "soup", "4"});
  EXPECT_FALSE(line.status);
  EXPECT_EQ(line.verb, &kCook);
  EXPECT_EQ(line.arguments, (std::vector<std::string>{"soup", "4"}));
  EXPECT_TRUE(line.has(kJson));
  EXPECT_EQ(line.value(kSalt), "3");
  EXPECT_EQ(line.value(kConfig), "");
  EXPECT_EQ(out + error, "");
}

TEST(CommandLine, ArgumentsInBracketsMayBeLeftOut) {
  EXPECT_FALSE(read(kitchen(), {"cook", "soup"}).line.status);
  EXPECT_FALSE(read(kitchen(), {"cook", "soup", "4"}).line.status);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"cook"}, {"cook", "soup", "4", "5"}}) {
    const auto [line, out, error] = read(kitchen(), words);
    EXPECT_EQ(line.status, 2);
    EXPECT_EQ(error, "kitchen: cook takes DISH [GUESTS] (see kitchen --help)\n");
  }
}

TEST(CommandLine, TheLongerOfTwoVerbsIsFound) {
  EXPECT_EQ(read(kitchen(), {"shelf"}).line.verb, &kShelf);
  EXPECT_EQ(read(kitchen(), {"shelf", "clear", "--yes", "--reason", "mice"}).line.verb,
            &kShelfClear);
}

TEST(CommandLine, WrongUsageIs2AndSaysWhy) {
  const struct {
    std::vector<std::string> words;
    std::string reason;
  } cases[] = {
      {{}, "kitchen: a verb is missing (see kitchen --help)\n"},
      {{"dance"}, "kitchen: unknown verb dance (see kitchen --help)\n"},
      {{"dance", "--help"}, "kitchen: unknown verb dance (see kitchen --help)\n"},
      {{"shelf", "4"}, "kitchen: shelf takes no argument (see kitchen --help)\n"},
      {{"shelf", "--json"}, "kitchen: shelf takes no --json (see kitchen --help)\n"},
      {{"cook", "soup", "--reason", "x"}, "kitchen: cook takes no --reason (see kitchen --help)\n"},
      {{"cook", "soup", "--spoon"}, "kitchen: unrecognized option '--spoon'\n"},
      {{"cook", "soup", "--manual"}, "kitchen: unrecognized option '--manual'\n"},
      {{"cook", "--\x1B[2J"}, "kitchen: unrecognized option '--<U+001B>[2J'\n"},
      {{"cook", "-x"}, "kitchen: unrecognized option '-x'\n"},
      {{"cook", "soup", "--salt"}, "kitchen: option '--salt' requires an argument\n"},
      {{"cook", "soup", "--json=1"}, "kitchen: option '--json' doesn't allow an argument\n"},
  };
  for (const auto& test : cases) {
    const auto [line, out, error] = read(kitchen(), test.words);
    EXPECT_EQ(line.status, 2) << test.reason;
    EXPECT_EQ(error, test.reason);
    EXPECT_EQ(out, "") << test.reason;
  }
}

TEST(CommandLine, AWordThatOnlyBeginsVerbsNamesThem) {
  portal::Program program = kitchen();
  program.verbs = {&kCook, &kShelfClear};
  const auto [line, out, error] = read(program, {"shelf"});
  EXPECT_EQ(line.status, 2);
  EXPECT_EQ(error, "kitchen: shelf is followed by one of: clear (see kitchen shelf --help)\n");
}

TEST(CommandLine, AnEmptyValueCountsAsNone) {
  const auto [line, out, error] = read(kitchen(), {"shelf", "--salt", ""});
  EXPECT_FALSE(line.status) << error;
  EXPECT_FALSE(line.has(kSalt));
}

TEST(CommandLine, AProgramWithoutVerbsTakesNoArgument) {
  portal::Program program = kitchen();
  program.verbs.clear();
  EXPECT_FALSE(read(program, {"--config", "x"}).line.status);
  const auto [line, out, error] = read(program, {"soup"});
  EXPECT_EQ(line.status, 2);
  EXPECT_EQ(error, "kitchen: unexpected argument soup (see --help)\n");
  const auto manual = read(program, {"--manual"});
  EXPECT_EQ(manual.line.status, 0);
  EXPECT_EQ(manual.out.substr(0, 4), ".Dd ");
}

}  // namespace
}  // namespace command_test
