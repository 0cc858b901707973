// What the tests of portalctl check share: a portal in which all is well, and what check says of
// one of its probes.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>

#include "migrated_portal.h"

namespace portalctl_test {

using namespace portal;

class Check : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    ASSERT_EQ(import("契0123456-7-8,みなと整骨院,,\n").status, 0);
  }
  // Settings of portal.conf and those lines; `arguments` of check, which leaves out the running
  // portal.
  Ran check(const std::string& lines = "", const std::string& arguments = "") const {
    write("check.conf", content_of(folder / "portal.conf") + lines);
    return run("check --stopped " + arguments, "check.conf");
  }
  Ran check_in(const std::string& strange) const {
    // LD_PRELOAD is a list with blanks between its names, so the folder is named apart.
    const std::filesystem::path library = STRANGE_SYSTEM;
    setenv("LD_LIBRARY_PATH", library.parent_path().c_str(), 1);
    setenv("LD_PRELOAD", library.filename().c_str(), 1);
    const auto equals = strange.find('=');
    setenv(strange.substr(0, equals).c_str(), strange.substr(equals + 1).c_str(), 1);
    const Ran ran = check();
    unsetenv(strange.substr(0, equals).c_str());
    unsetenv("LD_PRELOAD");
    unsetenv("LD_LIBRARY_PATH");
    return ran;
  }
  // The lines of that probe, each with its word in front.
  static std::string lines_of(const Ran& ran, const std::string& probe) {
    std::istringstream lines(ran.out);
    std::string found;
    for (std::string line; std::getline(lines, line);) {
      if (line.substr(8).starts_with(probe + ": ")) found += line + "\n";
    }
    return found;
  }
  static void expect(const Ran& ran, const std::string& word, const std::string& probe,
                     std::string_view words) {
    EXPECT_EQ(ran.status, word == "FAULT" ? 1 : 0) << ran.out << ran.error;
    const std::string lines = lines_of(ran, probe);
    EXPECT_NE(lines.find(word), std::string::npos) << ran.out;
    expect_has(lines, words);
  }
  // The same with a newly made copy of the templates.
  std::string own_templates() const {
    fs::copy(PORTAL_SOURCE_DIR "/templates", folder / "templates", fs::copy_options::recursive);
    return "templates.directory = " + file("templates") + "\n";
  }
};

}  // namespace portalctl_test
