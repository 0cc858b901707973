// portalctl status: the portal on one screen. It asks the probes of `portalctl check` that answer
// at once (portalctl/check/), and says of each bad line which command comes next.
#include <algorithm>
#include <array>
#include <chrono>
#include <iostream>
#include <vector>

#include "core/base/japan_time.h"
#include "core/text/text.h"
#include "portalctl/check/options.h"
#include "portalctl/check/runner.h"
#include "portalctl/check/subject.h"
#include "portalctl/check/table.h"
#include "portalctl/printing.h"
#include "portalctl/status/metrics.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kMetrics = {
    "metrics", "", "status: writes it as metrics into metrics.directory, and prints nothing"};
constexpr std::array kOptions = {kSockets, kUser, kMetrics, kJson};

Result<Done> status(Context& context);

}  // namespace

constexpr Verb kStatus = {
    .usage = {.words = "status",
              .options = kOptions,
              .help = "Shows the portal on one screen: steps, queue, mailer, database, disk, "
                      "backup, certificates, roster and the last hour's errors, each bad line "
                      "with the command that comes next. It takes a second or two; `portalctl "
                      "check` looks at more.",
              .example = "portalctl status"},
    .run = status};

namespace {

// A line of the screen, and the probe that it shows.
struct Line {
  std::string_view subject;
  std::string_view probe;
};
constexpr std::array kLines = {
    Line{"steps", "sockets"},           Line{"queue", "mail queue"},
    Line{"mailer", "mailer"},           Line{"relay", "mail"},
    Line{"database", "database"},       Line{"wal", "sqlite"},
    Line{"replication", "replication"}, Line{"disk", "disk"},
    Line{"storage", "storage"},         Line{"backup", "backup"},
    Line{"certificate", "certificate"}, Line{"roster", "roster"},
    Line{"errors", "errors"},
};

// What asks another machine gives up after this time; nothing on this one needs it.
constexpr std::chrono::milliseconds kPatience{1200};
constexpr std::chrono::seconds kMost{5};

constexpr std::size_t kWidth = 80;
constexpr std::size_t kTextAt = 21;  // after level and subject

// Characters that a terminal shows, as far as ASCII goes.
std::size_t length_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

// Breaks lines between words, and begins each but the first where the text began.
std::string wrapped(const std::string& text) {
  std::string all;
  std::size_t used = kTextAt;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::size_t length = length_of(word);
    if (used > kTextAt && used + 1 + length > kWidth) {
      all.append("\n").append(std::string(kTextAt, ' '));
      used = kTextAt;
    } else if (used > kTextAt) {
      all += ' ';
      ++used;
    }
    all += word;
    used += length;
    at = end + 1;
  }
  return all;
}

void print(std::string_view subject, const Finding& finding, bool json) {
  const std::string next = next_of(finding);
  if (json) {
    print_json({{"level", std::string(word_of(finding.level))},
                {"subject", std::string(subject)},
                {"text", finding.text},
                {"next", next}});
    return;
  }
  std::string start(word_of(finding.level));
  start.resize(8, ' ');
  start.append(subject).resize(kTextAt, ' ');
  std::cout << start << wrapped(portal::text::visible(finding.text)) << "\n";
  if (!next.empty()) {
    std::cout << std::string(kTextAt, ' ') << "next: " << portal::text::visible(next) << "\n";
  }
}

std::vector<Line> lines_for(const Subject& subject) {
  std::vector<Line> lines(kLines.begin(), kLines.end());
  const std::string_view other = subject.postgresql() ? "sqlite" : "replication";
  std::erase_if(lines, [&](const Line& line) { return line.probe == other; });
  return lines;
}

Result<Done> status(Context& context) {
  const bool json = context.has(kJson);
  const bool metrics = context.has(kMetrics);
  const std::string path = context.settings_path();
  const Subject subject =
      subject_of(context.settings(), path,
                 {.user = context.value(kUser), .sockets = context.value(kSockets)}, kPatience);
  const auto lines = lines_for(subject);
  std::vector<Probe> asked;
  for (const Line& line : lines) asked.push_back(probe(line.probe));
  const auto subject_of_probe = [&](const Probe& found) {
    return std::ranges::find(lines, found.name, &Line::probe)->subject;
  };
  StatusLevels levels;
  if (!json && !metrics) {
    std::cout << subject.settings.text("site.base_url") << "  "
              << portal::japan_timestamp(portal::system_now()) << "\n";
  }
  run_probes(asked, subject, kMost, [&](const Probe& found, const Finding& finding) {
    const auto name = subject_of_probe(found);
    Level& level = levels[std::string(name)];
    level = std::max(level, finding.level);
    if (!metrics) print(name, finding, json);
  });
  if (metrics) return write_status_metrics(subject, levels);
  const bool bad =
      std::ranges::any_of(levels, [](const auto& entry) { return entry.second == Level::kFault; });
  if (bad) return portal::refused("");  // the lines have said it
  return Done{};
}

}  // namespace
}  // namespace portalctl
