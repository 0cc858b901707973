#include "desk/looking_up.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/japan_time.h"
#include "core/database/account/throttles.h"
#include "core/history/look_ups.h"
#include "core/history/search.h"
#include "core/responder/counted_by.h"
#include "core/responder/error_pages.h"
#include "core/security/token.h"
#include "core/text/text.h"
#include "desk/case_records.h"
#include "desk/desk_fields.h"
#include "desk/desk_finding.h"
#include "desk/desk_search.h"
#include "desk/found_page.h"
#include "desk/overview_page.h"

namespace portal {
namespace {

constexpr std::string_view kStart = "お問い合わせの検索";
constexpr std::size_t kMostTypedBytes = 1000;

// Where a look-up leads to, or how long it has to wait.
struct LookedUp {
  std::string token = {};
  EpochSeconds wait = 0;
};

// Seconds to wait; 0: it is counted.
EpochSeconds count_look_up(Connection& connection, const Visit& visit) {
  const auto limit = counted_by(visit.site.settings, Throttle::kDeskLookUps,
                                throttle_key(Throttle::kDeskLookUps, visit.member.name));
  const auto full = Throttles(connection).count_all(std::span(&limit.counted, 1), visit.now);
  return full ? full->wait : 0;
}

// Counts a look-up and writes it down with `record`. The same one again, such as a double click, is
// neither: what it leads to was shown already.
template <class Record>
LookedUp look_up_once(Connection& connection, const Visit& visit, const DeskSearch& search,
                      const Record& record) {
  visit.take_turns(connection);
  LookedUp looked_up{search.token};
  if (open_search(connection, search.token, search.actor, visit.now)) return looked_up;
  looked_up.wait = count_look_up(connection, visit);
  if (looked_up.wait > 0) return looked_up;
  record(Staff{visit.member.name, visit.request});
  keep(connection, search, visit.now);
  return looked_up;
}

Response limit_page(const Visit& visit, EpochSeconds wait) {
  const auto most = std::to_string(visit.site.settings.number("desk.lookups_per_hour"));
  Data data;
  data.set("HEADING", "しばらくの間、検索と「表示」ができません");
  data.set("WHAT", "1時間に見られる件数（" + most +
                       "件）に達しました。個人情報を守るために、上限があります。");
  data.set("NEXT", japan_said(visit.now + wait, visit.now) +
                       "から、また検索できます。お急ぎのときは、責任者に相談してください。");
  data.add("HOME");
  data.add("STEP").set("NUMBER", request_number(visit.request.id));
  Response response = visit.site.page(429, visit.site.frame.error, "しばらくの間、検索ができません",
                                      std::move(data));
  response.limit = name_of(Throttle::kDeskLookUps);
  return response.header("Retry-After", std::to_string(wait));
}

Result<Response> lead(const Visit& visit, const Result<LookedUp>& looked_up) {
  if (!looked_up) return looked_up.error();
  if (looked_up->wait > 0) return limit_page(visit, looked_up->wait);
  return see_other(found_url(looked_up->token));
}

Response start(const Visit& visit, int status, const std::string& typed,
               const std::vector<FieldError>& errors, Data data = {}) {
  show_today(data, visit);
  DeskSearch search;
  search.typed = typed;
  return visit.page(status, "desk/start.tpl", kStart, std::move(data), search, errors);
}

FieldError error_of_search(std::string_view code, std::string_view message) {
  return {std::string(desk_fields::search.name), std::string(code), std::string(message)};
}

bool is_among(const Hits& hits, std::string_view id) {
  return std::ranges::find(hits.rows, id, &Hit::id) != hits.rows.end();
}

std::optional<DeskSearch> open_asked(Connection& connection, const Visit& visit) {
  return open_search(connection, visit.request.query.get("search"), visit.member.name, visit.now);
}

// A form without one, which no page of ours is, is another search each time.
std::string once_of(const Form& form) {
  const auto once = form.get("once");
  return is_token(once) ? std::string(once) : draw_token();
}

}  // namespace

Response search_ended(const Visit& visit) {
  Data data;
  data.show("ENDED");
  return start(visit, 404, "", {}, std::move(data));
}

Result<Response> start_page(const Visit& visit) {
  return start(visit, 200, "", {});
}

Result<Response> look_up(const Visit& visit) {
  const std::string typed(text::cut(visit.request.form.get("q"), kMostTypedBytes));
  if (text::blank(typed)) {
    return start(visit, 422, "",
                 {error_of_search("q_missing",
                                  "探したいもの（メールアドレスや登録記号番号など）を"
                                  "入力してください。")});
  }
  const auto key = parse_search_key(typed);
  if (!key) {
    return start(visit, 422, typed,
                 {error_of_search("q_short",
                                  "短すぎて探せません。施術所名の一部は、2文字以上で入力"
                                  "してください。")});
  }
  // Only read, because a name or the number of a page is looked for in whole tables, and whoever
  // registers meanwhile waits for who writes.
  const auto hits = visit.site.database->read(
      [&](Connection& connection) { return portal::search(connection, *key); });
  if (!hits) return hits.error();
  DeskSearch search;
  search.typed = typed;
  search.actor = visit.member.name;
  if (hits->rows.size() == 1) search.hit = hits->rows.front().id;
  search.once = once_of(visit.request.form);
  search.token = token_of_search(search);
  const auto looked_up = visit.site.database->write([&](Connection& connection) {
    return look_up_once(connection, visit, search, [&](const Staff& staff) {
      record_search(connection, staff, visit.now, key->kind, hits->rows.size());
    });
  });
  return lead(visit, looked_up);
}

Result<Response> show_found(const Visit& visit) {
  const auto search = visit.site.database->read(
      [&](Connection& connection) { return open_asked(connection, visit); });
  if (!search) return search.error();
  if (!*search) return search_ended(visit);
  return found_page(visit, **search, visit.request.query.get("done"));
}

Result<Response> choose_hit(const Visit& visit) {
  const std::string hit(visit.request.form.get("hit"));
  auto found = visit.site.database->read([&](Connection& connection) {
    auto search = open_asked(connection, visit);
    if (search && !is_among(find_again(connection, *search).hits, hit)) search.reset();
    return search;
  });
  if (!found) return found.error();
  if (!*found) return search_ended(visit);
  DeskSearch& search = **found;
  search.token = token_of_choice(search, "hit:" + hit);
  search.hit = hit;
  const auto kept = visit.site.database->write(
      [&](Connection& connection) { return keep(connection, search, visit.now); });
  if (!kept) return kept.error();
  return see_other(found_url(search.token));
}

Result<Response> show_record(const Visit& visit) {
  const std::string record(visit.request.form.get("record"));
  auto found = visit.site.database->read([&](Connection& connection) {
    auto search = open_asked(connection, visit);
    if (!search) return search;
    const auto file = case_of(connection, visit, *search);
    if (!file || !has_record(file->history, record)) search.reset();
    return search;
  });
  if (!found) return found.error();
  if (!*found) return search_ended(visit);
  DeskSearch& search = **found;
  if (search.before.empty()) search.before = search.token;
  search.token = token_of_choice(search, "show:" + record);
  search.shown = record;
  const auto looked_up = visit.site.database->write([&](Connection& connection) {
    return look_up_once(connection, visit, search, [&](const Staff& staff) {
      record_shown(connection, staff, visit.now, record);
    });
  });
  return lead(visit, looked_up);
}

}  // namespace portal
