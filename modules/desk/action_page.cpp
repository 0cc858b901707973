#include "desk/action_page.h"

#include <string>
#include <utility>

#include "core/base/log.h"
#include "core/responder/error_pages.h"
#include "core/security/token.h"
#include "desk/desk_fields.h"
#include "desk/errand.h"
#include "desk/looking_up.h"
#include "desk/masks.h"

namespace portal {
namespace {

constexpr ErrorPage kAboveYou = {403, "責任者だけができる操作です",
                                 "この操作は、責任者だけに許可されています。",
                                 "責任者（スーパーバイザー）に依頼してください。", WayOut::kHome};

constexpr std::string_view kChanged =
    "画面を開いてから状況が変わったため、この操作はできません。もう一度検索して、今の状況をご確認く"
    "ださい。";

std::optional<DeskAction> asked(const Visit& visit) {
  return find_desk_action(visit.request.query.get("do"));
}

Response above_you(const Visit& visit, DeskAction action) {
  log::warning("desk_refused", {{"name", visit.member.name}, {"action", row_of(action).code}});
  Data data = content_of(kAboveYou);
  data.add("STEP").set("NUMBER", request_number(visit.request.id));
  return visit.site.page(kAboveYou.status, visit.site.frame.error, kAboveYou.heading,
                         std::move(data));
}

// It cannot be done, or not any more.
Response hindered_page(const Visit& visit, DeskAction action, const DeskSearch& search,
                       std::string_view words) {
  Data data;
  data.set("BUTTON", row_of(action).button).set("WORDS", words);
  if (!search.token.empty()) data.add("BACK").set("SEARCH", search.token);
  return visit.page(409, "desk/hindered.tpl", "操作できませんでした", std::move(data), search);
}

void show_whom(Data& data, const Beneficiary& whom) {
  const auto row = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) data.add("ROW").set("LABEL", label).set("VALUE", value);
  };
  row("施術所", whom.clinic);
  row("登録記号番号", whom.number.text());
  row("姓名", mask_name(whom.name));
  row("いまのメールアドレス", log::mask_address(whom.address));
}

// The fields that the action asks for.
void show_fields(Data& data, const Errand& errand, const std::vector<FieldError>& errors) {
  const Entered& entered = errand.entered;
  Field reason = desk_fields::reason;
  if (errand.action == DeskAction::kCorrect) {
    show_field(data, "FIELD", desk_fields::email, entered.email, errors);
  } else if (errand.action == DeskAction::kFix) {
    show_field(data, "FIELD", desk_fields::number, entered.number, errors);
    show_field(data, "FIELD", desk_fields::clinic_name, entered.name, errors);
  } else {
    reason.focus = true;
  }
  show_field(data, "FIELD", reason, entered.reason, errors);
  if (errand.action == DeskAction::kRelease) {
    show_field(data, "FIELD", desk_fields::tell, entered.email, errors);
  }
}

// What the two pages of an action have in common. `once` tells two presses of the button from two
// errands.
Data content_of(const Errand& errand, std::string_view once) {
  const DeskActionRow& row = row_of(errand.action);
  Data data;
  data.set("HEADING", row.heading).set("WHAT", row.what).set("CODE", row.code);
  data.set("SEARCH", errand.search.token).set("RECORD", errand.record).set("ONCE", once);
  if (!errand.search.token.empty()) data.add("BACK").set("SEARCH", errand.search.token);
  show_whom(data, errand.whom);
  return data;
}

// The page to check.
Response form_page(const Visit& visit, int status, const Errand& errand, std::string_view once,
                   const std::vector<FieldError>& errors) {
  Data data = content_of(errand, once);
  data.show(errand.action == DeskAction::kCorrect ? "TO_CHECK" : "TO_DO");
  show_fields(data, errand, errors);
  show_summary(data, {.errors = errors});
  return visit.site.page(status, "desk/action.tpl", row_of(errand.action).heading, std::move(data));
}

// The address that was typed, large, to be read out before anything is sent to it.
Response read_out_page(const Visit& visit, const Errand& errand, std::string_view once) {
  Data data = content_of(errand, once);
  data.show("TO_DO");
  Data& read_out = data.add("READ_OUT");
  read_out.set("EMAIL", errand.entered.email).set("REASON", errand.entered.reason);
  return visit.site.page(200, "desk/action.tpl", row_of(errand.action).heading, std::move(data));
}

struct Tried {
  std::optional<Errand> errand;
  Ran ran;
  bool done_before = false;
};

Tried try_errand(Connection& connection, const Visit& visit, DeskAction action,
                 const std::string& once) {
  Tried tried;
  visit.take_turns(connection);
  if (find_done(connection, once, visit.now)) {
    tried.done_before = true;
    return tried;
  }
  tried.errand = find_errand(connection, visit, action);
  if (!tried.errand) return tried;
  if (!take_entries(visit.request.form, *tried.errand).empty()) return tried;
  tried.ran = run_errand(connection, visit, *tried.errand);
  if (tried.ran.done) keep_done(connection, once, tried.ran.words, visit.now);
  return tried;
}

// Where it is said that it was done.
Response done_page(const Visit& visit, std::string_view once) {
  const auto search = visit.request.query.get("search");
  if (!is_token(search)) return see_other("/desk/overview?done=" + std::string(once));
  return see_other(found_url(search, once));
}

}  // namespace

Result<Response> action_page(const Visit& visit) {
  const auto action = asked(visit);
  if (!action) return visit.site.error(visit.request, 404);
  if (!may(visit.member.role, *action)) return above_you(visit, *action);
  const auto errand = visit.site.database->read(
      [&](Connection& connection) { return find_errand(connection, visit, *action); });
  if (!errand) return errand.error();
  if (!*errand) return hindered_page(visit, *action, {}, kChanged);
  return form_page(visit, 200, **errand, draw_token(), {});
}

Result<Response> do_action(const Visit& visit) {
  const auto action = asked(visit);
  if (!action) return visit.site.error(visit.request, 404);
  if (!may(visit.member.role, *action)) return above_you(visit, *action);
  const std::string once(visit.request.form.get("once"));
  if (!is_token(once)) return visit.site.error(visit.request, 400);
  if (visit.request.form.get("step") == "do") {
    const auto tried = visit.site.database->write(
        [&](Connection& connection) { return try_errand(connection, visit, *action, once); });
    if (!tried) return tried.error();
    if (tried->done_before || tried->ran.done) return done_page(visit, once);
    if (!tried->ran.words.empty()) {
      return hindered_page(visit, *action, tried->errand->search, tried->ran.words);
    }
  }
  auto errand = visit.site.database->read(
      [&](Connection& connection) { return find_errand(connection, visit, *action); });
  if (!errand) return errand.error();
  if (!*errand) return hindered_page(visit, *action, {}, kChanged);
  const auto errors = take_entries(visit.request.form, **errand);
  if (!errors.empty()) return form_page(visit, 422, **errand, once, errors);
  return read_out_page(visit, **errand, once);
}

}  // namespace portal
