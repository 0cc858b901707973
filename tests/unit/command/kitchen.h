// A program with verbs, for tests: its command line is read as a shell would give it.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <iostream>
#include <string>
#include <vector>

#include "core/command/consent.h"
#include "core/command/program.h"

namespace command_test {

inline constexpr portal::Option kConfig = {"config", "FILE", "settings"};
inline constexpr portal::Option kSalt = {"salt", "GRAMS", "cook: how much salt"};
inline constexpr portal::Option kJson = {"json", "", "one JSON object a line"};
inline constexpr std::array kOptionsOfEveryVerb = {kConfig};
inline constexpr std::array kCookOptions = {kSalt, kJson};
inline constexpr std::array kClearOptions = {portal::kYes, portal::kReason};
inline constexpr std::array<std::string_view, 2> kOrder = {"config", "json"};

inline constexpr portal::VerbUsage kCook = {.words = "cook",
                                            .arguments = "DISH [GUESTS]",
                                            .options = kCookOptions,
                                            .help = "Cooks a dish.",
                                            .example = "kitchen cook soup 4"};
inline constexpr portal::VerbUsage kShelfClear = {.words = "shelf clear",
                                                  .options = kClearOptions,
                                                  .help = "Throws everything away.",
                                                  .example = "kitchen shelf clear"};
inline constexpr portal::VerbUsage kShelf = {
    .words = "shelf", .help = "Lists the shelf.", .example = "kitchen shelf"};

inline portal::Program kitchen() {
  return {.name = "kitchen",
          .description = {.summary = "the cook's command",
                          .does = "It cooks.",
                          .security = "",
                          .logs = "",
                          .settings = ""},
          .usage = {"VERB ..."},
          .options = kOptionsOfEveryVerb,
          .signals = "",
          .exit_status = "0 done.",
          .verbs = {&kCook, &kShelfClear, &kShelf},
          .order = kOrder};
}

// What was read, and what was printed meanwhile.
struct Read {
  portal::CommandLine line;
  std::string out;
  std::string error;
};

inline Read read(const portal::Program& program, std::vector<std::string> words) {
  words.insert(words.begin(), program.name);
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Read read;
  read.line = portal::read_command_line(static_cast<int>(words.size()), pointers.data(), program);
  std::cout.flush();
  read.out = testing::internal::GetCapturedStdout();
  read.error = testing::internal::GetCapturedStderr();
  return read;
}

}  // namespace command_test
