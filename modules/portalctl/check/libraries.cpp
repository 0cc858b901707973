// The probe of the libraries that the programs run with: whether they are older than a weakness
// that is known to be mended. The package demands the newer ones; this is for what was built from
// source.
#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

// In Debian 12, and from 13 on.
constexpr std::array<std::string_view, 2> kFcgi = {"libfcgi0ldbl", "libfcgi0t64"};

// The version of the first of kFcgi that dpkg has installed; empty: none, or there is no dpkg. As
// dpkg itself, it believes DPKG_ADMINDIR.
std::string installed_fcgi() {
  const char* folder = std::getenv("DPKG_ADMINDIR");
  std::ifstream status(std::filesystem::path(folder != nullptr ? folder : "/var/lib/dpkg") /
                       "status");
  constexpr std::string_view kPackage = "Package: ";
  constexpr std::string_view kVersion = "Version: ";
  bool is_fcgi = false;
  for (std::string line; std::getline(status, line);) {
    const std::string_view view = line;
    if (view.starts_with(kPackage)) {
      is_fcgi = std::ranges::find(kFcgi, view.substr(kPackage.size())) != kFcgi.end();
    } else if (is_fcgi && view.starts_with(kVersion)) {
      return line.substr(kVersion.size());
    }
  }
  return "";
}

// "2.4.5-0.1" → 2, 4, 5
std::array<int, 3> upstream(std::string_view version) {
  std::array<int, 3> numbers = {};
  for (int& number : numbers) {
    const auto* const end =
        std::from_chars(version.data(), version.data() + version.size(), number).ptr;
    version.remove_prefix(static_cast<std::size_t>(end - version.data()));
    if (!version.starts_with('.')) break;
    version.remove_prefix(1);
  }
  return numbers;
}

// CVE-2025-23016 is mended in 2.4.5, and in Debian 12's 2.4.2-2+deb12u1.
bool is_mended(std::string_view version) {
  constexpr std::array<int, 3> kMended = {2, 4, 5};
  return upstream(version) >= kMended || version.starts_with("2.4.2-2+deb12u");
}

}  // namespace

Findings probe_libraries(const Subject&) {
  const std::string version = installed_fcgi();
  if (version.empty()) return {not_applicable("dpkg does not know which libfcgi this is")};
  if (is_mended(version)) return {ok("libfcgi " + version + " has no weakness that is known here")};
  return {
      fault("libfcgi " + version +
            " has CVE-2025-23016, by which whoever reaches a responder's socket may run a program: "
            "`apt-get install --only-upgrade libfcgi0ldbl`, then restart the responders")};
}

}  // namespace portalctl
