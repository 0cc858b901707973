// What a step works with, and the pages that every step can answer.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/base/settings.h"
#include "core/database/database.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/view/view.h"

namespace portal {

struct Site {
  Settings settings;
  std::unique_ptr<Database> database;
  std::unique_ptr<View> view;
  Clock clock = system_now;

  // A page in the portal's layout. `content`: the template's file, filled with `data`.
  Response page(const Request& request, int status, std::string_view content,
                std::string_view title, Data data) const;

  // An error page: what happened, what to do next, whom to call, and the request id.
  // Statuses: see the table in site.cpp.
  Response error(const Request& request, int status) const;

  // 503 with Retry-After, and the reason in the log (never on the page).
  Response unavailable(const Request& request, const Error& error) const;
};

}  // namespace portal
