// portalctl report: what happened in a period, as a page for a browser or as JSON.
#include <cstdio>
#include <fstream>
#include <iostream>

#include "core/base/japan_time.h"
#include "portalctl/report/page.h"
#include "portalctl/report/report.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::EpochSeconds;
using portal::Period;
using portal::Result;

constexpr std::int64_t kDays = 30;
// All of the site is read: that may take longer than a person at a form would wait.
constexpr std::chrono::minutes kPatience{2};

// The days that --since and --until ask for: without --since, 30 days that the last of them is
// among. The error is one of usage.
Result<Period> period_of(const Options& options, EpochSeconds now) {
  Period period{0, now};
  if (!options.until.empty()) {
    const auto until = portal::parse_japan_time(options.until);
    if (!until) return portal::refused("--until: a time such as 2026-05-01 or 2026-05-01T09:30");
    period.until = std::min(*until, now);
  }
  period.since = portal::start_of_japan_day(portal::japan_day(period.until - 1) - kDays + 1);
  if (!options.since.empty()) {
    const auto since = portal::parse_japan_time(options.since);
    if (!since) return portal::refused("--since: a time such as 2026-04-01 or 2026-04-01T09:30");
    period.since = *since;
  }
  if (period.since >= period.until) {
    return portal::refused("--since: must be before --until, and before now");
  }
  return period;
}

// Whoever opens the file meanwhile sees the old one, or all of the new one.
Result<portal::Done> write_file(const std::string& path, const std::string& content) {
  const std::string unfinished = path + ".new";
  std::ofstream file(unfinished, std::ios::binary);
  file << content;
  file.close();
  if (!file || std::rename(unfinished.c_str(), path.c_str()) != 0) {
    return portal::refused(path + ": cannot be written");
  }
  return portal::Done{};
}

Result<portal::Done> write_page(const portal::Settings& settings, const Report& report,
                                const std::string& path) {
  const auto view = portal::View::load(settings.text("templates.directory"), report_templates());
  if (!view) return view.error();
  const auto page = report_page(**view, report);
  if (!page) return page.error();
  return write_file(path, *page);
}

}  // namespace

int report(const Invocation& invocation) {
  const Options& options = invocation.options;
  if (options.html.empty() && !options.json) {
    return fail("report: --html FILE, --json, or both", kWrongUsage);
  }
  const EpochSeconds now = portal::system_now();
  const auto period = period_of(options, now);
  if (!period) return fail(period.error().message, kWrongUsage);
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const Retention retention = {settings->number("retention.event_days") * portal::kDay,
                               settings->number("retention.mail_days") * portal::kDay};
  portal::Database database(*settings, portal::Durability::kFull, 1, kPatience);
  const auto report = make_report(database, *period, retention, now);
  if (!report) return fail(report.error().message);
  if (!options.html.empty()) {
    const auto written = write_page(*settings, *report, options.html);
    if (!written) return fail(written.error().message);
  }
  if (options.json) std::cout << report_json(*report) << "\n";
  return kDone;
}

}  // namespace portalctl
