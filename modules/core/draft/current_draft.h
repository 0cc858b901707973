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

// What a living draft holds.
struct OpenedDraft {
  std::string token;
  std::string id;  // token_hash(token): the row's
  EpochSeconds expires_at = 0;
  Form entries;  // normalised; without a password if a page outlived its draft and sent the rest
};

// A draft that can be completed.
struct CurrentDraft {
  std::string token;
  std::string id;
  EpochSeconds expires_at = 0;
  Application application;
};

// The draft cookie's token, if the browser sent one that could be ours.
std::optional<std::string> draft_token(const Site& site, const Request& request);

// Nothing if there is no cookie, or its draft has expired or was completed.
Result<std::optional<OpenedDraft>> open_draft(const Site& site, const Request& request);
// Nothing, too, if a rule is broken by now or the password is missing.
Result<std::optional<CurrentDraft>> current_draft(const Site& site, const Request& request);
std::optional<CurrentDraft> finished(const OpenedDraft& draft);

// Seals and stores the application under a new token; returns the token, for the cookie.
Result<std::string> keep_draft(const Site& site, const Request& request,
                               const Application& application);

// The same with what entries_but_password() of application.h gives: for the form to show.
Result<std::string> keep_unfinished_draft(const Site& site, const Request& request,
                                          const Form& entries);

// The draft's row. Precondition: is_token(token).
Draft sealed_draft(const Form& entries, std::string_view token, EpochSeconds now);

// The cookie's name without its prefix.
inline constexpr std::string_view kDraftCookie = "draft";

// Sets the draft's cookie, and beside it the marker: a cookie that holds only the draft's id, opens
// nothing, and outlives the draft by a day. The browser drops the draft's cookie when the draft
// ends; by the marker the portal can still say what became of it. The draft's comes last: of
// several Set-Cookie some simple clients, wrk for one, see only the last.
void set_draft_cookie(const Site& site, Response& response, std::string_view token);
// After the draft was completed, if the browser has the marker. Before the signup cookie is set,
// for the same reason.
void clear_draft_marker(const Site& site, const Request& request, Response& response);

// What became of the draft that this browser had and has no longer.
enum class DraftFate {
  kNone,       // it had none, as far as its cookies tell
  kEnded,      // its time is over; it was not completed
  kCompleted,  // OK was pressed, and the registration is there
};

// Precondition: open_draft() found nothing.
Result<DraftFate> fate_of_draft(const Site& site, const Request& request);

}  // namespace portal
