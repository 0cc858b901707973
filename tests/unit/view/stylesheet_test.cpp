// The style sheet within the pages: made small without changing what it says, and allowed by its
// hash.
#include "core/view/stylesheet.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>

namespace portal {
namespace {

struct Case {
  const char* name;
  std::string_view css;
  std::string_view compact;
};

constexpr std::array kCases = {
    Case{"nothing", "", ""},
    Case{"only a comment", " /* a { b: c } */ ", ""},
    Case{"a rule", "a {\n  color: red;\n  margin: 0 1px;\n}\n", "a{color:red;margin:0 1px}"},
    Case{"a comment is white space", "a/**/b /* ; */ c{d:e}", "a b c{d:e}"},
    Case{"a comment that is not closed", "a{b:c}/* d", "a{b:c}"},
    Case{"a descendant before a colon", "a :hover, a:hover {b: c}", "a :hover,a:hover{b:c}"},
    Case{"plus and minus keep their spaces", "a + b {c: calc(1px + 2px - 3px)}",
         "a + b{c:calc(1px + 2px - 3px)}"},
    Case{"a child", "a > b{c:d}", "a>b{c:d}"},
    Case{"a media query", "@media (min-width: 60rem) and (min-height: 2rem) { a { b: c; } }",
         "@media (min-width:60rem) and (min-height:2rem){a{b:c}}"},
    Case{"a string is kept", "a{b: \"x  /* y */ ; }\" / \"\"; c: 'it\\'s  { '}",
         "a{b:\"x  /* y */ ; }\" / \"\";c:'it\\'s  { '}"},
    Case{"a string that is not closed", "a{b:\"x  y", "a{b:\"x  y"},
    Case{"a slash that begins no comment", "a{font: 1rem/1.7 b; c: 1 / -1}",
         "a{font:1rem/1.7 b;c:1 / -1}"},
    Case{"an empty value of a property of our own", "a{--b: ; c:d}", "a{--b:;c:d}"},
};

TEST(Stylesheet, IsMadeSmall) {
  for (const Case& one : kCases) EXPECT_EQ(compact_css(one.css), one.compact) << one.name;
}

// Two round trips of a slow line are saved by what the first answer carries; but every page carries
// it.
TEST(Stylesheet, OursIsSmall) {
  std::ifstream file(PORTAL_SOURCE_DIR "/templates/assets/first.css");
  const std::string css{std::istreambuf_iterator<char>(file), {}};
  const std::string compact = compact_css(css);
  EXPECT_GT(compact.size(), 1000);
  EXPECT_LT(compact.size(), 10 * 1024);
  EXPECT_EQ(compact.find("</"), std::string::npos) << "it would end the element";
  EXPECT_EQ(compact.find("url("), std::string::npos) << "it would have to be fetched";
  EXPECT_EQ(compact, compact_css(compact));
}

// printf '%s' 'p{color:red}' | openssl dgst -sha256 -binary | base64
TEST(Stylesheet, IsNamedByItsHash) {
  EXPECT_EQ(style_source("p{color:red}"), "'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64='");
  EXPECT_EQ(style_source(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
}

}  // namespace
}  // namespace portal
