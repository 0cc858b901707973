// portalctl mail show: one mail, and what came of each attempt to deliver it.
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "core/database/database.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/outbox.h"
#include "portalctl/listing.h"
#include "portalctl/printing.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Connection;
using portal::MailAttempt;
using portal::OutboxEntry;

struct Shown {
  std::optional<OutboxEntry> mail;
  std::vector<MailAttempt> attempts;
};

void print(const OutboxEntry& mail, const Options& options) {
  const bool queued = mail.state == "queued";
  (options.json ? print_json : print_lines)({
      {"id", mail.id},
      {"kind", mail.kind},
      {"recipient", shown_address(options, mail.recipient)},
      {"state", mail.state},
      {"queued_at", Time{mail.created_at}},
      {"age", age(portal::system_now() - mail.created_at)},
      {"next_attempt_at", Time{queued ? mail.next_attempt_at : 0}},
      {"done_at", Time{mail.done_at}},
      {"attempts", mail.attempts},
      {"registration", mail.registration_id},
      {"account", mail.account_id},
      {"last_reply", shown_reply(options, mail.last_reply)},
  });
}

void print(const MailAttempt& attempt, const Options& options) {
  (options.json ? print_json : print_row)({
      {"at", Time{attempt.at}},
      {"outcome", attempt.outcome},
      {"reply", shown_reply(options, attempt.reply)},
  });
}

}  // namespace

int mail_show(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const std::string& id = invocation.arguments[0];
  const auto shown = database.read([&](Connection& connection) {
    return Shown{portal::Outbox(connection).find(id), portal::MailAttempts(connection).of(id)};
  });
  if (!shown) return fail(shown.error().message);
  if (!shown->mail) {
    return fail(id + ": there is no such mail; `portalctl mail list` shows their ids");
  }
  print(*shown->mail, invocation.options);
  for (const MailAttempt& attempt : shown->attempts) print(attempt, invocation.options);
  return kDone;
}

}  // namespace portalctl
