// Table web_session: the logins, by the SHA-256 of the cookie's token.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct WebSession {
  std::string token_hash;  // also names the session on the account page, where it opens nothing
  std::string account_id;
  EpochSeconds created_at = 0;
  EpochSeconds seen_at = 0;
  std::string client;      // address
  std::string user_agent;  // as it was sent, but limited
  // The account's previous login, shown so that the owner notices a foreign one.
  EpochSeconds previous_login_at = 0;  // 0 if there was none
  std::string previous_login_client = {};
};

// A session ends when it has not been used for `idle` seconds, and `lifetime` seconds after its
// login (ASVS 3.3.2).
struct SessionLimits {
  EpochSeconds idle;
  EpochSeconds lifetime;
};

class WebSessions {
 public:
  explicit WebSessions(Connection& connection) : connection_(connection) {}
  void add(const WebSession& session);
  // Finds a session that has not ended and belongs to an active account.
  std::optional<WebSession> find(std::string_view token_hash, EpochSeconds now,
                                 const SessionLimits& limits);
  void touch(std::string_view token_hash, EpochSeconds now);
  // The sessions of an account that have not ended, newest first.
  std::vector<WebSession> of_account(std::string_view account_id, EpochSeconds now,
                                     const SessionLimits& limits);
  // False if the account has no such session.
  bool remove(std::string_view account_id, std::string_view token_hash);
  // Ends all sessions of the account except `kept`, which may be empty. Returns their number.
  int remove_all(std::string_view account_id, std::string_view kept);
  int remove_everyones();  // of all accounts; returns their number
  int purge(EpochSeconds now, const SessionLimits& limits, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
