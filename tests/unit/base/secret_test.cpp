// Secret and wipe: nothing of the text stays behind in memory that we still own.
#include "core/base/secret.h"

#include <gtest/gtest.h>

namespace portal {
namespace {

TEST(Secret, WipeLeavesNothingInTheBuffer) {
  std::string text = "Passw0rd-that-is-longer-than-the-small-buffer";
  const char* buffer = text.data();
  const std::size_t size = text.size();
  wipe(text);
  EXPECT_TRUE(text.empty());
  ASSERT_EQ(text.data(), buffer);  // not given back: still ours to look at
  for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(buffer[i], '\0') << i;
}

TEST(Secret, MovedFromHoldsNothing) {
  Secret from("Passw0rd");
  const Secret to(std::move(from));
  EXPECT_EQ(to.view(), "Passw0rd");
  EXPECT_EQ(from.view(), "");  // NOLINT(bugprone-use-after-move): what this test is about
}

}  // namespace
}  // namespace portal
