// operator.conf: ${NAME} stands for another fact, and what stands for nothing is refused with the
// file and the fact.
#include "core/view/operator_facts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace portal {
namespace {

class OperatorFactsTest : public testing::Test {
 protected:
  OperatorFactsTest() {
    std::filesystem::create_directories(directory_);
    std::filesystem::copy_file(PORTAL_SOURCE_DIR "/templates/operator.conf", path_,
                               std::filesystem::copy_options::overwrite_existing);
  }
  ~OperatorFactsTest() override { std::filesystem::remove_all(directory_); }

  void add(const std::string& lines) { std::ofstream(path_, std::ios::app) << lines << "\n"; }

  // The fact A, or what is wrong with the file.
  std::string a() const {
    const auto facts = read_operator_facts(directory_);
    return facts ? facts->at("A") : facts.error().message;
  }

  std::string directory_ = testing::TempDir() + "/operator" + std::to_string(::getpid());
  std::string path_ = directory_ + "/operator.conf";
};

struct Case {
  const char* what;
  const char* lines;
  const char* a;
};

TEST_F(OperatorFactsTest, ANameStandsForItsFact) {
  const auto shipped = std::filesystem::file_size(path_);
  for (const auto& [what, lines, expected] : {
           Case{"nothing to replace", "A = 受付", "受付"},
           Case{"alone", "A = ${B}\nB = 髙", "髙"},
           Case{"among words, defined before", "B = 1\nA = a ${B} b", "a 1 b"},
           Case{"side by side", "A = ${B}${C}\nB = 1\nC = 2", "12"},
           Case{"twice, which is no circle", "A = ${B}, ${B}\nB = ${C}\nC = 1", "1, 1"},
           Case{"one in another", "A = [${B}]\nB = (${C})\nC = {${D}}\nD = d", "[({d})]"},
           Case{"an empty fact", "A = x${B}x\nB =", "xx"},
           Case{"the last of two lines", "B = 1\nA = ${B}\nB = 2", "2"},
           Case{"a name with a dot", "A = ${b.c}\nb.c = 1", "1"},
           Case{"a $ of its own", "A = $5 $ $", "$5 $ $"},
           Case{"$$ before a name", "A = $${B}\nB = 1", "$1"},
           Case{"braces of their own", "A = {B} }", "{B} }"},
       }) {
    std::filesystem::resize_file(path_, shipped);
    add(lines);
    EXPECT_EQ(a(), expected) << what;
  }
}

TEST_F(OperatorFactsTest, WhatStandsForNothingIsRefused) {
  const auto shipped = std::filesystem::file_size(path_);
  for (const auto& [what, lines, expected] : {
           Case{"no such fact", "A = ${NONE}", "A has ${NONE}, which is no fact"},
           Case{"no such fact, one deeper", "A = ${B}\nB = ${NONE}",
                "B has ${NONE}, which is no fact"},
           Case{"other letters", "A = ${b}\nB = 1", "A has ${b}, which is no fact"},
           Case{"spaces", "A = ${ B }\nB = 1", "A has ${ B }, which is no fact"},
           Case{"no name", "A = ${}", "A has ${}, which is no fact"},
           Case{"a name within a name", "A = ${${B}}\nB = C\nC = 1",
                "A has ${${B}, which is no fact"},
           Case{"never closed", "A = ${B\nB = 1", "A has a ${ without }"},
           Case{"itself", "A = a${A}", "A stands for itself: ${A}"},
           Case{"two in a circle", "A = ${B}\nB = ${A}", "A stands for itself: ${A}"},
           Case{"a circle that others lead to", "A = ${B}\nB = ${C}\nC = ${D}\nD = ${C}",
                "C stands for itself: ${C}"},
       }) {
    std::filesystem::resize_file(path_, shipped);
    add(lines);
    EXPECT_EQ(a(), path_ + ": " + expected) << what;
  }
}

TEST_F(OperatorFactsTest, AMissingFactIsCalledSoThoughOthersNameIt) {
  const auto shipped = std::filesystem::file_size(path_);
  for (const std::string name : {"CONTACT_EMAIL", "WEEKDAYS"}) {
    add("A = ${" + name + "}\n" + name + " =");
    EXPECT_EQ(a(), path_ + ": " + name + " is missing");
    std::filesystem::resize_file(path_, shipped);
  }
  add("A =\nWEEKDAYS = ${A}");
  EXPECT_EQ(a(), path_ + ": WEEKDAYS is missing") << "what it stands for is empty";
}

}  // namespace
}  // namespace portal
