#include "core/registration/stores.h"

#include <array>

#include "core/base/enum_table.h"

namespace portal {
namespace {

constexpr std::string_view kOnlyAlarm = "nothing is lost: the alarm asks for a look";

// Ours, all of them: half of the 140,000 clinics of both kinds in a month are 2,300 registrations a
// day, and a carrier's address carries a tenth of them. An alarm's number costs 0.1 to 2 GB.
constexpr auto kKinds = std::to_array<StoreKind>({
    {.store = Store::kDrafts,
     .name = "drafts",
     .table = "draft",
     .row_bytes = 4'100,
     .of_network = {2'000, 0},
     .alarm = {50'000, 0},
     .beyond = "a network's new draft displaces its own oldest one; over the alarm's number, when "
               "it has more than 20"},
    {.store = Store::kTimeline,
     .name = "timeline",
     .table = "event",
     .row_bytes = 430,
     .of_network = {5'000, kDay},
     .alarm = {200'000, kDay},
     .beyond = "what happens before a registration is only counted; the log has its line"},
    {.store = Store::kTimelineOfNobody,
     .name = "timeline_of_nobody",
     .table = "event",
     .row_bytes = 430,
     .of_network = {500, kDay},
     .alarm = {200'000, kDay},
     .beyond = "a refused form that names neither address nor number nor phone is only counted: "
               "nobody would find it"},
    {.store = Store::kAuditOfNobody,
     .name = "audit_of_nobody",
     .table = "audit",
     .row_bytes = 300,
     .of_network = {1'000, kDay},
     .alarm = {100'000, kDay},
     .beyond =
         "logins for addresses without an account, and forgotten passwords, are only counted; "
         "what concerns an account is always written"},
    {.store = Store::kRegistrations,
     .name = "registrations",
     .table = "registration",
     .row_bytes = 1'000,
     .bounded = "a clinic of the roster and a password hash for each; kRegistrationLifetime",
     .alarm = {200'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kMails,
     .name = "mails",
     .table = "outbox",
     .row_bytes = 600,
     .bounded = "mail.limit.*; retention.mail_days",
     .alarm = {1'000'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kTries,
     .name = "tries",
     .table = "throttle",
     .row_bytes = 150,
     .bounded = "password.network_tries; kept for 2 days (kEndedKept)",
     .alarm = {1'000'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kWaiting,
     .name = "waiting",
     .table = "waiting",
     .row_bytes = 250,
     .bounded = "300 an hour for a network (limits.md); retention.waiting_days",
     .alarm = {200'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kDevices,
     .name = "devices",
     .table = "known_device",
     .row_bytes = 150,
     .bounded = "100 for an account (kMostDevices), after a right password; retention.device_days",
     .alarm = {2'000'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kMailAddresses,
     .name = "mail_addresses",
     .table = "mail_address",
     .row_bytes = 150,
     .bounded = "a mail for each; kept for 2 days, or until a mail stop ends (kMailStop)",
     .alarm = {500'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kStopLinks,
     .name = "stop_links",
     .table = "stop_link",
     .row_bytes = 250,
     .bounded = "a mail for each; kMailStop",
     .alarm = {1'000'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kSessions,
     .name = "sessions",
     .table = "web_session",
     .row_bytes = 400,
     .bounded = "a right password for each; session.idle_minutes",
     .alarm = {200'000, 0},
     .beyond = kOnlyAlarm},
    {.store = Store::kAudit,
     .name = "audit",
     .table = "audit",
     .row_bytes = 300,
     .bounded = "an account for each row; never purged: `portalctl audit archive`",
     .alarm = {5'000'000, 0},
     .beyond = "nothing is lost: archive its old rows (retention.md)"},
});
static_assert(has_row_for_each(kKinds, &StoreKind::store));

}  // namespace

std::span<const StoreKind> store_kinds() {
  return kKinds;
}

const StoreKind& store_kind(Store store) {
  return kKinds.at(static_cast<std::size_t>(store));
}

}  // namespace portal
