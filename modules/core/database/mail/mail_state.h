// What may stand in the column `state` of table outbox and in `outcome` of table mail_attempt: the
// names there, and words for operators. An unknown name, of a newer version, is shown as it stands.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/enum_table.h"
#include "core/base/language.h"

namespace portal {

enum class MailState {
  kQueued,
  kSent,
  kFailed,    // the recipient's server refused it, or a day of tries is over
  kBounced,   // it was sent, and came back
  kWithheld,  // the portal did not send it, on purpose
  kLast = kWithheld,
};

struct MailStateRow {
  MailState state;
  std::string_view name;  // in the database
  Words words;            // for operators and the call centre
};

inline constexpr auto kMailStateRows = std::to_array<MailStateRow>({
    {MailState::kQueued, "queued", {"queued", "送信待ち"}},
    {MailState::kSent, "sent", {"sent", "送信済み"}},
    {MailState::kFailed, "failed", {"failed", "送信できず"}},
    {MailState::kBounced, "bounced", {"came back", "不達で戻った"}},
    {MailState::kWithheld, "withheld", {"withheld", "送らずに終えた"}},
});
static_assert(has_row_for_each(kMailStateRows, &MailStateRow::state));

constexpr std::string_view name_of(MailState state) {
  return kMailStateRows.at(static_cast<std::size_t>(state)).name;
}

// What came of one attempt to send a mail, or of one report about it.
enum class MailOutcome {
  kDelivered,
  kTryLater,
  kRefused,
  kDoubtful,
  kBlocked,
  kHeld,
  kWithheld,
  kBounced,
  kDelayed,
  kLast = kDelayed,
};

struct MailOutcomeRow {
  MailOutcome outcome;
  std::string_view name;  // in the database, the log and the metrics
  Words words;            // for operators and the call centre
  bool of_mailer;         // an outcome of the mailer's attempt; else the report of a mail server
};

inline constexpr auto kMailOutcomeRows = std::to_array<MailOutcomeRow>({
    {MailOutcome::kDelivered, "delivered", {"delivered", "送信済み"}, true},
    {MailOutcome::kTryLater, "try_later", {"to be tried again", "後で再送"}, true},
    {MailOutcome::kRefused, "refused", {"refused", "拒否された"}, true},
    {MailOutcome::kDoubtful, "doubtful", {"refused, to be tried again", "拒否、後で再送"}, true},
    {MailOutcome::kBlocked, "blocked", {"the queue was paused", "送信を一時停止"}, true},
    {MailOutcome::kHeld, "held", {"held by a limit", "上限のため待機"}, true},
    {MailOutcome::kWithheld, "withheld", {"withheld", "送らずに終えた"}, true},
    {MailOutcome::kBounced, "bounced", {"came back", "不達で戻った"}, false},
    {MailOutcome::kDelayed,
     "delayed",
     {"delayed at the recipient's server", "相手先で遅延"},
     false},
});
static_assert(has_row_for_each(kMailOutcomeRows, &MailOutcomeRow::outcome));

constexpr std::string_view name_of(MailOutcome outcome) {
  return kMailOutcomeRows.at(static_cast<std::size_t>(outcome)).name;
}

// The names of all states, and of all but sent, of which there may be millions.
inline constexpr auto kMailStates = [] {
  std::array<std::string_view, kMailStateRows.size()> names{};
  std::ranges::transform(kMailStateRows, names.begin(), &MailStateRow::name);
  return names;
}();
inline constexpr std::array kUnsentStates = {
    name_of(MailState::kQueued), name_of(MailState::kFailed), name_of(MailState::kBounced),
    name_of(MailState::kWithheld)};

}  // namespace portal
