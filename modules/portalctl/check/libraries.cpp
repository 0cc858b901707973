// The probe of the libraries that the programs run with: whether they are older than a weakness
// that is known to be mended. The package demands the newer ones; this is for what was built from
// source.
#include <Poco/String.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <string>

#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

// Its name in Debian 12, and from 13 on.
constexpr auto kAsk =
    "dpkg-query -W -f '${db:Status-Abbrev}${Version}\\n' libfcgi0ldbl libfcgi0t64 2>/dev/null";

// The version of libfcgi that dpkg has installed; empty: none, or there is no dpkg.
std::string installed_fcgi() {
  const std::unique_ptr<FILE, int (*)(FILE*)> answer(popen(kAsk, "re"), pclose);
  if (!answer) return "";
  constexpr std::string_view kInstalled = "ii ";
  std::array<char, 256> part{};
  while (fgets(part.data(), static_cast<int>(part.size()), answer.get()) != nullptr) {
    const std::string line = Poco::trimRight(std::string(part.data()));
    if (line.starts_with(kInstalled)) return line.substr(kInstalled.size());
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
