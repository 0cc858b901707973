// The table of what strangers can fill, and conf/retention.md, which shows it.
#include "core/registration/stores.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace portal {
namespace {

std::string in_words(const Limit& limit) {
  if (limit.most == 0) return "–";
  return std::to_string(limit.most) + (limit.window == kDay ? " in 1 day" : " at a time");
}

// The line of conf/retention.md.
std::string line_of(const StoreKind& kind) {
  const auto code = [](std::string_view text) { return "`" + std::string(text) + "`"; };
  std::string line = "| " + code(kind.name) + " | " + code(kind.table) + " | " +
                     std::to_string(kind.row_bytes) + " bytes | " + in_words(kind.of_network) +
                     " | " + in_words(kind.alarm) + " | ";
  if (!kind.bounded.empty()) line.append(kind.bounded).append(": ");
  return line.append(kind.beyond).append(" |");
}

TEST(Stores, HaveEachANameACeilingAndAReason) {
  std::set<std::string_view> names;
  for (const StoreKind& kind : store_kinds()) {
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_EQ(&store_kind(kind.store), &kind) << kind.name;
    EXPECT_GT(kind.row_bytes, 0) << kind.name;
    EXPECT_FALSE(kind.beyond.empty()) << kind.name;
    EXPECT_TRUE(kind.alarm.window == 0 || kind.alarm.window == kDay) << kind.name;
    // One network alone does not raise the alarm, and each store is bounded by something.
    EXPECT_LT(kind.of_network.most, kind.alarm.most) << kind.name;
    EXPECT_NE(kind.of_network.most == 0, kind.bounded.empty()) << kind.name;
    // A network fills at most 10 MB a day, and all together 2 GB before the alarm.
    EXPECT_LE(kind.of_network.most * kind.row_bytes, 10'000'000) << kind.name;
    EXPECT_LE(kind.alarm.most * kind.row_bytes, 2'000'000'000) << kind.name;
  }
}

TEST(Stores, AreAllInTheDocument) {
  std::stringstream document;
  document << std::ifstream(PORTAL_SOURCE_DIR "/conf/retention.md").rdbuf();
  for (const StoreKind& kind : store_kinds()) {
    EXPECT_NE(document.str().find(line_of(kind) + "\n"), std::string::npos) << line_of(kind);
  }
}

}  // namespace
}  // namespace portal
