#include "desk/desk.h"

#include "core/base/log.h"
#include "core/responder/error_pages.h"
#include "core/responder/router.h"
#include "desk/action_page.h"
#include "desk/found_page.h"
#include "desk/looking_up.h"
#include "desk/overview_page.h"
#include "desk/report_page.h"
#include "portalctl/report/page.h"

namespace portal {
namespace {

constexpr ErrorPage kNameless = {
    403, "窓口の画面を表示できません",
    "どなたがお使いかを、ウェブサーバーから受け取れませんでした。",
    "システムの管理者に、「窓口のサイトから名前（REMOTE_USER）が届いていない」とお伝えください。",
    WayOut::kReload};
constexpr ErrorPage kUnlisted = {
    403, "窓口の画面を使うことが許可されていません",
    "ログインしたお名前は、窓口の担当者として登録されていません。",
    "職場の責任者を通じて、システムの管理者に、窓口の担当者（desk.staff）への登録を依頼してくださ"
    "い。",
    WayOut::kReload};

}  // namespace

std::vector<std::string> desk_templates() {
  std::vector<std::string> templates = {"desk/start.tpl",   "desk/box.tpl",      "desk/nothing.tpl",
                                        "desk/hits.tpl",    "desk/case.tpl",     "desk/held.tpl",
                                        "desk/action.tpl",  "desk/hindered.tpl", "desk/today.tpl",
                                        "desk/overview.tpl"};
  const auto report = portalctl::report_templates();
  templates.insert(templates.end(), report.begin(), report.end());
  return templates;
}

Result<Response> DeskStep::handle(const Request& request) {
  if (!is_usable_name(request.user)) return refuse(request);
  const auto member = find_member(site_.settings, request.user);
  if (!member) return refuse(request);
  return welcome({site_, request, *member, site_.clock()});
}

// Says whom to ask. The name is shown: who has typed another one sees it.
Response DeskStep::refuse(const Request& request) {
  const bool named = is_usable_name(request.user);
  if (named) {
    log::warning("desk_refused", {{"name", request.user}});
  } else {
    nameless_.add(site_.clock());
  }
  const ErrorPage& text = named ? kUnlisted : kNameless;
  Data data = content_of(text);
  data.add("STEP").set("NUMBER", request_number(request.id));
  if (named) data.add("NAMED").set("NAME", request.user);
  return site_.page(text.status, "desk/error.tpl", text.heading, std::move(data));
}

Result<Response> DeskStep::welcome(const Visit& visit) {
  const auto with = [&visit](const auto& page) {
    return [&visit, page](const Request&) -> Result<Response> { return page(visit); };
  };
  const auto to_start = [](const Request&) -> Result<Response> { return see_other("/desk/"); };
  return route(site_, visit.request,
               {{"/", to_start, {}},
                {"/desk", to_start, {}},
                {"/desk/", with(start_page), with(look_up)},
                {"/desk/found", with(show_found), with(choose_hit)},
                {"/desk/show", {}, with(show_record)},
                {"/desk/action", with(action_page), with(do_action)},
                {"/desk/overview", with(overview_page), {}},
                {"/desk/report", with(report_page), {}}});
}

}  // namespace portal
