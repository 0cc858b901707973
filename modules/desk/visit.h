// One request of the desk: who it is, and what every page of it has.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/form/form.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/registration/application.h"
#include "core/responder/form_view.h"
#include "core/responder/site.h"
#include "desk/desk_search.h"
#include "desk/staff.h"

namespace portal {

struct Visit {
  const Site& site;
  const Request& request;
  const Member& member;
  EpochSeconds now;

  // A page of the desk. {{>BOX}} is the search field with what was typed in it, and what is wrong
  // with it. `once` of its form tells the same search again, as by a double click, from another
  // one.
  Response page(int status, std::string_view content, std::string_view title, Data data,
                const DeskSearch& search = {}, const std::vector<FieldError>& errors = {}) const;

  // What this member does goes one after another from here to the end of each transaction: of two
  // clicks at once, the second one finds what the first one has kept.
  void take_turns(Connection& connection) const;
};

}  // namespace portal
