#include "desk/found_page.h"

#include <optional>
#include <utility>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/roster/roster_quarantine.h"
#include "core/responder/signed_in.h"
#include "desk/case_view.h"
#include "desk/desk_finding.h"
#include "desk/masks.h"
#include "desk/quarantine_view.h"

namespace portal {
namespace {

constexpr std::string_view kTitle = "検索結果";

// What to ask the caller next, if nothing was found.
std::string_view next_question(KeyKind kind) {
  switch (kind) {
    case KeyKind::kAddress:
      return "メールアドレスのつづりを、1文字ずつ確かめてください（「.」「-」「_」、co.jp "
             "など）。別のメールアドレスで登録された方もいます。登録記号番号か電話番号をうかがって"
             "、探してください。";
    case KeyKind::kNumber:
    case KeyKind::kNumberOrPhone:
      return "この番号は、一覧にも載っていません。「協」か「契」か、数字と枝番（例："
             "契0123456-7-8）を、通知書を見ながら確かめていただいてください。新しく開設した施術所は"
             "、一覧に載るまで最大1か月程度かかります。施術所名の一部でも探せます。";
    case KeyKind::kPhone:
      return "登録のときに入力された電話番号が別かもしれません。携帯電話と施術所の電話番号の両方を"
             "うかがってください。登録記号番号でも探せます。";
    case KeyKind::kRequest:
      return "お問い合わせ番号を、もう一度うかがってください（8桁、0～9とa～f）。画面が表示されて"
             "から1分ほどは、まだ見つからないことがあります。古い記録は削除されています。メール"
             "アドレスか登録記号番号でも探せます。";
    case KeyKind::kClinicName:
      break;
  }
  return "施術所名の別の部分（「整骨院」などを除いた部分）や、漢字・かなの書き方を変えて探してくだ"
         "さい。登録記号番号なら確実に見つかります。";
}

struct Found {
  DeskFinding finding;
  std::optional<CaseFile> file;
  CaseExtras extras;
  std::vector<QuarantinedRow> quarantined;
  std::optional<std::string> done;
};

Found find(Connection& connection, const Visit& visit, const DeskSearch& search,
           std::string_view done) {
  Found found;
  found.finding = find_again(connection, search);
  if (found.finding.subject) {
    found.file = read_case(connection, *found.finding.subject, session_limits(visit.site.settings),
                           visit.now);
    found.extras = read_extras(connection, *found.file);
  }
  const auto& number = found.finding.key.query.number;
  if (number) found.quarantined = quarantined_as(connection, *number);
  if (!done.empty()) found.done = find_done(connection, done, visit.now);
  return found;
}

void show_hits(Data& data, const Hits& hits, const DeskSearch& search, EpochSeconds now) {
  data.set("COUNT", std::to_string(hits.rows.size())).set("SEARCH", search.token);
  if (hits.more) data.show("MORE");
  for (const Hit& hit : hits.rows) {
    Data& row = data.add("HIT");
    row.set("ID", hit.id).set("KIND", words_of(hit.kind).japanese);
    row.set("NUMBER", hit.number.text()).set("CLINIC", hit.clinic_name);
    if (!hit.address.empty()) {
      row.add("WHO")
          .set("PERSON", mask_name(hit.name))
          .set("ADDRESS", log::mask_address(hit.address));
    }
    row.set("AT", hit.at == 0 ? "" : japan_said(hit.at, now));
  }
}

Response nothing_page(const Visit& visit, const DeskSearch& search, const Found& found, Data data) {
  const KeyKind kind = found.finding.key.kind;
  data.set("KIND", row_of(kind).words.japanese).set("ASK", next_question(kind));
  show_quarantined(data, found.quarantined, visit.member, search.token);
  return visit.page(200, "desk/nothing.tpl", kTitle, std::move(data), search);
}

}  // namespace

Result<Response> found_page(const Visit& visit, const DeskSearch& search, std::string_view done) {
  const auto found = visit.site.database->read(
      [&](Connection& connection) { return find(connection, visit, search, done); });
  if (!found) return found.error();
  Data data;
  if (found->done) data.add("DONE").set("WORDS", *found->done);
  if (found->file) {
    show_case(data, visit, search, *found->file, found->extras);
    show_quarantined(data, found->quarantined, visit.member, search.token);
    return visit.page(200, "desk/case.tpl", kTitle, std::move(data), search);
  }
  const Hits& hits = found->finding.hits;
  if (hits.rows.empty()) return nothing_page(visit, search, *found, std::move(data));
  show_hits(data, hits, search, visit.now);
  return visit.page(200, "desk/hits.tpl", kTitle, std::move(data), search);
}

}  // namespace portal
