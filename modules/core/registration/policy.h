// Every lifetime, cool-down, limit and pause of the portal: the number, its meaning, its source.
//
// What an operator may choose instead (session.*, mail.limit.*, retention.*) is a setting. Times
// are in seconds. "Manual" is user-registration-manual.ja.md; "ASVS" is OWASP ASVS 5.0.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace portal {

// --- Registering ---------------------------------------------------------------------------------

// How long the entered form is kept for 確認画面 (contract.md §3).
inline constexpr EpochSeconds kDraftLifetime = 30 * kMinute;

// How long a browser remembers that it had a draft, after the draft has ended: so that whoever
// comes back the next morning is told what happened. Ours.
inline constexpr EpochSeconds kDraftMarkerLifetime = kDraftLifetime + kDay;

// How long a mailed link is good, from the sending of its mail (manual: 1時間; contract.md §4).
inline constexpr EpochSeconds kLinkLifetime = kHour;

// How many wrong passwords end an activation link (contract.md §4).
inline constexpr int kLinkAttempts = 5;

// How long a pending registration, and the cookie of its browser, is kept. Ours: it outlives a day
// of retried mail (kMostTrying) and the last link's hour.
inline constexpr EpochSeconds kRegistrationLifetime = kDay + 2 * kHour;

// The time between two activation mails of one registration (contract.md §1, `/register/resend`).
inline constexpr EpochSeconds kResendCoolDown = kMinute;

// How long OK, and whatever else hashes a password, may take when many come at once: who would wait
// longer is told at once when to come again, and may then wait a little longer. Ours: nobody who
// waits thinks that it does not work, and nobody waits over three seconds.
inline constexpr std::chrono::milliseconds kHashPatience{2000};
inline constexpr std::chrono::milliseconds kHashPatienceAgain{2500};

// --- Signed in -----------------------------------------------------------------------------------

// A session's last use is written down at most once in this time. Ours: it saves writes.
inline constexpr EpochSeconds kSessionTouchInterval = kMinute;

// How many browsers are known to one account, by the cookie of a right login: a person has a phone
// or two, the reception a computer; a clinic shares its account. A browser that keeps no cookie is
// a new one each time, and must not soon displace the others. Ours.
inline constexpr int kMostDevices = 100;

// --- The desk ------------------------------------------------------------------------------------

// How long what the call centre has looked up stays on the screen, and an action that was done is
// known by its page. Ours: as long as a draft, and longer than a call.
inline constexpr EpochSeconds kDeskSearchLifetime = 30 * kMinute;

// --- Mail ----------------------------------------------------------------------------------------

// How long an address gets no mail after 「心当たりがない」, and how long the link to that page is
// good. Ours.
inline constexpr EpochSeconds kMailStop = 30 * kDay;

// The waits after the first attempts that failed for the time being, and the wait after each
// further one (RFC 5321 §4.5.4.1 asks for increasing ones; the first are short because somebody
// waits at the screen).
inline constexpr std::array<EpochSeconds, 6> kRetryDelays = {
    30, kMinute, 2 * kMinute, 5 * kMinute, 10 * kMinute, 30 * kMinute};
inline constexpr EpochSeconds kLastRetryDelay = kHour;

// After this time a mail that cannot be sent has failed for good. Ours: the registration that waits
// for it ends soon after.
inline constexpr EpochSeconds kMostTrying = kDay;

// The whole queue pauses for this time when the mail server refuses us. Ours.
inline constexpr EpochSeconds kQueuePause = kMinute;

// --- Limits --------------------------------------------------------------------------------------
//
// The rule of all limits (conf/limits.md says it to operators). No stranger may use up what
// somebody else needs:
//   - a limit keyed by something public (an address, a clinic, an account) is keyed by who causes
//     it as well: his network;
//   - a try that is refused counts nowhere, and what was right gives back its own try only;
//   - a total over all networks (`alarms`) refuses nobody: it tells the operator.
// The one exception is kPasswordsOfAccount: guesses from a thousand networks must end somewhere.
// What it refuses has another way in, パスワードを忘れた方.

// The first `free` tries of a window cost nothing; each further one makes the next wait twice as
// long, beginning with one second; from the try number `most` on it is `pause` seconds. The window
// begins with the first try and is forgotten after `window` seconds.
struct ThrottlePolicy {
  int free;
  int most;
  EpochSeconds pause;
  EpochSeconds window;
};

// At most so many within a window, which begins with the first of them.
//
// Many people share one IPv4 address: those of a hospital group, and thousands of a mobile carrier.
// So a limit of a network leaves room for them, and only counts what a person does not do all day:
// wrong passwords, mails to be sent.
struct Limit {
  std::int64_t most;
  EpochSeconds window;
};

// A limit of a network counts an IPv6 address by each of these prefixes, the wider ones with so
// many times as much. Providers give a subscriber a /64, a /56 or a /48 (RFC 6177), and who has a
// /48 has 65,536 networks of /64. An IPv4 address is one network.
struct NetworkWidth {
  unsigned bits;
  int allowance;
};
inline constexpr std::array<NetworkWidth, 3> kNetworkWidths = {{{64, 1}, {56, 2}, {48, 4}}};

// Wrong passwords of one account from browsers that it does not know, within the window of
// kPasswordsOfAccount, after which its owner is told by mail. Ours.
inline constexpr int kAttackTries = 10;

// What one address gets from everybody within an hour, before an alarm is raised and the rules of
// a flood apply: what says the same as a letter of the last kSameLetter is not sent again, and each
// network causes one letter an hour. Ours: nobody registers so often; and as a link is good for
// an hour, who owns the address always has one that works.
inline constexpr Limit kFloodOfAddress = {10, kHour};
inline constexpr std::int64_t kLettersInFlood = 1;
inline constexpr EpochSeconds kSameLetter = 10 * kMinute;

enum class Throttle {
  kPasswordFromNetwork,
  kPasswordFromDevice,
  kPasswordsOfNetwork,
  kPasswordsOfAccount,
  kAttackTold,
  kNewAddress,
  kResetOfAddress,
  kResetOfNetwork,
  kWaitingOfNetwork,
  kMailOfClinic,
  kMailOfNetwork,
  kMailsOfClinic,
  kMailOfSystem,
  kDeskLookUps,
};

// A row of the table of throttles. Either `policy` (Throttles::take) or `limit` (Throttles::count)
// says how often; where a setting does, limit.most is 0.
struct ThrottleKind {
  Throttle throttle;
  std::string_view prefix;    // of its keys in the database; no other's begins with it
  std::string_view keyed_by;  // what follows the prefix; empty: nothing, there is one key
  std::string_view meaning;   // what it slows down, and the source of its numbers
  std::string_view felt;      // what happens over the limit, and to whom (conf/limits.md)
  ThrottlePolicy policy = {};
  Limit limit = {};
  std::string_view setting = "";  // that says how many, if limit.most is 0
  bool alarms = false;            // over the limit, the operator is told and nobody is refused
};

std::span<const ThrottleKind> throttle_kinds();
const ThrottleKind& throttle_kind(Throttle throttle);

// One word for the log: "network".
std::string_view name_of(Throttle throttle);

// The key under which the throttle counts `name`: what keyed_by says.
std::string throttle_key(Throttle throttle, std::string_view name = "");

// Keys of a throttle that counts something and who does it: an account (its id, or what stands for
// one), a clinic or an address, and the network or the device; without a subject, of who does it
// alone. The second begins the keys of that subject from everywhere.
std::string throttle_key(Throttle throttle, std::string_view subject, std::string_view from);
std::string throttle_keys(Throttle throttle, std::string_view subject);

// The same for a network with an allowance (NetworkWidth).
constexpr Limit times(Limit limit, int allowance) {
  return {limit.most * allowance, limit.window};
}
constexpr ThrottlePolicy times(ThrottlePolicy policy, int allowance) {
  return {policy.free * allowance, policy.most * allowance, policy.pause, policy.window};
}

// The longest window of the table: what is older counts for nothing.
EpochSeconds longest_throttle_window();

// --- Keeping -------------------------------------------------------------------------------------

// `portalctl purge` removes what ended so long ago. Ours: if the clock was ahead for a while, by up
// to this, what seemed to have ended meanwhile is found alive again when it is right.
inline constexpr EpochSeconds kPurgeDelay = 2 * kHour;

// Account links that are over say so for this time; counts of throttles and of mails to an address
// are kept as long. Ours: no window is longer (a test compares).
inline constexpr EpochSeconds kEndedKept = 2 * kDay;

}  // namespace portal
