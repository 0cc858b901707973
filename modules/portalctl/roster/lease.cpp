#include "portalctl/roster/lease.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <sstream>

#include "core/base/japan_time.h"

namespace portalctl {
namespace {

std::string host() {
  std::array<char, 256> name = {};
  gethostname(name.data(), name.size() - 1);
  return name.data();
}

// Whether the owner is a process of this machine that has ended.
bool ended(const std::string& owner) {
  std::istringstream words(owner);
  std::string where;
  pid_t process = 0;
  words >> where >> process;
  return where == host() && process > 0 && kill(process, 0) != 0 && errno == ESRCH;
}

}  // namespace

std::string lease_owner() {
  return host() + " " + std::to_string(getpid());
}

std::optional<portal::RosterEdition> live_import(portal::Connection& connection) {
  auto edition = portal::RosterEditions(connection).staging();
  if (!edition) return edition;
  const portal::EpochSeconds left = edition->leased_until - portal::system_now();
  // No lease is longer: with more left, it was taken before the clock was set back.
  const bool over = left < 0 || left > kRosterLease + portal::kClockSlack;
  if (over || ended(edition->owner)) return std::nullopt;
  return edition;
}

portal::Error import_under_way(const portal::RosterEdition& edition) {
  return portal::refused("an import of " + edition.file + " is under way since " +
                         portal::japan_timestamp(edition.started_at) + " (machine and process: " +
                         edition.owner + "): try again when it has ended");
}

}  // namespace portalctl
