// The figures of a period on the overview: what happened on each day, how far people came, and what
// became of mails. They are those of `portalctl report` (core/database/report/figures.h).
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/database/report/figures.h"
#include "core/form/form.h"
#include "core/view/view.h"

namespace portal {

// Two days of Japan, as they were chosen; the second one is in the period.
struct ChosenPeriod {
  Period period;
  std::string since;  // 2026-11-20, for the fields
  std::string until;
  bool wrong = false;  // what was chosen is no period: the usual one is shown
};

// `since` and `until` of the query; without them, or if they are wrong: today and the six days
// before.
ChosenPeriod chosen_period(const Form& query, EpochSeconds now);

struct PeriodFigures {
  std::vector<AuditHour> hours;
  FunnelCounts funnel;
  std::int64_t gave_up = 0;
  std::vector<MailCount> mails;
  AccountCounts accounts;
  WaitingCounts waiting;
};

PeriodFigures read_figures(Connection& connection, const Period& period);

void show_period(Data& data, const ChosenPeriod& chosen, const PeriodFigures& figures);

}  // namespace portal
