// Table registration: one row an application that was completed with OK; pending until its link is
// followed. It reserves neither the address nor the clinic (contract.md §4).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/registration/applicant.h"

namespace portal {

class Connection;

struct Registration : Applicant {
  std::string id = {};
  std::string draft_id = {};       // unique: one draft, one registration
  std::string signup_hash = {};    // token_hash of the signup cookie
  std::string email_key = {};      // email_key() of the address
  std::string password_hash = {};  // for add(); empty in a row that was found: password_hashes.h
  EpochSeconds created_at = 0;
  EpochSeconds expires_at = 0;    // when a pending one may be purged
  EpochSeconds activated_at = 0;  // 0: pending
  EpochSeconds cancelled_at = 0;  // by 「心当たりがない」; 0: not

  bool activated() const { return activated_at != 0; }
  bool cancelled() const { return cancelled_at != 0; }
};

inline constexpr std::array<std::string_view, 4> kRegistrationStates = {"pending", "activated",
                                                                        "expired", "cancelled"};

// A registration as operators see it, with what became of its newest mail.
struct RegistrationEntry {
  std::string id;
  EpochSeconds created_at = 0;
  std::string state;  // one of kRegistrationStates
  RegistrationNumber number;
  std::string email;       // as typed
  std::string mail_state;  // one of kMailStates; empty: it has no mail
  std::string mail_reply;  // OutboxEntry::last_reply
};

struct RegistrationFilter {  // empty: any
  std::string email_key;
  std::optional<RegistrationNumber> number;
  std::string_view state;  // one of kRegistrationStates
  int most = 1000;
};

class Registrations {
 public:
  explicit Registrations(Connection& connection) : connection_(connection) {}

  // False, and nothing changes, if that draft has its registration already.
  bool add(const Registration& registration);

  std::optional<Registration> find(std::string_view id);
  std::optional<Registration> find_by_draft(std::string_view draft_id);
  std::optional<Registration> find_by_signup(std::string_view signup_hash);
  // The newest of that address, or of that clinic, that is pending, neither expired nor cancelled.
  std::optional<Registration> newest_pending(std::string_view email_key, EpochSeconds now);
  std::optional<Registration> newest_pending_of(const RegistrationNumber& number, EpochSeconds now);

  // Pending → activated; the password hash leaves the row. False if it was not pending, or
  // cancelled.
  bool mark_activated(std::string_view id, EpochSeconds now);
  // Its links then lead to nothing. False if it was activated, or cancelled before.
  bool cancel(std::string_view id, EpochSeconds now);
  // A sending was made: the row must outlive its link.
  void keep_until(std::string_view id, EpochSeconds expires_at);
  // Those whose time is over, with links and unsent mails: pending ones, and activated ones whose
  // account is gone (left or released), unless a mail about that waits, which takes the name from
  // here.
  int purge(EpochSeconds now, int most);

  // The ids of the registrations and accounts (an account has its registration's id) that one of
  // these, if it is not empty, belongs to; the newest of them, newest first.
  std::vector<std::string> ids_of(std::string_view email_key,
                                  const std::optional<RegistrationNumber>& number,
                                  std::string_view phone, int most);

  std::vector<RegistrationEntry> list(const RegistrationFilter& filter,
                                      EpochSeconds now);  // newest first

 private:
  Connection& connection_;
};

}  // namespace portal
