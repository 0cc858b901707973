#include "portalctl/report/report.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "core/base/japan_time.h"
#include "core/database/journal/audit_event.h"
#include "core/database/mail/mail_state.h"
#include "core/database/mail/outbox.h"
#include "core/history/reply_codes.h"
#include "core/registration/fields.h"

namespace portalctl {
namespace {

using portal::Connection;
using portal::EpochSeconds;
using portal::Figures;
using portal::Period;
using portal::TextCount;

using Counts = std::map<std::string, std::int64_t, std::less<>>;

std::vector<TextCount> most_frequent_first(const Counts& counts) {
  std::vector<TextCount> sorted;
  for (const auto& [text, count] : counts) sorted.push_back({text, count});
  std::ranges::stable_sort(sorted, std::greater(), &TextCount::count);
  return sorted;
}

void count_hours(const std::vector<portal::AuditHour>& hours, Report& report) {
  using portal::AuditEvent;
  const std::int64_t first = portal::japan_day(report.period.since);
  const std::int64_t last = portal::japan_day(report.period.until - 1);
  for (std::int64_t day = first; day <= last; ++day) report.days.push_back({.day = day});
  for (const portal::AuditHour& one : hours) {
    Report::Day& day = report.days.at(static_cast<std::size_t>(one.hour / 24 - first));
    Report::Hour& hour = report.hours.at(static_cast<std::size_t>(one.hour % 24));
    const auto event = portal::find_audit_event(one.event);
    if (event == AuditEvent::kRegistered) {
      day.completed += one.count;
      hour.completed += one.count;
    } else if (event == AuditEvent::kActivated) {
      day.activated += one.count;
      hour.activated += one.count;
    } else if (event == AuditEvent::kLogin) {
      day.logins += one.count;
    } else if (event == AuditEvent::kLoginRefused) {
      day.logins_refused += one.count;
    }
  }
}

void count_refusals(const std::vector<TextCount>& refusals, Report& report) {
  Counts fields;
  Counts codes;
  for (const TextCount& refusal : refusals) {
    report.refused_forms += refusal.count;
    std::set<std::string_view> of_form;
    for (const std::string& code : Poco::StringTokenizer(refusal.text, " ")) {
      codes[code] += refusal.count;
      of_form.insert(field_of(code));
    }
    for (const std::string_view field : of_form) fields[std::string(field)] += refusal.count;
  }
  report.refused_fields = most_frequent_first(fields);
  report.refused_codes = most_frequent_first(codes);
}

// The percentile by nearest rank: the shortest delay that `percent` of the mails did not exceed.
std::int64_t percentile(const std::vector<portal::DelayCount>& delays, std::int64_t mails,
                        std::int64_t percent) {
  const std::int64_t rank = (mails * percent + 99) / 100;
  std::int64_t seen = 0;
  for (const portal::DelayCount& delay : delays) {
    seen += delay.count;
    if (seen >= rank) return delay.seconds;
  }
  return 0;
}

Report::Delays delays_of(const std::vector<portal::DelayCount>& delays) {
  using portal::kDay;
  using portal::kHour;
  using portal::kMinute;
  Report::Delays result;
  for (const EpochSeconds up_to :
       {EpochSeconds{1}, EpochSeconds{2}, EpochSeconds{5}, EpochSeconds{10}, EpochSeconds{30},
        kMinute, 5 * kMinute, 30 * kMinute, kHour, 6 * kHour, kDay, EpochSeconds{0}}) {
    result.steps.push_back({up_to, 0});
  }
  for (const portal::DelayCount& delay : delays) {
    result.mails += delay.count;
    result.longest = delay.seconds;
    std::ranges::find_if(result.steps, [&](const Report::Delays::Step& step) {
      return delay.seconds <= step.up_to || step.up_to == 0;
    })->count += delay.count;
  }
  result.median = percentile(delays, result.mails, 50);
  result.p95 = percentile(delays, result.mails, 95);
  result.p99 = percentile(delays, result.mails, 99);
  return result;
}

std::vector<Report::Trouble> troubles_of(const std::vector<portal::AttemptCount>& attempts) {
  std::map<std::pair<std::string, std::string>, std::int64_t> counts;
  for (const portal::AttemptCount& attempt : attempts) {
    counts[{attempt.outcome, portal::code_of_reply(attempt.reply)}] += attempt.count;
  }
  std::vector<Report::Trouble> troubles;
  for (const auto& [key, count] : counts) troubles.push_back({key.first, key.second, count});
  std::ranges::stable_sort(troubles, std::greater(), &Report::Trouble::count);
  return troubles;
}

std::vector<Report::Stage> stages_of(const portal::FunnelCounts& counts, std::int64_t gave_up) {
  return {{"form_sent", counts.accepted + gave_up},
          {"confirm", counts.accepted},
          {"complete", counts.pressed},
          {"mail_delivered", counts.mailed},
          {"link_opened", counts.opened},
          {"activated", counts.activated}};
}

}  // namespace

std::string_view field_of(std::string_view code) {
  if (code == "not_in_roster" || code == "clinic_taken") return "registration_number";
  std::string_view longest = "other";
  bool found = false;
  for (const portal::Field& field : portal::fields()) {
    const bool is_its = code.starts_with(std::string(field.name) + "_");
    if (is_its && (!found || field.name.size() > longest.size())) {
      longest = field.name;
      found = true;
    }
  }
  return longest;
}

portal::Result<Report> make_report(portal::Database& database, const Period& period,
                                   const Retention& retention, EpochSeconds now) {
  return database.read([&](Connection& connection) {
    Figures figures(connection);
    Report report;
    report.period = period;
    report.made_at = now;
    report.events_since = now - retention.events;
    report.mails_since = now - retention.mails;
    count_hours(figures.audit_hours(period), report);
    report.funnel = stages_of(figures.funnel(period), figures.gave_up(period));
    count_refusals(figures.refusals(period), report);
    report.mails = figures.mails(period);
    report.delays = delays_of(figures.mail_delays(period));
    for (const portal::OutboxCount& count : portal::Outbox(connection).counts()) {
      if (count.state != name_of(portal::MailState::kQueued)) continue;
      report.queued = count.rows;
      report.oldest_queued = count.oldest;
    }
    report.troubles = troubles_of(figures.mail_troubles(period));
    report.clinics = figures.clinics(period);
    report.waiting = figures.waiting(period);
    report.accounts = figures.accounts(period);
    report.login_refusals = figures.login_refusals(period);
    std::ranges::stable_sort(report.login_refusals, std::greater(), &TextCount::count);
    return report;
  });
}

}  // namespace portalctl
