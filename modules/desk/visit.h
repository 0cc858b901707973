// One request of the desk: who it is, and what every page of it has.
#pragma once

#include <string_view>

#include "core/base/clock.h"
#include "core/form/form.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/registration/application.h"
#include "core/responder/form_view.h"
#include "core/responder/site.h"
#include "desk/staff.h"

namespace portal {

struct Visit {
  const Site& site;
  const Request& request;
  const Member& member;
  EpochSeconds now;

  // A page of the desk. {{>BOX}} is the search field with `typed` in it, and what is wrong with it.
  Response page(int status, std::string_view content, std::string_view title, Data data,
                std::string_view typed = "", const std::vector<FieldError>& errors = {}) const;
};

}  // namespace portal
