#include "desk/overview_page.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/japan_time.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/mail_state.h"
#include "core/database/mail/mailer_heartbeats.h"
#include "core/database/mail/outbox.h"
#include "core/database/report/figures.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
#include "desk/desk_search.h"
#include "desk/period_view.h"
#include "desk/quarantine_view.h"
#include "desk/status_file.h"

namespace portal {
namespace {

constexpr int kMostRowsShown = 50;  // of the quarantine

struct Today {
  std::vector<OutboxCount> mails;
  std::optional<MailPause> pause;
  std::optional<RosterEdition> edition;
  std::int64_t quarantined = 0;
  WaitingCounts waiting;
  std::vector<MailerHeartbeat> mailers;
  std::optional<StatusFound> status;
};

// What of `portalctl status` may be felt by callers.
struct Felt {
  std::string_view subject;
  std::string_view label;
};
constexpr Felt kFelt[] = {
    {"steps", "登録などの画面"}, {"relay", "メールを送るサーバー"}, {"database", "データベース"}};

std::string_view words_of_level(int level) {
  constexpr int kUnknown = 2;
  constexpr int kWarning = 3;
  if (level < kUnknown) return "動いています";
  if (level == kUnknown) return "確認できていません";
  return level == kWarning ? "動いていますが、注意が必要です"
                           : "応答しないものがあります。管理者に知らせてください";
}

Today read_today(Connection& connection, EpochSeconds now) {
  Today today;
  today.mails = Outbox(connection).counts();
  today.pause = MailPauses(connection).find();
  RosterEditions editions(connection);
  today.edition = editions.find(Roster(connection).current_edition());
  today.quarantined = RosterQuarantine(connection).count();
  today.waiting = Figures(connection).waiting({now - kDay, now});
  today.mailers = MailerHeartbeats(connection).list();
  return today;
}

// Of several machines one that is heard of is enough.
bool is_mailer_alive(const Today& today) {
  return std::ranges::any_of(
      today.mailers, [](const MailerHeartbeat& mailer) { return mailer.age < kMailerSilent; });
}

void show_steps(Data& data, const StatusFound& status, EpochSeconds now) {
  for (const auto& [subject, label] : kFelt) {
    const auto level = status.levels.find(subject);
    if (level == status.levels.end()) continue;
    data.add("ROW")
        .set("LABEL", label)
        .set("VALUE", std::string(words_of_level(level->second)) + "（" +
                          japan_said(status.at, now) + "に確認）");
  }
}

void show(Data& data, const Today& today, EpochSeconds now) {
  const auto row = [&](std::string_view label, const std::string& value) {
    data.add("ROW").set("LABEL", label).set("VALUE", value);
  };
  if (today.pause) data.add("PAUSED").set("SINCE", japan_said(today.pause->since, now));
  if (today.status) show_steps(data, *today.status, now);
  row("メールを送るプログラム", is_mailer_alive(today)
                                    ? "動いています"
                                    : "3分以上、応答がありません。管理者に知らせてください");
  std::string queue = "送信待ちのメールはありません";
  for (const OutboxCount& count : today.mails) {
    if (count.state != name_of(MailState::kQueued) || count.rows == 0) continue;
    queue = std::to_string(count.rows) + "通（いちばん古いものは" + japan_said(count.oldest, now) +
            "から）";
  }
  row("送信待ちのメール", queue);
  if (today.edition && today.edition->finished_at != 0) {
    row("施術所の一覧", "第" + std::to_string(today.edition->number) + "版（" +
                            japan_said(today.edition->finished_at, now) + "に取り込み）");
  }
  row("取り込めずに保留の行", std::to_string(today.quarantined) + "行");
  row("掲載を待っている方", std::to_string(today.waiting.waiting) + "人");
}

}  // namespace

void show_today(Data& data, const Visit& visit) {
  auto today = visit.site.database->read(
      [&](Connection& connection) { return read_today(connection, visit.now); });
  if (!today) return;
  today->status = read_status(visit.site.settings.text("metrics.directory"));
  show(data.include("TODAY", "desk/today.tpl"), *today, visit.now);
}

Result<Response> overview_page(const Visit& visit) {
  Data data;
  struct Shown {
    Today today;
    PeriodFigures figures;
    std::vector<QuarantinedRow> rows;
    std::optional<std::string> done;
  };
  const ChosenPeriod chosen = chosen_period(visit.request.query, visit.now);
  auto shown = visit.site.database->read([&](Connection& connection) {
    return Shown{read_today(connection, visit.now), read_figures(connection, chosen.period),
                 RosterQuarantine(connection).list(0, kMostRowsShown),
                 find_done(connection, visit.request.query.get("done"), visit.now)};
  });
  if (!shown) return shown.error();
  shown->today.status = read_status(visit.site.settings.text("metrics.directory"));
  if (shown->done) data.add("DONE").set("WORDS", *shown->done);
  show(data.include("TODAY", "desk/today.tpl"), shown->today, visit.now);
  show_period(data, chosen, shown->figures);
  show_quarantined(data, shown->rows, visit.member, "");
  return visit.page(200, "desk/overview.tpl", "概況", std::move(data));
}

}  // namespace portal
