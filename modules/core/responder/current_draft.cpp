#include "core/responder/current_draft.h"

#include "core/journal/timeline.h"
#include "core/registration/policy.h"
#include "core/security/seal.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kPurpose = "draft";

}  // namespace

std::optional<std::string> draft_token(const Site& site, const Request& request) {
  auto token = cookie(request, cookie_name(kDraftCookie, site.settings.secure()));
  if (!token || !is_token(*token)) return std::nullopt;
  return token;
}

Result<std::optional<CurrentDraft>> current_draft(const Site& site, const Request& request) {
  using Found = std::optional<CurrentDraft>;
  const auto token = draft_token(site, request);
  if (!token) return Found();
  const std::string id = token_hash(*token);
  const auto draft = site.database->read(
      [&](Connection& connection) { return Drafts(connection).find(id, site.clock()); });
  if (!draft) return draft.error();
  if (!*draft) return Found();
  const auto plain = unseal((*draft)->sealed, *token, kPurpose);
  if (!plain) return Found();
  const auto fields = Form::decode(plain->view());
  if (!fields) return Found();
  auto application = application_of(*fields);
  if (!application) return Found();
  return Found(CurrentDraft{*token, id, std::move(*application)});
}

Draft sealed_draft(const Application& application, std::string_view token, EpochSeconds now) {
  std::string plain = fields_of(application).encode();
  Draft draft{token_hash(token), seal(plain, token, kPurpose), now + kDraftLifetime};
  wipe(plain);
  return draft;
}

Result<std::string> keep_draft(const Site& site, const Request& request,
                               const Application& application) {
  const EpochSeconds now = site.clock();
  const std::string token = draw_token();
  const Draft draft = sealed_draft(application, token, now);
  const auto key = email_key(application.email);
  const auto number = application.number.text();
  const auto done = site.database->write([&](Connection& connection) {
    Drafts(connection).add(draft);
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

void set_draft_cookie(const Site& site, Response& response, std::string_view token) {
  set_cookie(response, kDraftCookie, token, kDraftLifetime, site.settings.secure());
}

}  // namespace portal
