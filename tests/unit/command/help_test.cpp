// --help and the completion follow the table of verbs and their options.
#include "kitchen.h"

namespace command_test {
namespace {

constexpr std::string_view kOfCook =
    "  cook DISH [GUESTS] [--salt GRAMS --json]\n"
    "      Cooks a dish.\n"
    "      kitchen cook soup 4\n";

TEST(Help, ListsVerbsAndThenOptionsInTheGivenOrder) {
  const auto [line, out, error] = read(kitchen(), {"--help"});
  EXPECT_EQ(line.status, 0);
  EXPECT_EQ(out,
            "kitchen: the cook's command.\n\nusage: kitchen VERB ...\n\n" + std::string(kOfCook) +
                "  shelf clear [--yes --reason TEXT]\n"
                "      Throws everything away.\n"
                "      kitchen shelf clear\n"
                "  shelf\n"
                "      Lists the shelf.\n"
                "      kitchen shelf\n\n"
                "  --config FILE        settings\n"
                "  --json               one JSON object a line\n"
                "  --salt GRAMS         cook: how much salt\n"
                "  --yes                does not ask\n"
                "  --reason TEXT        why; it is kept in the audit: no secrets, no addresses\n"
                "  --version            prints the version\n"
                "  --help               prints this\n\n"
                "Exit status: 0 done.\n");
}

TEST(Help, OfOneVerbHasOnlyItsOptions) {
  const auto [line, out, error] = read(kitchen(), {"cook", "--help"});
  EXPECT_EQ(line.status, 0);
  EXPECT_EQ(out, std::string(kOfCook) +
                     "\n  --config FILE        settings\n"
                     "  --json               one JSON object a line\n"
                     "  --salt GRAMS         cook: how much salt\n\n"
                     "Exit status: 0 done.\n");
}

TEST(Help, OfAWordHasAllVerbsThatBeginWithIt) {
  const auto [line, out, error] = read(kitchen(), {"shelf", "--help"});
  EXPECT_NE(out.find("  shelf clear "), std::string::npos);
  EXPECT_NE(out.find("  shelf\n"), std::string::npos);
  EXPECT_EQ(out.find("cook"), std::string::npos);
}

TEST(Completion, KnowsVerbsTheirOptionsAndWhichTakeAValue) {
  testing::internal::CaptureStdout();
  portal::print_completion(kitchen());
  std::cout.flush();
  const std::string out = testing::internal::GetCapturedStdout();
  for (const std::string_view part :
       {"  ['cook']='--salt --json'\n", "  ['shelf']=''\n",
        "_kitchen_valued='--config --salt --reason'\n", "options='--config --help'",
        "complete -o filenames -F _kitchen kitchen\n"}) {
    EXPECT_NE(out.find(part), std::string::npos) << part << "\n" << out;
  }
}

}  // namespace
}  // namespace command_test
