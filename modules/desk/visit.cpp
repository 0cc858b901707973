#include "desk/visit.h"

#include <utility>

#include "core/database/account/throttles.h"
#include "core/security/token.h"
#include "desk/desk_fields.h"

namespace portal {
namespace {

std::string_view words_of(Role role) {
  return role == Role::kSupervisor ? "責任者" : "担当者";
}

}  // namespace

Response Visit::page(int status, std::string_view content, std::string_view title, Data data,
                     const DeskSearch& search, const std::vector<FieldError>& errors) const {
  Data& box = data.include("BOX", "desk/box.tpl");
  box.set("NAME", member.name)
      .set("ROLE", words_of(member.role))
      .set("ONCE", search.once.empty() ? draw_token() : search.once);
  show_field(box, "SEARCH_FIELD", desk_fields::search, search.typed, errors);
  show_summary(data, {.errors = errors});
  return site.page(status, content, title, std::move(data));
}

void Visit::take_turns(Connection& connection) const {
  Throttles(connection).lock(throttle_key(Throttle::kDeskLookUps, member.name));
}

}  // namespace portal
