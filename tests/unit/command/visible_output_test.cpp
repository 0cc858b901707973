// What goes to a terminal does nothing there.
#include "core/command/visible_output.h"

#include <gtest/gtest.h>

#include <iostream>
#include <string>
#include <utility>

namespace portal {
namespace {

// What `text` becomes, written to standard output in pieces of that size.
std::string shown(const std::string& text, std::size_t piece) {
  testing::internal::CaptureStdout();
  {
    const VisibleOutput harmless;
    for (std::size_t at = 0; at < text.size(); at += piece) std::cout << text.substr(at, piece);
  }
  return testing::internal::GetCapturedStdout();
}

TEST(VisibleOutput, ShowsAllButWhatIsMeant) {
  const std::pair<std::string, std::string> cases[] = {
      {"院 1\n院 2\n", "院 1\n院 2\n"},
      {"a\tb\n", "a\tb\n"},
      {"\uFEFF\"a\"\r\n\"b\"\r\n", "\uFEFF\"a\"\r\n\"b\"\r\n"},
      {"a\uFEFF\n", "a<U+FEFF>\n"},
      {"a\rb\n", "a<U+000D>b\n"},
      {"\x1B]0;x\a\x1B[31m", "<U+001B>]0;x<U+0007><U+001B>[31m"},
      {"a\u202Eb\u009B\n\x7F", "a<U+202E>b<U+009B>\n<U+007F>"},
      {"a\xFF\n", "a<0xFF>\n"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(shown(text, text.size()), expected);
    EXPECT_EQ(shown(text, 1), expected);  // pieces of characters
  }
}

TEST(VisibleOutput, StandardErrorIsWrittenAtOnce) {
  testing::internal::CaptureStderr();
  const VisibleOutput harmless;
  std::cerr << "Type yes\x1B: ";
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "Type yes<U+001B>: ");
}

}  // namespace
}  // namespace portal
