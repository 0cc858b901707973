#include "desk/desk.h"

#include "core/base/log.h"
#include "core/responder/error_pages.h"
#include "core/responder/router.h"

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
  return {"desk/start.tpl", "desk/box.tpl"};
}

Result<Response> DeskStep::handle(const Request& request) {
  if (!is_usable_name(request.user)) return refuse(request);
  const auto member = find_member(site_.settings, request.user);
  if (!member) return refuse(request);
  const Visit visit{site_, request, *member, site_.clock()};
  return route(site_, request,
               {{"/desk/",
                 [&](const Request&) -> Result<Response> {
                   return visit.page(200, "desk/start.tpl", "お問い合わせの検索", {});
                 },
                 {}}});
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

}  // namespace portal
