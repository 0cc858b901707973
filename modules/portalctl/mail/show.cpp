// portalctl mail show: one mail, and what came of each attempt to deliver it.
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/mail_state.h"
#include "core/database/mail/outbox.h"
#include "core/history/words.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kLang, portal::kReason, kFull, kJson};

Result<Done> show_mail(Context& context);

}  // namespace

constexpr Verb kMailShow = {
    .usage = {.words = "mail show",
              .arguments = "ID",
              .options = kOptions,
              .help = "Shows what became of one mail: its state, and every attempt with whose "
                      "fault it was and the mail server's reply.",
              .example = "portalctl mail show 2kcH0DkXxb3dEkyRJzrKxA"},
    .run = show_mail};

namespace {

using portal::MailAttempt;
using portal::OutboxEntry;

struct Shown {
  std::optional<OutboxEntry> mail;
  std::vector<MailAttempt> attempts;
};

void print(const OutboxEntry& mail, portal::Language language, const Context& context) {
  const bool queued = mail.state == name_of(portal::MailState::kQueued);
  show_as_lines(context, language,
                {
                    {"id", mail.id},
                    {"kind", Coded{mail.kind, portal::words_of_mail_kind}},
                    {"recipient", shown_address(context, mail.recipient)},
                    {"state", Coded{mail.state, portal::words_of_mail_state}},
                    {"queued_at", Time{mail.created_at}},
                    {"age", age(portal::system_now() - mail.created_at, language)},
                    {"next_attempt_at", Time{queued ? mail.next_attempt_at : 0}},
                    {"done_at", Time{mail.done_at}},
                    {"attempts", mail.attempts},
                    {"registration", mail.registration_id},
                    {"account", mail.account_id},
                    {"request", mail.request_id},
                    {"fault", Coded{mail.fault, portal::words_of_mail_fault}},
                    {"last_reply", shown_reply(context, mail.last_reply)},
                    {"letter", Coded{mail.letter, portal::words_of_mail_kind}},
                    {"obstacle", Coded{mail.obstacle, portal::words_of_mail_obstacle}},
                });
}

void print(const MailAttempt& attempt, portal::Language language, const Context& context) {
  show_as_row(context, language,
              {
                  {"at", Time{attempt.at}},
                  {"outcome", Coded{attempt.outcome, portal::words_of_mail_outcome}},
                  {"fault", Coded{attempt.fault, portal::words_of_mail_fault}},
                  {"reply", shown_reply(context, attempt.reply)},
                  {"letter", Coded{attempt.letter, portal::words_of_mail_kind}},
                  {"obstacle", Coded{attempt.obstacle, portal::words_of_mail_obstacle}},
              });
}

Result<Done> show_mail(Context& context) {
  const auto language = language_of(context);
  if (!language) return language.error();
  const std::string& id = context.argument();
  const auto shown = context.database().read([&](portal::Connection& connection) {
    return Shown{portal::Outbox(connection).find(id), portal::MailAttempts(connection).of(id)};
  });
  if (!shown) return shown.error();
  if (!shown->mail) {
    return portal::not_found(id + ": there is no such mail; `portalctl mail list` shows their ids");
  }
  const OutboxEntry& mail = *shown->mail;
  const auto noted = record_look_up(
      context, {.account_id = mail.account_id.empty() ? mail.registration_id : mail.account_id});
  if (!noted) return noted;
  print(mail, *language, context);
  for (const MailAttempt& attempt : shown->attempts) print(attempt, *language, context);
  return Done{};
}

}  // namespace
}  // namespace portalctl
