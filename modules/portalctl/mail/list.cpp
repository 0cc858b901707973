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
#include "core/history/words.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/mail/counts.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kState, kLang, portal::kReason, kFull, kJson};

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

void print(const portal::OutboxEntry& row, portal::Language language, const Context& context) {
  const bool queued = row.state == name_of(portal::MailState::kQueued);
  show_as_row(context, language,
              {
                  {"id", row.id},
                  {"kind", Coded{row.kind, portal::words_of_mail_kind}},
                  {"recipient", shown_address(context, row.recipient)},
                  {"state", Coded{row.state, portal::words_of_mail_state}},
                  {"queued_at", Time{row.created_at}},
                  {"next_attempt_at", Time{queued ? row.next_attempt_at : 0}},
                  {"done_at", Time{row.done_at}},
                  {"attempts", row.attempts},
                  {"fault", Coded{row.fault, portal::words_of_mail_fault}},
                  {"last_reply", shown_reply(context, row.last_reply)},
                  {"letter", Coded{row.letter, portal::words_of_mail_kind}},
                  {"obstacle", Coded{row.obstacle, portal::words_of_mail_obstacle}},
              });
}

void print_summary(const std::vector<portal::OutboxCount>& counts, portal::Language language,
                   EpochSeconds now) {
  const bool japanese = language == portal::Language::kJapanese;
  std::string line;
  std::string oldest;
  for (const auto& count : counts) {
    const std::string rows = std::to_string(count.rows);
    const std::string state =
        japanese ? portal::words_of_mail_state(count.state, language) : count.state;
    line.append(line.empty() ? (japanese ? "すべてのメール：" : "all mails: ")
                             : (japanese ? "、" : ", "));
    line.append(japanese ? state + " " + rows + "通" : rows + " " + state);
    if (count.rows > 0 && count.state == name_of(portal::MailState::kQueued)) {
      const std::string since = age(now - count.oldest, language);
      oldest =
          japanese ? "。最も古い送信待ちは" + since + "前" : "; oldest queued: " + since + " ago";
    }
  }
  std::cout << line << oldest << "\n";
}

void print_stop(const std::string& address, EpochSeconds until, portal::Language language) {
  const std::string end = portal::japan_timestamp(until);
  if (language == portal::Language::kJapanese) {
    std::cout << address << " ：ご本人が「心当たりがない」で、" << end
              << " までメールを止めています。`portalctl mail allow` で再開できます\n";
    return;
  }
  std::cout << address << ": its owner stopped mail that others can cause until " << end
            << "; `portalctl mail allow` ends that\n";
}

void print_pause(const portal::MailPause& pause, portal::Language language,
                 const Context& context) {
  const std::string since = portal::japan_timestamp(pause.since);
  const std::string reason = shown_reply(context, pause.reason);
  if (language == portal::Language::kJapanese) {
    std::cout << since << " からメールの送信が止まっています（ " << reason
              << " ）。mail.md をご覧ください。直ったら `portalctl mail retry all-waiting`\n";
    return;
  }
  std::cout << "the queue is paused since " << since << ": " << reason
            << "; see mail.md, and `portalctl mail retry all-waiting` when it is mended\n";
}

Result<Done> list_mails(Context& context) {
  const auto language = language_of(context);
  if (!language) return language.error();
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
  for (const auto& row : listed->rows) print(row, *language, context);
  if (!context.has(kJson)) {
    const EpochSeconds now = portal::system_now();
    if (listed->stopped_until > now) {
      print_stop(shown_address(context, owner->email_key), listed->stopped_until, *language);
    }
    print_summary(listed->counts, *language, now);
    if (listed->pause) print_pause(*listed->pause, *language, context);
  }
  say_if_cut(listed->rows.size());
  return Done{};
}

}  // namespace
}  // namespace portalctl
