#include "core/registration/policy.h"

#include <algorithm>

namespace portal {
namespace {

constexpr int kNeverWaits = 1'000'000'000;  // only counts

// In the order of the enumerators (a test compares).
constexpr std::array kKinds = {
    ThrottleKind{.throttle = Throttle::kPasswordFromNetwork,
                 .prefix = "account:",
                 .keyed_by = "account id (without one: none:HASH of the address) | client network",
                 .meaning = "Passwords tried for one account from one network (ASVS 2.2.1): who "
                            "guesses from elsewhere never locks the owner out.",
                 .policy = {3, 10, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kPasswordsOfNetwork,
                 .prefix = "network:",
                 .keyed_by = "client network",
                 .meaning = "Passwords tried from one network (ASVS 2.2.1). Ours, and generous: a "
                            "carrier's customers share addresses.",
                 .policy = {50, 200, 15 * kMinute, 15 * kMinute}},
    ThrottleKind{.throttle = Throttle::kPasswordsOfAccount,
                 .prefix = "attacked:",
                 .keyed_by = "account id (without one: none:HASH of the address)",
                 .meaning = "Counts the wrong passwords of one account from everywhere, until its "
                            "owner is told (kAttackTries).",
                 .policy = {kNeverWaits, kNeverWaits + 1, 0, kHour}},
    ThrottleKind{.throttle = Throttle::kAttackTold,
                 .prefix = "told:",
                 .keyed_by = "account id (without one: none:HASH of the address)",
                 .meaning = "Counts those mails to the owner: one a day is sent. Ours.",
                 .policy = {kNeverWaits, kNeverWaits + 1, 0, kDay}},
    ThrottleKind{.throttle = Throttle::kNewAddress,
                 .prefix = "email_change:",
                 .keyed_by = "account id",
                 .meaning = "Mails that an account sends to addresses not yet proven to be its "
                            "user's. Ours.",
                 .policy = {3, 10, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kResetOfAddress,
                 .prefix = "reset:",
                 .keyed_by = "hash of the address's key",
                 .meaning = "Mails for a forgotten password to one address. Ours.",
                 .policy = {3, 6, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kResetOfNetwork,
                 .prefix = "reset_network:",
                 .keyed_by = "client network",
                 .meaning = "Mails for a forgotten password that one network causes. Ours.",
                 .policy = {20, 60, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kWaitingOfNetwork,
                 .prefix = "waiting:",
                 .keyed_by = "client network",
                 .meaning = "Addresses left for clinics that are not in the roster. Ours: a clinic "
                            "or two, but a group's office may enter all of its clinics in one go.",
                 .limit = {30, kHour}},
    ThrottleKind{.throttle = Throttle::kMailOfClinic,
                 .prefix = "mail_clinic:",
                 .keyed_by = "registration number",
                 .meaning = "Mails that anyone can cause, about one clinic.",
                 .limit = {0, kHour},
                 .setting = "mail.limit.clinic_hour"},
    ThrottleKind{.throttle = Throttle::kMailOfNetwork,
                 .prefix = "mail_network:",
                 .keyed_by = "client network",
                 .meaning = "Mails that anyone can cause, caused by one network.",
                 .limit = {0, kHour},
                 .setting = "mail.limit.network_hour"},
    ThrottleKind{.throttle = Throttle::kMailOfSystem,
                 .prefix = "mail_system",
                 .keyed_by = "",
                 .meaning = "Mails that anyone can cause, altogether.",
                 .limit = {0, kHour},
                 .setting = "mail.limit.system_hour"},
};

}  // namespace

std::span<const ThrottleKind> throttle_kinds() {
  return kKinds;
}

const ThrottleKind& throttle_kind(Throttle throttle) {
  return kKinds.at(static_cast<std::size_t>(throttle));
}

std::string throttle_key(Throttle throttle, std::string_view name) {
  return std::string(throttle_kind(throttle).prefix).append(name);
}

std::string password_key(std::string_view subject, std::string_view network) {
  return password_keys(subject).append(network);
}

std::string password_keys(std::string_view subject) {
  return throttle_key(Throttle::kPasswordFromNetwork, subject).append("|");
}

EpochSeconds longest_throttle_window() {
  EpochSeconds longest = 0;
  for (const ThrottleKind& kind : kKinds) {
    longest = std::max({longest, kind.policy.window, kind.limit.window});
  }
  return longest;
}

}  // namespace portal
