#include "desk/desk_search.h"

#include "core/database/registration/drafts.h"
#include "core/draft/seal.h"
#include "core/form/form.h"
#include "core/registration/policy.h"
#include "core/security/token.h"

namespace portal {
namespace {

constexpr std::string_view kPurpose = "desk";
constexpr std::string_view kDone = "done";

struct SealedField {
  std::string_view name;
  std::string DeskSearch::*member;
};
constexpr SealedField kFields[] = {
    {"typed", &DeskSearch::typed}, {"actor", &DeskSearch::actor},   {"hit", &DeskSearch::hit},
    {"shown", &DeskSearch::shown}, {"before", &DeskSearch::before}, {"once", &DeskSearch::once},
};

bool keep_sealed(Connection& connection, std::string_view token, const Form& form,
                 EpochSeconds now) {
  Drafts drafts(connection);
  const std::string id = token_hash(token);
  if (drafts.find(id, now)) return false;
  drafts.remove(id);  // one that is over
  drafts.add({id, seal(form.encode(), token, kPurpose), now + kDeskSearchLifetime});
  return true;
}

std::optional<Form> open_sealed(Connection& connection, std::string_view token, EpochSeconds now) {
  if (!is_token(token)) return std::nullopt;
  const auto draft = Drafts(connection).find(token_hash(token), now);
  if (!draft) return std::nullopt;
  const auto plain = unseal(draft->sealed, token, kPurpose);
  if (!plain) return std::nullopt;
  auto form = Form::decode(plain->view());
  if (!form) return std::nullopt;
  return std::move(*form);
}

}  // namespace

std::string token_of_choice(const DeskSearch& search, std::string_view choice) {
  return derive_token(search.token, choice);
}

std::string token_of_search(const DeskSearch& search) {
  std::string purpose = "search";
  for (const std::string& part : {search.actor, search.hit, search.typed}) {
    purpose.append(":").append(part);
  }
  return derive_token(search.once, purpose);
}

bool keep(Connection& connection, const DeskSearch& search, EpochSeconds now) {
  Form form;
  for (const SealedField& field : kFields) form.set(field.name, search.*field.member);
  return keep_sealed(connection, search.token, form, now);
}

std::optional<DeskSearch> open_search(Connection& connection, std::string_view token,
                                      std::string_view actor, EpochSeconds now) {
  const auto form = open_sealed(connection, token, now);
  if (!form || form->get("actor") != actor) return std::nullopt;
  DeskSearch search;
  search.token = token;
  for (const SealedField& field : kFields) search.*field.member = form->get(field.name);
  return search;
}

bool keep_done(Connection& connection, std::string_view once, std::string_view words,
               EpochSeconds now) {
  Form form;
  form.set(kDone, words);
  return keep_sealed(connection, once, form, now);
}

std::optional<std::string> find_done(Connection& connection, std::string_view once,
                                     EpochSeconds now) {
  const auto form = open_sealed(connection, once, now);
  if (!form || !form->has(kDone)) return std::nullopt;
  return std::string(form->get(kDone));
}

std::string found_url(std::string_view token, std::string_view done) {
  std::string url = "/desk/found?search=";
  url.append(token);
  if (!done.empty()) url.append("&done=").append(done);
  return url;
}

}  // namespace portal
