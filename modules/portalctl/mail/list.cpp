// portalctl mail list. What a mail says, and its link, are not in the outbox.
#include <array>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "core/base/japan_time.h"
#include "core/database/mail/mail_addresses.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/mail_state.h"
#include "core/database/mail/outbox.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/mail/counts.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kState, portal::kReason, kFull, kJson};

Result<Done> list_mails(Context& context);

}  // namespace

constexpr Verb kMailList = {
    .usage = {.words = "mail list",
              .arguments = "[ADDRESS|NUMBER]",
              .options = kOptions,
              .help = "Lists mails, newest first, at most 1000, with the mail server's last reply "
                      "and whose fault it was.",
              .example = "portalctl mail list --state failed"},
    .run = list_mails};

namespace {

using portal::Connection;
using portal::EpochSeconds;

struct Listed {
  std::vector<portal::OutboxEntry> rows;
  std::vector<portal::OutboxCount> counts;  // of the whole outbox
  EpochSeconds stopped_until = 0;           // of the address that was asked for
  std::optional<portal::MailPause> pause;
};

void print(const portal::OutboxEntry& row, const Context& context) {
  const bool queued = row.state == name_of(portal::MailState::kQueued);
  (context.has(kJson) ? print_json : print_row)({
      {"id", row.id},
      {"kind", row.kind},
      {"recipient", shown_address(context, row.recipient)},
      {"state", row.state},
      {"queued_at", Time{row.created_at}},
      {"next_attempt_at", Time{queued ? row.next_attempt_at : 0}},
      {"done_at", Time{row.done_at}},
      {"attempts", row.attempts},
      {"fault", row.fault},
      {"last_reply", shown_reply(context, row.last_reply)},
      {"letter", row.letter},
      {"obstacle", row.obstacle},
  });
}

void print_summary(const std::vector<portal::OutboxCount>& counts, EpochSeconds now) {
  std::string line;
  std::string oldest;
  for (const auto& count : counts) {
    line.append(line.empty() ? "all mails: " : ", ").append(std::to_string(count.rows));
    line.append(" ").append(count.state);
    if (count.rows > 0 && count.state == name_of(portal::MailState::kQueued)) {
      oldest = "; oldest queued: " + age(now - count.oldest) + " ago";
    }
  }
  std::cout << line << oldest << "\n";
}

void print_stop(const std::string& address, EpochSeconds until) {
  std::cout << address << ": its owner stopped mail that others can cause until "
            << portal::japan_timestamp(until) << "; `portalctl mail allow` ends that\n";
}

void print_pause(const portal::MailPause& pause, const Context& context) {
  std::cout << "the queue is paused since " << portal::japan_timestamp(pause.since) << ": "
            << shown_reply(context, pause.reason)
            << "; see mail.md, and `portalctl mail retry all-waiting` when it is mended\n";
}

Result<Done> list_mails(Context& context) {
  const auto state = state_of(context, portal::kMailStates);
  if (!state) return state.error();
  const auto owner = owner_of(context);
  if (!owner) return owner.error();
  const auto listed = context.database().read([&](Connection& connection) {
    portal::Outbox outbox(connection);
    return Listed{outbox.list({owner->email_key, owner->number, *state, kMostListed}),
                  counts_of_all_states(connection),
                  portal::MailAddresses(connection).stopped_until(owner->email_key),
                  portal::MailPauses(connection).find()};
  });
  if (!listed) return listed.error();
  const auto noted = record_look_up(context, {.rows = listed->rows.size()});
  if (!noted) return noted;
  for (const auto& row : listed->rows) print(row, context);
  if (!context.has(kJson)) {
    const EpochSeconds now = portal::system_now();
    if (listed->stopped_until > now) {
      print_stop(shown_address(context, owner->email_key), listed->stopped_until);
    }
    print_summary(listed->counts, now);
    if (listed->pause) print_pause(*listed->pause, context);
  }
  say_if_cut(listed->rows.size());
  return Done{};
}

}  // namespace
}  // namespace portalctl
