// portalctl registration list
#include <array>

#include "core/database/registration/registrations.h"
#include "core/history/words.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kState, kLang, portal::kReason, kFull, kJson};

Result<Done> list_registrations(Context& context);

}  // namespace

constexpr Verb kRegistrationList = {
    .usage = {.words = "registration list",
              .arguments = "[ADDRESS|NUMBER]",
              .options = kOptions,
              .help = "Lists registrations, newest first, at most 1000, each with what became of "
                      "its newest mail.",
              .example = "portalctl registration list taro@example.jp --state pending"},
    .run = list_registrations};

namespace {

Result<Done> list_registrations(Context& context) {
  const auto language = language_of(context);
  if (!language) return language.error();
  const auto state = state_of(context, portal::kRegistrationStates);
  if (!state) return state.error();
  const auto owner = owner_of(context);
  if (!owner) return owner.error();
  const auto rows = context.database().read([&](portal::Connection& connection) {
    return portal::Registrations(connection)
        .list({owner->email_key, owner->number, *state, kMostListed}, portal::system_now());
  });
  if (!rows) return rows.error();
  const auto noted = record_look_up(context, {.rows = rows->size()});
  if (!noted) return noted;
  for (const portal::RegistrationEntry& row : *rows) {
    show_as_row(context, *language,
                {
                    {"id", row.id},
                    {"created_at", Time{row.created_at}},
                    {"state", Coded{row.state, portal::words_of_registration_state}},
                    {"registration_number", row.number.text()},
                    {"email", shown_address(context, row.email)},
                    {"mail_state", Coded{row.mail_state, portal::words_of_mail_state}},
                    {"mail_reply", shown_reply(context, row.mail_reply)},
                    {"mail_letter", Coded{row.mail_letter, portal::words_of_mail_kind}},
                });
  }
  say_if_cut(rows->size());
  return Done{};
}

}  // namespace
}  // namespace portalctl
