// Why the portal itself does not send a mail: what may stand in the columns `obstacle` of tables
// outbox and mail_attempt. The reason in full, for operators, stands beside it as the reply; what
// to do about it says core/history.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/enum_table.h"
#include "core/base/language.h"

namespace portal {

enum class MailObstacle {
  kNone,
  // It will not be sent:
  kRegistrationGone,
  kActivated,       // the registration
  kCancelled,       // the registration
  kAddressStopped,  // by 「心当たりがない」
  kAddressEnough,   // mail.limit.address_*
  kWithdrawn,       // who waited for a clinic waits no more
  kNotInRoster,
  kClinicTaken,
  kNoAccount,
  kAccountDisabled,
  kAccountGone,
  kRestored,          // a backup was put back
  kAddressCorrected,  // the registration's, and this mail would go to the earlier one
  // It waits:
  kClinicBusy,   // mail.limit.clinic_hour
  kNetworkBusy,  // mail.limit.network_hour
  kSystemBusy,   // mail.limit.system_hour
  // In the database of a newer version.
  kUnknown,
  kLast = kUnknown,
};

struct MailObstacleRow {
  MailObstacle obstacle;
  std::string_view name;  // in the database
  Words words;            // for operators and the call centre
};

inline constexpr auto kMailObstacleRows = std::to_array<MailObstacleRow>({
    {MailObstacle::kNone, "", {"", ""}},
    {MailObstacle::kRegistrationGone,
     "registration_gone",
     {"the registration is gone", "登録の期限が過ぎて、削除された"}},
    {MailObstacle::kActivated,
     "activated",
     {"the registration is activated", "登録はすでに有効化された"}},
    {MailObstacle::kCancelled,
     "cancelled",
     {"the registration was cancelled", "登録が「心当たりがない」で取り消された"}},
    {MailObstacle::kAddressStopped,
     "address_stopped",
     {"「心当たりがない」 stopped mail to the address",
      "「心当たりがない」で、宛先へのメールが止められている"}},
    {MailObstacle::kAddressEnough,
     "address_enough",
     {"the address has had enough such mails", "同じ宛先へのメールが続いた"}},
    {MailObstacle::kWithdrawn,
     "withdrawn",
     {"nobody waits for the clinic any more", "掲載のお知らせの申し込みが取り下げられた"}},
    {MailObstacle::kNotInRoster,
     "not_in_roster",
     {"the clinic is not in the roster", "施術所が一覧にない"}},
    {MailObstacle::kClinicTaken,
     "clinic_taken",
     {"the clinic has an account", "施術所のアカウントがすでにある"}},
    {MailObstacle::kNoAccount,
     "no_account",
     {"the address has no account", "宛先のアカウントがない"}},
    {MailObstacle::kAccountDisabled,
     "account_disabled",
     {"the account is disabled", "アカウントが停止されている"}},
    {MailObstacle::kAccountGone, "account_gone", {"the account is gone", "アカウントがもうない"}},
    {MailObstacle::kRestored, "restored", {"a backup was put back", "データベースが復元された"}},
    {MailObstacle::kAddressCorrected,
     "address_corrected",
     {"the address was corrected", "メールアドレスが直された"}},
    {MailObstacle::kClinicBusy,
     "clinic_busy",
     {"too many mails about the clinic within an hour", "同じ施術所へのメールが1時間に多い"}},
    {MailObstacle::kNetworkBusy,
     "network_busy",
     {"too many mails from the network within an hour", "同じ回線からのメールが1時間に多い"}},
    {MailObstacle::kSystemBusy,
     "system_busy",
     {"too many mails within an hour", "メールが1時間に多い"}},
    {MailObstacle::kUnknown,
     "unknown",
     {"a reason that this version does not know", "この版の知らない理由"}},
});
static_assert(has_row_for_each(kMailObstacleRows, &MailObstacleRow::obstacle));

constexpr std::string_view name_of(MailObstacle obstacle) {
  return kMailObstacleRows.at(static_cast<std::size_t>(obstacle)).name;
}

constexpr MailObstacle find_mail_obstacle(std::string_view name) {
  const auto* const found = std::ranges::find(kMailObstacleRows, name, &MailObstacleRow::name);
  return found == kMailObstacleRows.end() ? MailObstacle::kUnknown : found->obstacle;
}

}  // namespace portal
