// Why the portal itself does not send a mail: what may stand in the columns `obstacle` of tables
// outbox and mail_attempt. The reason in full, for operators, stands beside it as the reply; words
// for the call centre are core/history's.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/enum_table.h"

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
  kRestored,  // a backup was put back
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
};

inline constexpr auto kMailObstacleRows = std::to_array<MailObstacleRow>({
    {MailObstacle::kNone, ""},
    {MailObstacle::kRegistrationGone, "registration_gone"},
    {MailObstacle::kActivated, "activated"},
    {MailObstacle::kCancelled, "cancelled"},
    {MailObstacle::kAddressStopped, "address_stopped"},
    {MailObstacle::kAddressEnough, "address_enough"},
    {MailObstacle::kWithdrawn, "withdrawn"},
    {MailObstacle::kNotInRoster, "not_in_roster"},
    {MailObstacle::kClinicTaken, "clinic_taken"},
    {MailObstacle::kNoAccount, "no_account"},
    {MailObstacle::kAccountDisabled, "account_disabled"},
    {MailObstacle::kAccountGone, "account_gone"},
    {MailObstacle::kRestored, "restored"},
    {MailObstacle::kClinicBusy, "clinic_busy"},
    {MailObstacle::kNetworkBusy, "network_busy"},
    {MailObstacle::kSystemBusy, "system_busy"},
    {MailObstacle::kUnknown, "unknown"},
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
