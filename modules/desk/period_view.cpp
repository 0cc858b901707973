#include "desk/period_view.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>
#include <utility>

#include "core/base/japan_time.h"
#include "core/database/journal/audit_event.h"
#include "core/database/mail/mail_state.h"
#include "core/history/words.h"

namespace portal {
namespace {

constexpr std::int64_t kUsualDays = 7;
constexpr std::int64_t kHoursOfDay = 24;

constexpr std::array kCounted = {AuditEvent::kRegistered, AuditEvent::kActivated,
                                 AuditEvent::kLogin, AuditEvent::kLoginRefused};
using DayCounts = std::array<std::int64_t, kCounted.size()>;

Period whole_days(std::int64_t first, std::int64_t last, EpochSeconds now) {
  return {start_of_japan_day(first), std::min(start_of_japan_day(last + 1), now)};
}

std::map<std::int64_t, DayCounts> by_day(const std::vector<AuditHour>& hours,
                                         const Period& period) {
  std::map<std::int64_t, DayCounts> days;
  for (auto day = japan_day(period.since); day <= japan_day(period.until - 1); ++day) days[day];
  for (const AuditHour& hour : hours) {
    const auto event = find_audit_event(hour.event);
    const auto* const column = event ? std::ranges::find(kCounted, *event) : kCounted.end();
    const auto day = days.find(hour.hour / kHoursOfDay);
    if (column == kCounted.end() || day == days.end()) continue;
    day->second.at(static_cast<std::size_t>(column - kCounted.begin())) += hour.count;
  }
  return days;
}

void show_days(Data& data, const PeriodFigures& figures, const Period& period) {
  const auto days = by_day(figures.hours, period);
  DayCounts sum{};
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    Data& row = data.add("DAY").set("DATE", japan_date(start_of_japan_day(day->first)));
    for (std::size_t i = 0; i < sum.size(); ++i) {
      row.set("COUNT_" + std::to_string(i + 1), std::to_string(day->second.at(i)));
      sum.at(i) += day->second.at(i);
    }
  }
  for (std::size_t i = 0; i < sum.size(); ++i) {
    data.set("SUM_" + std::to_string(i + 1), std::to_string(sum.at(i)));
  }
}

void show_funnel(Data& data, const PeriodFigures& figures) {
  const FunnelCounts& funnel = figures.funnel;
  const std::pair<std::string_view, std::int64_t> stages[] = {
      {"入力画面を正しく送信した施術所", funnel.accepted},
      {"確認画面でOKを押した施術所", funnel.pressed},
      {"リンクのメールがメールサーバーに届いた施術所", funnel.mailed},
      {"リンクを開いた施術所", funnel.opened},
      {"登録が完了した施術所", funnel.activated},
      {"誤りのあるまま、入力をやめた方", figures.gave_up},
      {"アカウント（いま）", figures.accounts.all},
      {"この期間に掲載待ちを申し込んだ方", figures.waiting.asked},
  };
  for (const auto& [label, count] : stages) {
    data.add("STAGE").set("LABEL", label).set("COUNT", std::to_string(count));
  }
}

void show_mails(Data& data, const std::vector<MailCount>& mails) {
  if (mails.empty()) data.show("NO_MAILS");
  for (const MailCount& mail : mails) {
    data.add("MAIL")
        .set("KIND", words_of_mail_kind(mail.kind, Language::kJapanese))
        .set("STATE", words_of_mail_state(mail.state, Language::kJapanese))
        .set("COUNT", std::to_string(mail.count));
  }
}

}  // namespace

ChosenPeriod chosen_period(const Form& query, EpochSeconds now) {
  const std::int64_t today = japan_day(now);
  std::int64_t first = today - kUsualDays + 1;
  std::int64_t last = today;
  const auto since = parse_japan_time(std::string(query.get("since")));
  const auto until = parse_japan_time(std::string(query.get("until")));
  if (since) first = japan_day(*since);
  if (until) last = std::min(japan_day(*until), today);
  ChosenPeriod chosen;
  chosen.wrong = first > last || (query.has("since") && !since) || (query.has("until") && !until);
  if (chosen.wrong) {
    first = today - kUsualDays + 1;
    last = today;
  }
  chosen.period = whole_days(first, last, now + 1);
  chosen.since = japan_iso_date(start_of_japan_day(first));
  chosen.until = japan_iso_date(start_of_japan_day(last));
  return chosen;
}

PeriodFigures read_figures(Connection& connection, const Period& period) {
  Figures figures(connection);
  return {figures.audit_hours(period), figures.funnel(period),   figures.gave_up(period),
          figures.mails(period),       figures.accounts(period), figures.waiting(period)};
}

void show_period(Data& data, const ChosenPeriod& chosen, const PeriodFigures& figures) {
  data.set("SINCE", chosen.since).set("UNTIL", chosen.until);
  if (chosen.wrong) data.show("WRONG_PERIOD");
  show_days(data, figures, chosen.period);
  show_funnel(data, figures);
  show_mails(data, figures.mails);
}

}  // namespace portal
