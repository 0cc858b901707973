// Where a browser is led that asks to go on and has nothing to go on with: never to a blank form
// without a word.
#pragma once

#include "core/http/request.h"
#include "core/http/response.h"
#include "core/responder/site.h"

namespace portal {

// The query of /register that asks it to say that nothing was found: because this browser keeps no
// cookies, or because it never had a draft.
inline constexpr std::string_view kNothingFound = "draft=none";
bool says_nothing_found(const Form& query);

enum class WayOn {
  kComplete,  // 申請完了画面: OK was pressed in this browser
  kForm,      // it says what became of the draft: its time is over, or it was completed elsewhere
  kFormOnly,  // it says that nothing was found
};

// Precondition: current_draft() found nothing.
Result<WayOn> way_without_draft(const Site& site, const Request& request);

// The redirect. On the way kFormOnly a browser that sent no cookie at all may keep none: it is
// given one, so that the form can tell by its coming back.
Response lead(const Site& site, const Request& request, WayOn way);

// Both.
Result<Response> lead_without_draft(const Site& site, const Request& request);

}  // namespace portal
