// The report as JSON, for programs. Its keys are English and do not change.
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>

#include <sstream>
#include <utility>

#include "core/base/japan_time.h"
#include "core/text/text.h"
#include "portalctl/report/report.h"

namespace portalctl {
namespace {

using Poco::JSON::Array;
using Poco::JSON::Object;

using Members = std::initializer_list<std::pair<const char*, Poco::Dynamic::Var>>;

Object object(Members members) {
  Object result(Poco::JSON_PRESERVE_KEY_ORDER);
  for (const auto& [name, value] : members) result.set(name, value);
  return result;
}

template <class Rows, class F>
Array list(const Rows& rows, const F& member_of) {
  Array result;
  for (const auto& row : rows) result.add(member_of(row));
  return result;
}

// 0: there is none.
Poco::Dynamic::Var moment(portal::EpochSeconds at) {
  return at == 0 ? Poco::Dynamic::Var() : Poco::Dynamic::Var(at);
}

Array counts(const char* name, const std::vector<portal::TextCount>& rows) {
  return list(rows, [&](const portal::TextCount& row) {
    return object({{name, row.text}, {"count", row.count}});
  });
}

Array days(const Report& report) {
  return list(report.days, [](const Report::Day& day) {
    const std::string date = portal::japan_iso_date(portal::start_of_japan_day(day.day));
    return object({{"date", date},
                   {"completed", day.completed},
                   {"activated", day.activated},
                   {"logins", day.logins},
                   {"logins_refused", day.logins_refused}});
  });
}

Array hours(const Report& report) {
  int hour = 0;
  return list(report.hours, [&](const Report::Hour& row) {
    return object({{"hour", hour++}, {"completed", row.completed}, {"activated", row.activated}});
  });
}

Object delays(const Report::Delays& delays) {
  const Array steps = list(delays.steps, [](const Report::Delays::Step& step) {
    return object({{"up_to", moment(step.up_to)}, {"count", step.count}});
  });
  return object({{"mails", delays.mails},
                 {"median", delays.median},
                 {"p95", delays.p95},
                 {"p99", delays.p99},
                 {"longest", delays.longest},
                 {"histogram", steps}});
}

Object mails(const Report& report) {
  const Array states = list(report.mails, [](const portal::MailCount& row) {
    return object({{"kind", row.kind}, {"state", row.state}, {"count", row.count}});
  });
  const Array troubles = list(report.troubles, [](const Report::Trouble& row) {
    return object({{"outcome", row.outcome}, {"code", row.code}, {"count", row.count}});
  });
  return object({{"states", states},
                 {"delay_seconds", delays(report.delays)},
                 {"queued", report.queued},
                 {"oldest_queued_at", moment(report.oldest_queued)},
                 {"troubles", troubles},
                 {"kept_since", report.mails_since}});
}

Array clinics(const Report& report) {
  return list(report.clinics, [](const portal::ClinicCount& row) {
    return object({{"institution", row.institution},
                   {"prefecture", row.prefecture},
                   {"in_roster", row.open},
                   {"registered", row.registered},
                   {"registered_in_period", row.added}});
  });
}

}  // namespace

std::string report_json(const Report& report) {
  const Array funnel = list(report.funnel, [](const Report::Stage& stage) {
    return object({{"stage", std::string(stage.name)}, {"clinics", stage.clinics}});
  });
  const Object form = object({{"refused", report.refused_forms},
                              {"by_field", counts("field", report.refused_fields)},
                              {"by_code", counts("code", report.refused_codes)}});
  const Object waiting = object({{"waiting", report.waiting.waiting},
                                 {"oldest_at", moment(report.waiting.oldest)},
                                 {"asked", report.waiting.asked},
                                 {"told", report.waiting.told}});
  const Object accounts = object({{"all", report.accounts.all},
                                  {"never_logged_in", report.accounts.never},
                                  {"logged_in", report.accounts.logged_in},
                                  {"logins_refused", counts("reason", report.login_refusals)}});
  std::ostringstream line;
  object({{"since", report.period.since},
          {"until", report.period.until},
          {"made_at", report.made_at},
          {"days", days(report)},
          {"hours", hours(report)},
          {"funnel", funnel},
          {"events_kept_since", report.events_since},
          {"form", form},
          {"mails", mails(report)},
          {"clinics", clinics(report)},
          {"waiting", waiting},
          {"accounts", accounts}})
      .stringify(line);
  return portal::text::visible_json(line.str());
}

}  // namespace portalctl
