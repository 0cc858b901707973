#include "portalctl/report/page.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "core/base/japan_time.h"
#include "core/database/mail/outbox.h"
#include "core/registration/kinds.h"
#include "portalctl/report/drawing.h"
#include "portalctl/report/words.h"

namespace portalctl {
namespace {

using portal::Data;

constexpr const char* kPage = "report.tpl";
constexpr const char* kTable = "report/table.tpl";
constexpr const char* kChart = "report/chart.tpl";
constexpr const char* kFunnel = "report/funnel.tpl";

using words::number;
using words::share;

template <class Rows, class F>
std::int64_t sum(const Rows& rows, const F& value_of) {
  return std::accumulate(
      rows.begin(), rows.end(), std::int64_t{0},
      [&](std::int64_t total, const auto& row) { return total + std::invoke(value_of, row); });
}

std::int64_t clinics_at(const Report& report, std::string_view stage) {
  return std::ranges::find(report.funnel, stage, &Report::Stage::name)->clinics;
}

// The length of each bar, as a share of the longest one.
Table bar_table(std::string caption, std::vector<std::string> headings,
                const std::vector<std::pair<std::string, std::int64_t>>& rows, std::int64_t all) {
  Table table{std::move(caption), std::move(headings), {}};
  std::int64_t most = 1;
  for (const auto& [label, count] : rows) most = std::max(most, count);
  for (const auto& [label, count] : rows) {
    const double bar = static_cast<double>(count) / static_cast<double>(most);
    table.rows.push_back({label, {number(count), share(count, all)}, bar});
  }
  return table;
}

// ---- What stands on top ----

void tile(Data& data, std::string_view name, const std::string& value, const std::string& more) {
  data.add("TILE").set("NAME", name).set("VALUE", value).set("MORE", more);
}

std::string oldest_of(portal::EpochSeconds since, const Report& report) {
  return "最も古いものは" + words::duration(report.made_at - since) + "前";
}

void fill_tiles(Data& data, const Report& report) {
  const std::int64_t completed = sum(report.days, &Report::Day::completed);
  const std::int64_t activated = sum(report.days, &Report::Day::activated);
  const std::int64_t open = sum(report.clinics, &portal::ClinicCount::open);
  const std::int64_t registered = sum(report.clinics, &portal::ClinicCount::registered);
  tile(data, "申請（OKが押された）", number(completed) + "件", "この期間");
  tile(data, "登録の完了（有効化）", number(activated) + "件", "この期間");
  tile(data, "一覧の施術所のうち登録済み", share(registered, open),
       number(open) + "のうち" + number(registered));
  const Report::Delays& delays = report.delays;
  tile(data, "メールが出るまで（中央値）", delays.mails == 0 ? "–" : words::duration(delays.median),
       delays.mails == 0 ? "送ったメールはありません"
                         : "99%は" + words::duration(delays.p99) + "以内");
  tile(data, "送信待ちのメール", number(report.queued) + "通",
       report.queued == 0 ? "いま" : oldest_of(report.oldest_queued, report));
  tile(data, "一覧への掲載を待つ人", number(report.waiting.waiting) + "人",
       report.waiting.waiting == 0 ? "いま" : oldest_of(report.waiting.oldest, report));
  tile(data, "誤りのあった送信", number(report.refused_forms) + "回", "入力画面、この期間");
  tile(data, "ログイン", number(sum(report.days, &Report::Day::logins)) + "回",
       number(report.accounts.logged_in) + "アカウントから");
}

void finding(Data& data, const std::string& text) {
  data.add("FINDING").set("TEXT", text);
}

void fill_findings(Data& data, const Report& report) {
  const std::int64_t sent = clinics_at(report, "form_sent");
  if (sent == 0) return finding(data, "この期間に、入力画面の送信はありませんでした。");
  const std::int64_t activated = clinics_at(report, "activated");
  finding(data, "入力画面を送信した" + number(sent) + "の施術所のうち、" + number(activated) +
                    "（" + share(activated, sent) + "）の登録が完了しました。");
  const Report::Stage* worst = &report.funnel.front();
  std::int64_t most = 0;
  for (const Report::Stage* stage = &report.funnel[0]; stage != &report.funnel.back(); ++stage) {
    const std::int64_t lost = stage->clinics - (stage + 1)->clinics;
    if (lost > most) worst = stage;
    most = std::max(most, lost);
  }
  if (most > 0) {
    finding(data, "先へ進まなかった施術所が最も多いのは、「" + words::stage(worst->name) +
                      "」から「" + words::stage((worst + 1)->name) + "」までの間で、" +
                      number(most) + "（" + share(most, worst->clinics) + "）です。");
  }
  if (!report.refused_codes.empty()) {
    const portal::TextCount& code = report.refused_codes.front();
    finding(data, "入力の誤りで最も多く表示されたメッセージは「" + words::message(code.text) +
                      "」で、" + number(code.count) + "回です。");
  }
}

// ---- Sections ----

Funnel funnel_of(const Report& report) {
  Funnel funnel{"funnel", "どこまで進んだか（施術所の数）", "", {}};
  for (const Report::Stage& stage : report.funnel) {
    const std::string name = words::stage(stage.name);
    funnel.stages.push_back({name, stage.clinics});
    funnel.description.append(funnel.description.empty() ? "" : "、")
        .append(name + "施術所 " + number(stage.clinics));
  }
  funnel.description.append("。");
  return funnel;
}

// "…最も多いのは11月20日（金）の98件です。"
std::string peak_of(const Chart& chart, std::string_view unit) {
  const std::int64_t total = sum(chart.columns, &Chart::Column::bar);
  if (total == 0) return chart.bars + "はありません。";
  const auto peak = std::ranges::max_element(chart.columns, {}, &Chart::Column::bar);
  return chart.bars + "は合わせて" + number(total) + std::string(unit) + "、最も多いのは" +
         peak->name + "の" + number(peak->bar) + std::string(unit) + "です。";
}

// A chart without columns becomes one of days: what its bars and its line count.
Chart day_chart(const Report& report, Chart chart, std::string_view unit,
                std::int64_t Report::Day::*bar, std::int64_t Report::Day::*point) {
  for (const Report::Day& day : report.days) {
    chart.columns.push_back({words::day(day.day), words::short_day(day.day), day.*bar, day.*point});
  }
  chart.description = peak_of(chart, unit);
  return chart;
}

Chart days_of(const Report& report) {
  return day_chart(report, {"days", "日ごとの申請と登録の完了", "", "日", "申請", "登録の完了", {}},
                   "件", &Report::Day::completed, &Report::Day::activated);
}

Chart hours_of(const Report& report) {
  Chart chart{"hours", "時刻ごとの申請と登録の完了（期間の合計）", "", "時刻", "申請", "登録の完了",
              {}};
  int hour = 0;
  for (const Report::Hour& row : report.hours) {
    const std::string name = std::to_string(hour++);
    chart.columns.push_back({name + "時台", name, row.completed, row.activated});
  }
  chart.description = peak_of(chart, "件");
  return chart;
}

Chart logins_of(const Report& report) {
  return day_chart(report,
                   {"logins", "日ごとのログイン", "", "日", "ログイン", "ログインの失敗", {}}, "回",
                   &Report::Day::logins, &Report::Day::logins_refused);
}

Table fields_of(const Report& report) {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (const portal::TextCount& row : report.refused_fields) {
    rows.emplace_back(words::field(row.text), row.count);
  }
  return bar_table("誤りのあった入力項目", {"入力項目", "送信", "割合"}, rows,
                   report.refused_forms);
}

Table codes_of(const Report& report) {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (const portal::TextCount& row : report.refused_codes) {
    rows.emplace_back(words::message(row.text), row.count);
  }
  return bar_table("表示されたメッセージ", {"メッセージ", "回数", "割合"}, rows,
                   report.refused_forms);
}

Table delays_of(const Report& report) {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  portal::EpochSeconds longer_than = 0;
  for (const Report::Delays::Step& step : report.delays.steps) {
    rows.emplace_back(step.up_to == 0 ? words::duration(longer_than) + "より長い"
                                      : words::duration(step.up_to) + "以内",
                      step.count);
    longer_than = step.up_to;
  }
  if (report.delays.mails == 0) rows.clear();
  return bar_table("メールが出るまでの時間", {"時間", "メール", "割合"}, rows, report.delays.mails);
}

Table mail_states_of(const Report& report) {
  Table table{"メールの種類と状態", {"種類"}, {}};
  for (const std::string_view state : portal::kMailStates) {
    table.headings.push_back(words::mail_state(state));
  }
  std::map<std::string, std::map<std::string, std::int64_t>> kinds;
  for (const portal::MailCount& row : report.mails) kinds[row.kind][row.state] = row.count;
  for (auto& [kind, states] : kinds) {
    Table::Row row{words::mail_kind(kind), {}};
    for (const std::string_view state : portal::kMailStates) {
      row.cells.push_back(number(states[std::string(state)]));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table troubles_of(const Report& report) {
  Table table{"すぐに届かなかった理由", {"起きたこと", "返答コード", "意味", "回数"}, {}};
  for (const Report::Trouble& row : report.troubles) {
    const std::string code = row.code.empty() ? "–" : row.code;
    table.rows.push_back({words::mail_outcome(row.outcome),
                          {code, std::string(words::smtp_code(row.code)), number(row.count)}});
  }
  return table;
}

void add(portal::ClinicCount& sum, const portal::ClinicCount& row) {
  sum.open += row.open;
  sum.registered += row.registered;
  sum.added += row.added;
}

std::string of_open(std::int64_t registered, std::int64_t open) {
  return open == 0 ? "–" : number(registered) + "／" + number(open);
}

Table kinds_of(const Report& report) {
  Table table{"施術所の種類ごと", {"種類", "登録済み／一覧", "割合", "この期間"}, {}};
  for (const portal::ClinicKind& kind : portal::kClinicKinds) {
    portal::ClinicCount all;
    for (const auto& row : report.clinics) {
      if (row.institution == kind.code) add(all, row);
    }
    table.rows.push_back(
        {std::string(kind.trade),
         {of_open(all.registered, all.open), share(all.registered, all.open),
          "+" + number(all.added)},
         all.open == 0 ? 0 : static_cast<double>(all.registered) / static_cast<double>(all.open)});
  }
  return table;
}

Table prefectures_of(const Report& report) {
  using portal::ClinicCount;
  Table table{"都道府県ごと（登録済み／一覧の施術所）", {"都道府県"}, {}};
  for (const portal::ClinicKind& kind : portal::kClinicKinds)
    table.headings.emplace_back(kind.abbreviation);
  table.headings.insert(table.headings.end(), {"割合", "この期間"});
  // By code; what is no prefecture comes last. Of each, the clinics by the code of their kind.
  std::map<std::string, std::map<std::string, ClinicCount>> prefectures;
  for (const ClinicCount& row : report.clinics) {
    const bool known = words::prefecture(row.prefecture) != words::prefecture("");
    add(prefectures[known ? row.prefecture : "other"][row.institution], row);
  }
  for (auto& [code, clinics] : prefectures) {
    ClinicCount all;
    std::vector<std::string> cells;
    for (const portal::ClinicKind& kind : portal::kClinicKinds) {
      const ClinicCount& count = clinics[std::string(kind.code)];
      add(all, count);
      cells.push_back(of_open(count.registered, count.open));
    }
    cells.push_back(share(all.registered, all.open));
    cells.push_back("+" + number(all.added));
    table.rows.push_back({std::string(words::prefecture(code)), std::move(cells),
                          static_cast<double>(all.registered) / static_cast<double>(all.open)});
  }
  return table;
}

Table login_refusals_of(const Report& report) {
  std::vector<std::pair<std::string, std::int64_t>> rows;
  for (const portal::TextCount& row : report.login_refusals) {
    rows.emplace_back(words::login_refusal(row.text), row.count);
  }
  return bar_table("ログインできなかった理由", {"理由", "回数", "割合"}, rows,
                   sum(report.login_refusals, &portal::TextCount::count));
}

void fill_numbers(Data& data, const Report& report) {
  data.set("REFUSED_FORMS", number(report.refused_forms));
  if (const Report::Delays& delays = report.delays; delays.mails > 0) {
    Data& delivered = data.add("DELIVERED").set("MAILS", number(delays.mails));
    delivered.set("MEDIAN", words::duration(delays.median)).set("P95", words::duration(delays.p95));
    delivered.set("P99", words::duration(delays.p99));
    delivered.set("LONGEST", words::duration(delays.longest));
  }
  data.set("QUEUED", report.queued == 0
                         ? "いま、送信待ちのメールはありません。"
                         : "いま" + number(report.queued) + "通が送信を待ち、" +
                               oldest_of(report.oldest_queued, report) + "からです。");
  data.set("ACCOUNTS", number(report.accounts.all));
  data.set("NEVER_LOGGED_IN", number(report.accounts.never));
  data.set("WAITING", report.waiting.waiting == 0
                          ? "いま、掲載の知らせを待っている人はいません。"
                          : "施術所がまだ一覧になく、掲載の知らせを待っている人は" +
                                number(report.waiting.waiting) + "人で、" +
                                oldest_of(report.waiting.oldest, report) + "からです。");
  data.set("WAITING_ASKED", number(report.waiting.asked));
  data.set("WAITING_TOLD", number(report.waiting.told));
}

}  // namespace

portal::Result<std::string> report_page(const portal::View& view, const Report& report) {
  Data data;
  data.set("SINCE", portal::japan_time(report.period.since));
  data.set("UNTIL", portal::japan_time(report.period.until));
  data.set("MADE_AT", portal::japan_time(report.made_at));
  if (report.period.since < report.events_since) {
    data.add("EVENTS_PURGED").set("SINCE", portal::japan_date(report.events_since));
  }
  if (report.period.since < report.mails_since) {
    data.add("MAILS_PURGED").set("SINCE", portal::japan_date(report.mails_since));
  }
  fill_tiles(data, report);
  fill_findings(data, report);
  fill_numbers(data, report);
  fill(data.include("FUNNEL", kFunnel), funnel_of(report));
  fill(data.include("DAYS", kChart), days_of(report));
  fill(data.include("HOURS", kChart), hours_of(report));
  fill(data.include("FIELDS", kTable), fields_of(report));
  fill(data.include("CODES", kTable), codes_of(report));
  fill(data.include("DELAYS", kTable), delays_of(report));
  fill(data.include("MAIL_STATES", kTable), mail_states_of(report));
  fill(data.include("TROUBLES", kTable), troubles_of(report));
  fill(data.include("KINDS", kTable), kinds_of(report));
  fill(data.include("PREFECTURES", kTable), prefectures_of(report));
  fill(data.include("LOGINS", kChart), logins_of(report));
  fill(data.include("LOGIN_REFUSALS", kTable), login_refusals_of(report));
  return view.render(kPage, data);
}

std::vector<std::string> report_templates() {
  return {kPage, kTable, kChart, kFunnel};
}

}  // namespace portalctl
