#include "core/draft/lost_draft.h"

#include <string>

#include "core/draft/current_draft.h"
#include "core/responder/signup_cookie.h"

namespace portal {
namespace {

constexpr std::string_view kForm = "/register";
constexpr std::string_view kComplete = "/register/complete";
constexpr std::string_view kProbeCookie = "probe";

// Precondition: the draft, if the browser still has its token, was completed.
Response to_complete(const Site& site, const Request& request) {
  Response response = see_other(kComplete);
  // The answer to OK may have been lost on its way, and with it these.
  if (const auto token = draft_token(site, request)) {
    clear_draft_marker(site, request, response);
    set_signup_cookie(site, response, signup_token(*token));
  }
  return response;
}

}  // namespace

bool says_nothing_found(const Form& query) {
  return query.get("draft") == "none";
}

Result<WayOn> way_without_draft(const Site& site, const Request& request) {
  const auto fate = fate_of_draft(site, request);
  if (!fate) return fate.error();
  if (*fate == DraftFate::kEnded) return WayOn::kForm;
  const bool completed = *fate == DraftFate::kCompleted;
  if (completed && draft_token(site, request)) return WayOn::kComplete;
  const auto registration = signed_up(site, request);
  if (!registration) return registration.error();
  if (*registration) return WayOn::kComplete;
  return completed ? WayOn::kForm : WayOn::kFormOnly;
}

Response lead(const Site& site, const Request& request, WayOn way) {
  switch (way) {
    case WayOn::kComplete:
      return to_complete(site, request);
    case WayOn::kForm:
      return see_other(kForm);
    case WayOn::kFormOnly:
      break;
  }
  Response response = see_other(std::string(kForm).append("?").append(kNothingFound));
  if (request.cookies.empty()) {
    set_cookie(response, kProbeCookie, "1", kMinute, site.settings.secure());
  }
  return response;
}

Result<Response> lead_without_draft(const Site& site, const Request& request) {
  const auto way = way_without_draft(site, request);
  if (!way) return way.error();
  return lead(site, request, *way);
}

}  // namespace portal
