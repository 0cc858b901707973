// Table web_session: who is logged in, by the SHA-256 of the cookie's token.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"

namespace portal {

class Connection;

struct WebSession {
  std::string token_hash;  // also names the session on the own page: it opens nothing
  std::string account_id;
  EpochSeconds created_at = 0;
  EpochSeconds seen_at = 0;
  std::string client;      // address
  std::string user_agent;  // as sent, bounded
  // The account's login before this one, for its owner to recognise.
  EpochSeconds previous_login_at = 0;  // 0: never
  std::string previous_login_client = {};
};

// A session ends when it was not used for `idle`, and `lifetime` after its login (ASVS 3.3.2).
struct SessionLimits {
  EpochSeconds idle;
  EpochSeconds lifetime;
};

class WebSessions {
 public:
  explicit WebSessions(Connection& connection) : connection_(connection) {}
  void add(const WebSession& session);
  // Only one that has not ended, of an active account.
  std::optional<WebSession> find(std::string_view token_hash, EpochSeconds now,
                                 const SessionLimits& limits);
  void touch(std::string_view token_hash, EpochSeconds now);
  // Those that have not ended, newest first.
  std::vector<WebSession> of_account(std::string_view account_id, EpochSeconds now,
                                     const SessionLimits& limits);
  // False if there is none of that account.
  bool remove(std::string_view account_id, std::string_view token_hash);
  // All of the account but `kept` (empty: all). How many.
  int remove_all(std::string_view account_id, std::string_view kept);
  int remove_everyones();  // of all accounts; how many
  int purge(EpochSeconds now, const SessionLimits& limits, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
