// The clock: links are good for an hour, sessions for minutes, and several machines share them.
#include <sys/timex.h>

#include <Poco/DateTime.h>
#include <Poco/DateTimeParser.h>

#include <cstdlib>

#include "core/base/clock.h"
#include "core/base/system_error.h"
#include "core/database/database.h"
#include "core/database/journal/audit.h"
#include "core/database/schema/inspection.h"
#include "core/probe/web.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

using portal::EpochSeconds;

constexpr EpochSeconds kFault = portal::kMinute;

// Adds a finding such as "2 s ahead of the database server". `before` and `after` are our clock
// when the question was asked and answered.
void compare(const std::string& other, EpochSeconds before, EpochSeconds theirs, EpochSeconds after,
             Findings& findings) {
  EpochSeconds ahead = 0;
  if (theirs < before) ahead = before - theirs;
  if (theirs > after) ahead = after - theirs;
  if (std::abs(ahead) <= portal::kClockSlack) return;
  const std::string text = "the clock is " + std::to_string(std::abs(ahead)) + " s " +
                           (ahead > 0 ? "ahead of " : "behind ") + other +
                           ": screens, mails and logs tell the wrong time: let both follow NTP";
  findings.push_back(std::abs(ahead) > kFault ? fault(text) : warning(text));
}

void compare_with_database(const Subject& subject, Findings& findings, std::string& compared) {
  if (!subject.postgresql()) return;
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  EpochSeconds before = 0;
  const auto theirs = database.read([&](portal::Connection& connection) {
    before = portal::machine_now();
    return portal::server_time(connection);
  });
  if (!theirs) return;
  compare("the database server", before, *theirs, portal::machine_now(), findings);
  compared += " the database server";
}

// A clock that was ahead, or is behind now, leaves rows of a time that has not come.
void compare_with_history(const Subject& subject, Findings& findings) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto newest = database.read([](portal::Connection& connection) {
    portal::AuditFilter newest_row;
    newest_row.most = 1;
    const auto rows = portal::Audit(connection).list(newest_row);
    return rows.empty() ? EpochSeconds{0} : rows.front().at;
  });
  if (!newest) return;
  const EpochSeconds later = *newest - database.now();
  if (later <= portal::kClockSlack) return;
  findings.push_back(
      warning("the newest row of the audit is " + std::to_string(later) +
              " s later than now: this clock is behind, or was ahead. Nothing waits for that time; "
              "it only looks odd in lists"));
}

void compare_with_site(const Subject& subject, Findings& findings, std::string& compared) {
  if (subject.stopped) return;
  const EpochSeconds before = portal::machine_now();
  const auto answer =
      portal::web_get(subject.settings.text("site.base_url") + "/", "", subject.patience);
  if (!answer) return;
  const EpochSeconds after = portal::machine_now();
  Poco::DateTime date;
  int zone = 0;
  if (!Poco::DateTimeParser::tryParse("%w, %d %b %Y %H:%M:%S", answer->header("Date"), date,
                                      zone)) {
    return;
  }
  compare("the web server", before, date.timestamp().epochTime(), after, findings);
  compared += (compared.empty() ? "" : ",") + std::string(" the web server");
}

}  // namespace

Findings probe_clock(const Subject& subject) {
  Findings findings;
  std::string compared;
  compare_with_database(subject, findings, compared);
  compare_with_history(subject, findings);
  compare_with_site(subject, findings, compared);
  if (!findings.empty()) return findings;
  if (compared.empty()) return {not_applicable("there is no other clock to compare with")};
  return {ok("as of" + compared)};
}

// Whether the kernel takes the clock for synchronised: adjtimex(2). The program that keeps the
// clock (chrony, systemd-timesyncd, ntpd) tells it; `timedatectl` shows the same.
Findings probe_ntp(const Subject&) {
  timex state = {};
  const int result = adjtimex(&state);
  if (result < 0) {
    return {not_applicable("the kernel does not say whether it is synchronised: " +
                           portal::system_error())};
  }
  if (result == TIME_ERROR || (static_cast<unsigned>(state.status) & STA_UNSYNC) != 0) {
    return {
        warning("nobody sets this machine's clock: apt-get install systemd-timesyncd, or chrony "
                "(in a container: on its host)")};
  }
  return {ok("synchronised")};
}

}  // namespace portalctl
