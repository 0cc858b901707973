// portalctl report: what happened in a period, as a page for a browser or as JSON.
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>

#include "core/base/japan_time.h"
#include "portalctl/report/page.h"
#include "portalctl/report/report.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kHtml = {"html", "FILE",
                          "report: writes the page to that file, in place of an older one"};
constexpr Option kUntil = {
    "until", "TIME",
    "report: before 2026-05-01 or 2026-05-01T09:30, which is not in it (default: now)"};
constexpr std::array kOptions = {kHtml, kJson, kSince, kUntil};

Result<Done> report(Context& context);

}  // namespace

constexpr Verb kReport = {
    .usage = {.words = "report",
              .options = kOptions,
              .help = "Counts registrations, where people drop out, their mistakes, mails, clinics "
                      "and logins of the last 30 days, or of another time: as a page in Japanese "
                      "that a browser opens, or as JSON.",
              .example =
                  "portalctl report --html report.html --since 2026-04-01 --until 2026-05-01"},
    .run = report};

namespace {

using portal::EpochSeconds;
using portal::Period;

constexpr std::int64_t kDays = 30;
// The whole database is read, which may take longer than a person at a form would wait.
constexpr std::chrono::minutes kPatience{2};

// The period that --since and --until ask for; without --since, the 30 days up to its end.
Result<Period> period_of(const Context& context, EpochSeconds now) {
  Period period{0, now};
  if (const std::string text = context.value(kUntil); !text.empty()) {
    const auto until = portal::parse_japan_time(text);
    if (!until)
      return portal::wrong_usage("--until: a time such as 2026-05-01 or 2026-05-01T09:30");
    period.until = std::min(*until, now);
  }
  period.since = portal::start_of_japan_day(portal::japan_day(period.until - 1) - kDays + 1);
  if (const std::string text = context.value(kSince); !text.empty()) {
    const auto since = portal::parse_japan_time(text);
    if (!since)
      return portal::wrong_usage("--since: a time such as 2026-04-01 or 2026-04-01T09:30");
    period.since = *since;
  }
  if (period.since >= period.until) {
    return portal::wrong_usage("--since: must be before --until, and before now");
  }
  return period;
}

// The new file replaces the old one at once: a reader never sees half of it.
Result<Done> write_file(const std::string& path, const std::string& content) {
  const std::string unfinished = path + ".new";
  std::ofstream file(unfinished, std::ios::binary);
  file << content;
  file.close();
  if (!file || std::rename(unfinished.c_str(), path.c_str()) != 0) {
    return portal::refused(path + ": cannot be written");
  }
  return Done{};
}

Result<Done> write_page(const portal::Settings& settings, const Report& report,
                        const std::string& path) {
  const auto view = portal::View::load(settings.text("templates.directory"), report_templates());
  if (!view) return view.error();
  const auto page = report_page(**view, report);
  if (!page) return page.error();
  return write_file(path, *page);
}

Result<Done> report(Context& context) {
  const std::string html = context.value(kHtml);
  if (html.empty() && !context.has(kJson)) {
    return portal::wrong_usage("report: --html FILE, --json, or both");
  }
  const portal::Settings& settings = context.settings();
  portal::Database database(settings, portal::Durability::kFull, 1, kPatience);
  const EpochSeconds now = database.now();
  const auto period = period_of(context, now);
  if (!period) return period.error();
  const Retention retention = {settings.number("retention.event_days") * portal::kDay,
                               settings.number("retention.mail_days") * portal::kDay};
  const auto report = make_report(database, *period, retention, now);
  if (!report) return report.error();
  if (!html.empty()) {
    if (const auto written = write_page(settings, *report, html); !written) return written;
  }
  if (context.has(kJson)) std::cout << report_json(*report) << "\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
