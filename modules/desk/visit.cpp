#include "desk/visit.h"

#include <utility>

#include "desk/desk_fields.h"

namespace portal {
namespace {

std::string_view words_of(Role role) {
  return role == Role::kSupervisor ? "責任者" : "担当者";
}

}  // namespace

Response Visit::page(int status, std::string_view content, std::string_view title, Data data,
                     std::string_view typed, const std::vector<FieldError>& errors) const {
  Data& box = data.include("BOX", "desk/box.tpl");
  box.set("NAME", member.name).set("ROLE", words_of(member.role));
  show_field(box, "SEARCH_FIELD", desk_fields::search, typed, errors);
  show_summary(data, {.errors = errors});
  return site.page(status, content, title, std::move(data));
}

}  // namespace portal
