// portalctl mail show: one mail, and what came of each attempt to deliver it.
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/mail_state.h"
#include "core/database/mail/outbox.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kReason, kFull, kJson};

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

void print(const OutboxEntry& mail, const Context& context) {
  const bool queued = mail.state == name_of(portal::MailState::kQueued);
  (context.has(kJson) ? print_json : print_lines)({
      {"id", mail.id},
      {"kind", mail.kind},
      {"recipient", shown_address(context, mail.recipient)},
      {"state", mail.state},
      {"queued_at", Time{mail.created_at}},
      {"age", age(portal::system_now() - mail.created_at)},
      {"next_attempt_at", Time{queued ? mail.next_attempt_at : 0}},
      {"done_at", Time{mail.done_at}},
      {"attempts", mail.attempts},
      {"registration", mail.registration_id},
      {"account", mail.account_id},
      {"request", mail.request_id},
      {"fault", mail.fault},
      {"last_reply", shown_reply(context, mail.last_reply)},
      {"letter", mail.letter},
      {"obstacle", mail.obstacle},
  });
}

void print(const MailAttempt& attempt, const Context& context) {
  (context.has(kJson) ? print_json : print_row)({
      {"at", Time{attempt.at}},
      {"outcome", attempt.outcome},
      {"fault", attempt.fault},
      {"reply", shown_reply(context, attempt.reply)},
      {"letter", attempt.letter},
      {"obstacle", attempt.obstacle},
  });
}

Result<Done> show_mail(Context& context) {
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
  print(mail, context);
  for (const MailAttempt& attempt : shown->attempts) print(attempt, context);
  return Done{};
}

}  // namespace
}  // namespace portalctl
