// MailFault says why a mail was not delivered, and so whose business that is: the recipient's,
// ours, or nobody knows. The name stands in the column `fault` of the tables outbox and
// mail_attempt; an unknown one, of a newer version, is shown as it stands.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/enum_table.h"
#include "core/base/language.h"

namespace portal {

enum class MailFault {
  kNone,             // no fault, or none that was noted
  kUnknownUser,      // the domain has no such address
  kUnknownDomain,    // no mail can reach the domain
  kMailboxFull,      // for now: the owner may make room
  kRecipientFilter,  // the recipient does not accept mail from us, for example by 受信設定
  kOurs,     // the portal or its relay: password, identity, sending limit, blocklist, no connection
  kContent,  // this mail's text was taken for spam
  kTooBig,
  kUnclear,
  kLast = kUnclear,
};

struct MailFaultRow {
  MailFault fault;
  std::string_view name;  // in the database, and in the output of portalctl
  Words words;            // for operators and the call centre
  bool of_recipient;      // the recipient alone can mend it, or has to choose another address
};

inline constexpr auto kMailFaultRows = std::to_array<MailFaultRow>({
    {MailFault::kNone, "", {"", ""}, false},
    {MailFault::kUnknownUser, "unknown_user", {"no such address", "宛先不明"}, true},
    {MailFault::kUnknownDomain, "unknown_domain", {"no such domain", "ドメインがない"}, true},
    {MailFault::kMailboxFull, "mailbox_full", {"mailbox full", "受信箱がいっぱい"}, true},
    {MailFault::kRecipientFilter,
     "recipient_filter",
     {"refused by a filter of the recipient's", "受信設定で拒否"},
     true},
    {MailFault::kOurs, "ours", {"a fault of the portal or its relay", "こちら側の問題"}, false},
    {MailFault::kContent, "content", {"taken for spam", "迷惑メールと判定"}, false},
    {MailFault::kTooBig, "too_big", {"too big", "メールが大きすぎる"}, false},
    {MailFault::kUnclear, "unclear", {"nobody said why", "理由不明"}, false},
});
static_assert(has_row_for_each(kMailFaultRows, &MailFaultRow::fault));

constexpr std::string_view name_of(MailFault fault) {
  return kMailFaultRows.at(static_cast<std::size_t>(fault)).name;
}

constexpr bool of_recipient(MailFault fault) {
  return kMailFaultRows.at(static_cast<std::size_t>(fault)).of_recipient;
}

// A name that this version does not know is unclear.
constexpr MailFault find_mail_fault(std::string_view name) {
  const auto* const found = std::ranges::find(kMailFaultRows, name, &MailFaultRow::name);
  return found == kMailFaultRows.end() ? MailFault::kUnclear : found->fault;
}

}  // namespace portal
