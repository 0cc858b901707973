#include "core/draft/current_draft.h"

#include "core/database/registration/registrations.h"
#include "core/draft/seal.h"
#include "core/journal/admission.h"
#include "core/journal/timeline.h"
#include "core/registration/policy.h"
#include "core/responder/tokens.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kPurpose = "draft";
constexpr std::string_view kMarkerCookie = "entered";

}  // namespace

std::optional<std::string> draft_token(const Site& site, const Request& request) {
  return token_cookie(site, request, kDraftCookie);
}

Result<std::optional<OpenedDraft>> open_draft(const Site& site, const Request& request) {
  using Found = std::optional<OpenedDraft>;
  const auto token = draft_token(site, request);
  if (!token) return Found();
  const std::string id = token_hash(*token);
  const auto draft = site.database->read(
      [&](Connection& connection) { return Drafts(connection).find(id, site.clock()); });
  if (!draft) return draft.error();
  if (!*draft) return Found();
  const auto plain = unseal((*draft)->sealed, *token, kPurpose);
  if (!plain) return Found();
  auto entries = Form::decode(plain->view());
  if (!entries) return Found();
  return Found(OpenedDraft{*token, id, (*draft)->expires_at, std::move(*entries)});
}

Result<std::optional<CurrentDraft>> current_draft(const Site& site, const Request& request) {
  const auto opened = open_draft(site, request);
  if (!opened) return opened.error();
  return *opened ? finished(**opened) : std::nullopt;
}

std::optional<CurrentDraft> finished(const OpenedDraft& draft) {
  auto application = application_of(draft.entries);
  if (!application) return std::nullopt;
  return CurrentDraft{draft.token, draft.id, draft.expires_at, std::move(*application)};
}

Draft sealed_draft(const Form& entries, std::string_view token, EpochSeconds now) {
  std::string plain = entries.encode();
  Draft draft{token_hash(token), seal(plain, token, kPurpose), now + kDraftLifetime};
  wipe(plain);
  return draft;
}

// True for one of 32, which the draft's id decides: a hash in base64url, so nobody chooses it.
bool is_looked_at(const Draft& draft) {
  return std::string_view("AQ").find(draft.id.front()) != std::string_view::npos;
}

// Whoever floods displaces his own network's drafts, never another's (core/registration/stores.h).
// To find out whether a network floods takes longer than to keep the draft, so it is not asked each
// time; a flood may have some tens more than its share meanwhile.
void add_draft(Connection& connection, const Request& request, Draft draft, EpochSeconds now) {
  const auto& network = request.client.network();
  draft.network = network_of_draft(network);
  Drafts(connection).add(draft);
  if (is_looked_at(draft)) bound_drafts(connection, network, now);
}

Result<std::string> keep_draft(const Site& site, const Request& request,
                               const Application& application) {
  const EpochSeconds now = site.clock();
  const std::string token = draw_token();
  const Draft draft = sealed_draft(fields_of(application), token, now);
  const auto key = email_key(application.email);
  const auto number = application.number.text();
  const auto done = site.database->write([&](Connection& connection) {
    add_draft(connection, request, draft, now);
    record_timeline_event(connection, request, now,
                          {.event = TimelineEvent::kFormAccepted,
                           .email_key = key,
                           .number = number,
                           .phone = application.phone});
    return Done{};
  });
  if (!done) return done.error();
  return token;
}

Result<std::string> keep_unfinished_draft(const Site& site, const Request& request,
                                          const Form& entries) {
  const EpochSeconds now = site.clock();
  const std::string token = draw_token();
  const Draft draft = sealed_draft(entries, token, now);
  const auto done = site.database->write([&](Connection& connection) {
    add_draft(connection, request, draft, now);
    return Done{};
  });
  if (!done) return done.error();
  return token;
}

void set_draft_cookie(const Site& site, Response& response, std::string_view token) {
  const bool secure = site.settings.secure();
  set_cookie(response, kMarkerCookie, token_hash(token), kDraftMarkerLifetime, secure);
  set_cookie(response, kDraftCookie, token, kDraftLifetime, secure);
}

void clear_draft_marker(const Site& site, const Request& request, Response& response) {
  const bool secure = site.settings.secure();
  if (cookies(request, cookie_name(kMarkerCookie, secure)).empty()) return;
  set_cookie(response, kMarkerCookie, "", 0, secure);
}

Result<DraftFate> fate_of_draft(const Site& site, const Request& request) {
  auto id = token_cookie(site, request, kMarkerCookie);
  if (const auto token = draft_token(site, request)) id = token_hash(*token);
  if (!id) return DraftFate::kNone;
  return site.database->read([&](Connection& connection) {
    return Registrations(connection).find_by_draft(*id) ? DraftFate::kCompleted : DraftFate::kEnded;
  });
}

}  // namespace portal
