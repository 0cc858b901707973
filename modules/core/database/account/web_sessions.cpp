#include "core/database/account/web_sessions.h"

#include "core/database/engine/columns.h"
#include "core/text/text.h"

namespace portal {
namespace {

const Columns<WebSession> kColumns = {
    {"token_hash", &WebSession::token_hash},
    {"account_id", &WebSession::account_id},
    {"created_at", &WebSession::created_at},
    {"seen_at", &WebSession::seen_at},
    {"client", &WebSession::client},
    {"user_agent", &WebSession::user_agent},
    {"previous_login_at", &WebSession::previous_login_at},
    {"previous_login_client", &WebSession::previous_login_client},
};

const std::string kAdd = kColumns.insert_into("web_session");
const std::string kFind =
    kColumns.select_from("web_session") +
    "WHERE token_hash = $1 AND seen_at > $2 AND created_at > $3 AND EXISTS "
    "(SELECT 1 FROM account WHERE account.id = web_session.account_id AND state = 'active')";
// The time never goes back: simultaneous requests may come in any order.
const std::string kTouch =
    "UPDATE web_session SET seen_at = $1 WHERE token_hash = $2 AND seen_at < $1";
const std::string kOfAccount = kColumns.select_from("web_session") +
                               "WHERE account_id = $1 AND seen_at > $2 AND created_at > $3 "
                               "ORDER BY created_at DESC, token_hash";
const std::string kRemove = "DELETE FROM web_session WHERE account_id = $1 AND token_hash = $2";
const std::string kRemoveAll = "DELETE FROM web_session WHERE account_id = $1 AND token_hash <> $2";
const std::string kRemoveEveryones = "DELETE FROM web_session";
const std::string kPurge =
    "DELETE FROM web_session WHERE token_hash IN (SELECT token_hash FROM web_session "
    "WHERE seen_at <= $1 OR created_at <= $2 LIMIT $3)";

}  // namespace

void WebSessions::add(const WebSession& session) {
  WebSession row = session;
  row.user_agent = text::repaired(session.user_agent);
  connection_.execute(kAdd, kColumns.values(row));
}

std::optional<WebSession> WebSessions::find(std::string_view token_hash, EpochSeconds now,
                                            const SessionLimits& limits) {
  return kColumns.first(connection_, kFind, {token_hash, now - limits.idle, now - limits.lifetime});
}

void WebSessions::touch(std::string_view token_hash, EpochSeconds now) {
  connection_.execute(kTouch, {now, token_hash});
}

std::vector<WebSession> WebSessions::of_account(std::string_view account_id, EpochSeconds now,
                                                const SessionLimits& limits) {
  return kColumns.all(connection_, kOfAccount,
                      {account_id, now - limits.idle, now - limits.lifetime});
}

bool WebSessions::remove(std::string_view account_id, std::string_view token_hash) {
  return connection_.execute(kRemove, {account_id, token_hash}) == 1;
}

int WebSessions::remove_all(std::string_view account_id, std::string_view kept) {
  return static_cast<int>(connection_.execute(kRemoveAll, {account_id, kept}));
}

int WebSessions::remove_everyones() {
  return static_cast<int>(connection_.execute(kRemoveEveryones));
}

int WebSessions::purge(EpochSeconds now, const SessionLimits& limits, int most) {
  return static_cast<int>(
      connection_.execute(kPurge, {now - limits.idle, now - limits.lifetime, most}));
}

}  // namespace portal
