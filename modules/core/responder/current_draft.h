// The draft that this browser's cookie opens: what form hands to confirm and complete.
#pragma once

#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/database/registration/drafts.h"
#include "core/http/request.h"
#include "core/http/response.h"
#include "core/registration/application.h"
#include "core/responder/site.h"

namespace portal {

struct CurrentDraft {
  std::string token;
  std::string id;  // token_hash(token): the row's
  Application application;
};

// The draft cookie's token, if the browser sent one that could be ours.
std::optional<std::string> draft_token(const Site& site, const Request& request);

// Nothing if there is no cookie, or its draft has expired or was completed.
Result<std::optional<CurrentDraft>> current_draft(const Site& site, const Request& request);

// Seals and stores the application under a new token; returns the token, for the cookie.
Result<std::string> keep_draft(const Site& site, const Request& request,
                               const Application& application);

// The draft's row. Precondition: is_token(token).
Draft sealed_draft(const Application& application, std::string_view token, EpochSeconds now);

// The cookie's name without its prefix.
inline constexpr std::string_view kDraftCookie = "draft";

void set_draft_cookie(const Site& site, Response& response, std::string_view token);

}  // namespace portal
