// Mould: constant parts once, what is left open for each request; nothing of one request in
// another.
#include "core/view/mould.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace portal {
namespace {

std::string filled(const Mould& mould, const std::vector<std::string>& texts) {
  std::vector<Html> values;
  for (const auto& text : texts) values.push_back(escaped(text));
  return mould.fill(values).text();
}

TEST(MouldTest, FillsItsPlaces) {
  struct Case {
    const char* label;
    std::string text;
    std::vector<std::string> values;
    std::string filled;
  };
  const Case cases[] = {
      {"nothing open", "<p>x</p>", {"a"}, "<p>x</p>"},
      {"empty", "", {}, ""},
      {"in the middle", "<p>" + open_place(0) + "</p>", {"a"}, "<p>a</p>"},
      {"at both ends", open_place(0) + "-" + open_place(1), {"a", "b"}, "a-b"},
      {"side by side", open_place(1) + open_place(0), {"a", "b"}, "ba"},
      {"twice", open_place(0) + open_place(0), {"a"}, "aa"},
      {"without a value", "x" + open_place(7) + "y", {"a"}, "xy"},
      {"escaped", open_place(0), {"<\"&'>"}, "&lt;&quot;&amp;&#39;&gt;"},
      {"a value like a place stays a value", open_place(0), {open_place(1), "b"}, open_place(1)},
  };
  for (const Case& c : cases) EXPECT_EQ(filled(Mould(c.text), c.values), c.filled) << c.label;
}

TEST(MouldTest, WhatOneThreadFillsInNoOtherSees) {
  const Mould mould("[" + open_place(0) + "|" + open_place(1) + "]");
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&mould, own = std::string(1, static_cast<char>('a' + thread))] {
      std::string expected = "[";
      expected.append(own).append("|").append(own).append("]");
      for (int i = 0; i < 5000; ++i) {
        ASSERT_EQ(filled(mould, {own, own}), expected);
        ASSERT_EQ(filled(mould, {}), "[|]");
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace portal
