// The probe of the last hour's errors on this machine: lines of the log of level error, from the
// files that the programs keep in metrics.directory, or from the journal. Neither may be there;
// then nothing is known, which is not the same as no error.
#include <Poco/NumberParser.h>
#include <Poco/RegularExpression.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <system_error>

#include "core/base/clock.h"
#include "core/base/japan_time.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/steps.h"

namespace portalctl {
namespace {

namespace fs = std::filesystem;

using portal::EpochSeconds;

constexpr auto kJournal = "journalctl -q -p err -S -1h -u 'portal-*'";
constexpr EpochSeconds kFresh = 3 * portal::kMinute;  // a file is written every ten seconds

// What the files of one step say.
struct Said {
  std::int64_t errors = 0;
  EpochSeconds started = 0;  // its youngest process
};

// The value of the sample of that name; 0: there is none. Its line is looked for without
// RE_MULTILINE, for which a line ends with CR since Poco 1.13.
double sample(const std::string& text, const std::string& name) {
  const Poco::RegularExpression pattern("(?:^|\n)" + name + "(?:\\{[^}]*\\})? ([0-9.e+]+)(?:\n|$)");
  std::vector<std::string> parts;
  double value = 0;
  if (pattern.split(text, parts) == 2) Poco::NumberParser::tryParseFloat(parts[1], value);
  return value;
}

// portal-STEP-N.prom of each program that writes now.
std::map<std::string, Said> read_files(const std::string& directory) {
  static const Poco::RegularExpression name("^portal-([a-z]+)-[0-9]+\\.prom$");
  std::map<std::string, Said> all;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::vector<std::string> parts;
    if (name.split(entry->path().filename().string(), parts) != 2) continue;
    std::ifstream file(entry->path());
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const double written = sample(text, "portal_metrics_written_timestamp_seconds");
    if (static_cast<double>(portal::system_now()) - written > kFresh) continue;
    Said& said = all[parts[1]];
    said.errors += static_cast<std::int64_t>(sample(text, "portal_errors_last_hour"));
    said.started = std::max(
        said.started, static_cast<EpochSeconds>(sample(text, "portal_process_start_time_seconds")));
  }
  return all;
}

Finding judge_files(const std::string& directory) {
  const auto all = read_files(directory);
  std::string silent;
  std::string counts;
  EpochSeconds since = 0;
  std::vector<std::string> expected = {"mailer"};
  for (const Step& step : kSteps) {
    const std::string name(step.name);
    if (step.site == kPublicSite || all.contains(name)) expected.push_back(name);
  }
  for (const std::string& name : expected) {
    const auto found = all.find(name);
    if (found == all.end()) {
      silent.append(silent.empty() ? "" : ", ").append(name);
      continue;
    }
    since = std::max(since, found->second.started);
    if (found->second.errors == 0) continue;
    counts.append(counts.empty() ? "" : ", ")
        .append(name + " " + std::to_string(found->second.errors));
  }
  const std::string unknown_of =
      silent.empty() ? "" : "; nothing is known of " + silent + ", which write no metrics now";
  if (!counts.empty()) return warning("lines of the log: " + counts + unknown_of, kJournal);
  if (!silent.empty()) return unknown("none" + unknown_of, kJournal);
  if (portal::system_now() - since >= portal::kHour) return ok("none in the last hour");
  return ok("none; all is known since " + portal::japan_timestamp(since) +
            ", when the last program started");
}

bool journal_is_readable() {
  for (const char* place : {"/var/log/journal", "/run/log/journal"}) {
    std::error_code error;
    for (fs::directory_iterator entry(place, error), end; !error && entry != end;
         entry.increment(error)) {
      if (access((entry->path() / "system.journal").c_str(), R_OK) == 0) return true;
    }
  }
  return false;
}

// Lines that the command prints, or -1 if it fails.
std::int64_t lines_of(const std::string& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> output(popen(command.c_str(), "re"), pclose);
  if (!output) return -1;
  std::array<char, 4096> part{};
  std::int64_t lines = 0;
  std::size_t size = 0;
  while ((size = fread(part.data(), 1, part.size(), output.get())) > 0) {
    lines += std::count(part.begin(), part.begin() + static_cast<std::ptrdiff_t>(size), '\n');
  }
  return pclose(output.release()) == 0 ? lines : -1;
}

Finding judge_journal() {
  const std::int64_t lines = lines_of(std::string(kJournal) + " -o cat -n 1000 2>/dev/null");
  if (lines < 0) return unknown("the journal cannot be read", kJournal);
  if (lines == 0) return ok("none in the journal of the last hour");
  return warning((lines >= 1000 ? "over " : "") + std::to_string(lines) +
                     " lines in the journal of the last hour",
                 kJournal);
}

}  // namespace

Findings probe_errors(const Subject& subject) {
  const std::string& directory = subject.settings.text("metrics.directory");
  std::error_code error;
  if (!directory.empty() && fs::is_directory(directory, error)) return {judge_files(directory)};
  if (journal_is_readable()) return {judge_journal()};
  return {unknown(
      "neither metrics.directory is set nor may the journal be read: as root, or see monitoring.md",
      kJournal)};
}

}  // namespace portalctl
