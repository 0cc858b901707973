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
                 .meaning = "Wrong passwords for one account from one network (ASVS 6.3.1): who "
                            "guesses from elsewhere never locks the owner out.",
                 .felt =
                     "who tries this account from there, but for its known devices: a page says "
                     "how long to wait",
                 .policy = {3, 10, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kPasswordFromDevice,
                 .prefix = "device:",
                 .keyed_by = "account id | hash of the browser's cookie",
                 .meaning = "Wrong passwords for one account from a browser that has logged in to "
                            "it before (OWASP, device cookies): strangers never hold it up.",
                 .felt = "who uses that browser: a page says how long to wait",
                 .policy = {3, 10, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kPasswordsOfNetwork,
                 .prefix = "network:",
                 .keyed_by = "client network",
                 .meaning = "Wrong passwords from one network, for whatever accounts (ASVS 6.3.1). "
                            "Ours: 500 people log in behind one address in a quarter of an hour, "
                            "and every third one mistypes twice.",
                 .felt = "everybody in that network, but for known devices: a page says how long "
                         "to wait",
                 .limit = {0, 15 * kMinute},
                 .setting = "password.network_tries"},
    ThrottleKind{.throttle = Throttle::kPasswordsOfAccount,
                 .prefix = "attacked:",
                 .keyed_by = "account id (without one: none:HASH of the address)",
                 .meaning = "Wrong passwords of one account over all networks, but from known "
                            "devices; the owner is told of ten by mail (ASVS 6.3.1). Ours: "
                            "who has ten thousand networks guesses no faster than 1,200 a day.",
                 .felt = "who tries this account in a browser that it does not know: a page says "
                         "how long to wait, and leads to パスワードを忘れた方, after which the "
                         "browser is known",
                 .limit = {50, kHour}},
    ThrottleKind{.throttle = Throttle::kAttackTold,
                 .prefix = "told:",
                 .keyed_by = "account id (without one: none:HASH of the address)",
                 .meaning = "Counts those mails to the owner: one a day is sent. Ours.",
                 .felt = "nobody waits",
                 .policy = {kNeverWaits, kNeverWaits + 1, 0, kDay}},
    ThrottleKind{.throttle = Throttle::kNewAddress,
                 .prefix = "email_change:",
                 .keyed_by = "account id",
                 .meaning = "Mails that an account sends to addresses not yet proven to be its "
                            "user's. Ours.",
                 .felt = "the user of the account: a page says how long to wait",
                 .policy = {3, 10, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kResetOfAddress,
                 .prefix = "reset:",
                 .keyed_by = "hash of the address's key | client network",
                 .meaning = "Mails for a forgotten password to one address from one network: who "
                            "asks elsewhere never keeps the owner from asking. Ours.",
                 .felt = "who asks for that address there: a page says how long to wait; the "
                         "links that were sent are good",
                 .policy = {3, 6, 15 * kMinute, kHour}},
    ThrottleKind{.throttle = Throttle::kResetOfNetwork,
                 .prefix = "reset_network:",
                 .keyed_by = "client network",
                 .meaning = "Mails for a forgotten password that one network causes. Ours: what "
                            "protects an address is its own limit.",
                 .felt = "everybody in that network who asks for such a mail: a page says how long "
                         "to wait",
                 .limit = {300, kHour}},
    ThrottleKind{.throttle = Throttle::kWaitingOfNetwork,
                 .prefix = "waiting:",
                 .keyed_by = "client network",
                 .meaning = "Addresses left for clinics that are not in the roster. Ours: a clinic "
                            "or two, but a group's office may enter all of its clinics in one go.",
                 .felt = "everybody in that network who leaves an address: an error page",
                 .limit = {300, kHour}},
    ThrottleKind{.throttle = Throttle::kMailOfClinic,
                 .prefix = "mail_clinic:",
                 .keyed_by = "registration number | client network",
                 .meaning = "Mails that anyone can cause, about one clinic, caused by one network: "
                            "numbers are public, so elsewhere they never hold up its owner's mail.",
                 .felt = "who caused them there: the mail waits in the queue (mail_held)",
                 .limit = {0, kHour},
                 .setting = "mail.limit.clinic_hour"},
    ThrottleKind{.throttle = Throttle::kMailOfNetwork,
                 .prefix = "mail_network:",
                 .keyed_by = "client network",
                 .meaning = "Mails that anyone can cause, caused by one network: what protects "
                            "people are the limits of address and clinic.",
                 .felt = "everybody in that network: the mail waits in the queue (mail_held)",
                 .limit = {0, kHour},
                 .setting = "mail.limit.network_hour"},
    ThrottleKind{.throttle = Throttle::kMailsOfClinic,
                 .prefix = "mails_of_clinic:",
                 .keyed_by = "registration number",
                 .meaning = "Mails that anyone can cause, about one clinic, over all networks. "
                            "Ours: a clinic registers once.",
                 .felt = "nobody waits: an alarm (mail_flood)",
                 .limit = {100, kHour},
                 .alarms = true},
    ThrottleKind{.throttle = Throttle::kMailOfSystem,
                 .prefix = "mail_system",
                 .keyed_by = "",
                 .meaning = "Mails that anyone can cause, altogether.",
                 .felt = "nobody waits: an alarm (mail_flood)",
                 .limit = {0, kHour},
                 .setting = "mail.limit.system_hour",
                 .alarms = true},
    ThrottleKind{.throttle = Throttle::kDeskLookUps,
                 .prefix = "desk:",
                 .keyed_by = "name of who answers the telephone",
                 .meaning = "Cases and whole addresses that one person looks at on the desk. Ours: "
                            "twenty calls an hour with some tries each; nobody copies the list.",
                 .felt = "that person: a page says from when on it goes on",
                 .limit = {0, kHour},
                 .setting = "desk.lookups_per_hour"},
};

}  // namespace

std::span<const ThrottleKind> throttle_kinds() {
  return kKinds;
}

const ThrottleKind& throttle_kind(Throttle throttle) {
  return kKinds.at(static_cast<std::size_t>(throttle));
}

std::string_view name_of(Throttle throttle) {
  const std::string_view prefix = throttle_kind(throttle).prefix;
  return prefix.substr(0, prefix.find(':'));
}

std::string throttle_key(Throttle throttle, std::string_view name) {
  return std::string(throttle_kind(throttle).prefix).append(name);
}

std::string throttle_key(Throttle throttle, std::string_view subject, std::string_view from) {
  if (subject.empty()) return throttle_key(throttle, from);
  return throttle_keys(throttle, subject).append(from);
}

std::string throttle_keys(Throttle throttle, std::string_view subject) {
  return throttle_key(throttle, subject).append("|");
}

EpochSeconds longest_throttle_window() {
  EpochSeconds longest = 0;
  for (const ThrottleKind& kind : kKinds) {
    longest = std::max({longest, kind.policy.window, kind.limit.window});
  }
  return longest;
}

}  // namespace portal
