// Table registration: one row for each application that was completed with OK. It is pending until
// its link is followed, and reserves neither the address nor the clinic (contract.md §4).
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/registration/applicant.h"

namespace portal {

class Connection;

struct Registration : Applicant {
  std::string id = {};
  std::string draft_id = {};       // unique, so that a draft gives only one registration
  std::string signup_hash = {};    // token_hash of the signup cookie
  std::string email_key = {};      // email_key() of the address
  std::string password_hash = {};  // for add(); else empty (see password_hashes.h)
  EpochSeconds created_at = 0;
  EpochSeconds expires_at = 0;    // after this time a pending one may be purged
  EpochSeconds activated_at = 0;  // 0 while pending
  EpochSeconds cancelled_at = 0;  // by 「心当たりがない」; 0 if it was not cancelled

  bool activated() const { return activated_at != 0; }
  bool cancelled() const { return cancelled_at != 0; }
  // Neither its link nor 「心当たりがない」 was followed, though its time may be over.
  bool open() const { return !activated() && !cancelled(); }
  bool waits(EpochSeconds now) const { return open() && expires_at > now; }
};

struct NamedState {
  std::string_view name;  // in listings, for programs
  Words words;            // for operators and the call centre
};
inline constexpr auto kRegistrationStateRows = std::to_array<NamedState>({
    {"pending", {"waits for its link", "有効化待ち"}},
    {"activated", {"activated", "有効化済み"}},
    {"expired", {"expired", "期限切れ"}},
    {"cancelled", {"cancelled", "取り消し"}},
});
inline constexpr auto kRegistrationStates = [] {
  std::array<std::string_view, kRegistrationStateRows.size()> names{};
  std::ranges::transform(kRegistrationStateRows, names.begin(), &NamedState::name);
  return names;
}();

// A registration as operators see it, with the outcome of its newest mail.
struct RegistrationEntry {
  std::string id;
  EpochSeconds created_at = 0;
  std::string state;  // one of kRegistrationStates
  RegistrationNumber number;
  std::string email;        // as typed
  std::string mail_state;   // one of kMailStates; empty if it has no mail
  std::string mail_letter;  // OutboxEntry::letter
  std::string mail_reply;   // OutboxEntry::last_reply
};

struct RegistrationFilter {  // an empty text means any
  std::string email_key;
  std::optional<RegistrationNumber> number;
  std::string_view state;  // one of kRegistrationStates
  int most = 1000;
};

class Registrations {
 public:
  explicit Registrations(Connection& connection) : connection_(connection) {}

  // Returns false and changes nothing if the draft already has a registration.
  bool add(const Registration& registration);

  std::optional<Registration> find(std::string_view id);
  std::optional<Registration> find_by_draft(std::string_view draft_id);
  std::optional<Registration> find_by_signup(std::string_view signup_hash);
  // The newest registration of an address, or of a clinic, that is pending and neither expired nor
  // cancelled.
  std::optional<Registration> newest_pending(std::string_view email_key, EpochSeconds now);
  std::optional<Registration> newest_pending_of(const RegistrationNumber& number, EpochSeconds now);

  // `email` is the address with which the row was read: these four look again, because it may have
  // been corrected since.
  // Makes a pending registration activated and removes the password hash from its row. False if it
  // was not pending, was cancelled, or has another address by now.
  [[nodiscard]] bool mark_activated(std::string_view id, std::string_view email, EpochSeconds now);
  // Keeps the row at least until then: call it before a sending, because the row must be kept as
  // long as its link. False if it is not pending any more or has another address by now.
  [[nodiscard]] bool keep_until(std::string_view id, std::string_view email,
                                EpochSeconds expires_at);
  // Cancels a registration; its links no longer work. False if it was activated or already
  // cancelled, or has another address by now.
  [[nodiscard]] bool cancel(std::string_view id, std::string_view email, EpochSeconds now);
  // Replaces a mistyped address by another. False if it is not pending any more, or has another
  // address by now.
  [[nodiscard]] bool correct_email(std::string_view id, std::string_view email,
                                   std::string_view right, std::string_view right_key);
  // Removes registrations that have expired, with their links and unsent mails: pending ones, and
  // activated ones whose account is gone (left or released). Those are kept while a mail about it
  // waits, because the mail takes the name from here.
  int purge(EpochSeconds now, int most);

  // The ids of the registrations and accounts (an account has its registration's id) that have one
  // of these values, unless it is empty. At most `most`, newest first.
  std::vector<std::string> ids_of(std::string_view email_key,
                                  const std::optional<RegistrationNumber>& number,
                                  std::string_view phone, int most);

  std::vector<RegistrationEntry> list(const RegistrationFilter& filter,
                                      EpochSeconds now);  // newest first

 private:
  Connection& connection_;
};

}  // namespace portal
