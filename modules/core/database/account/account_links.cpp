#include "core/database/account/account_links.h"

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<AccountLink> kColumns = {
    {"token_hash", &AccountLink::token_hash}, {"account_id", &AccountLink::account_id},
    {"purpose", &AccountLink::purpose},       {"email", &AccountLink::email},
    {"sent_at", &AccountLink::sent_at},       {"used_at", &AccountLink::used_at},
};

const std::string kAdd = kColumns.insert_into("account_link");
const std::string kFind = kColumns.select_from("account_link") + "WHERE token_hash = $1";
const std::string kOfAccount =
    kColumns.select_from("account_link") + "WHERE account_id = $1 ORDER BY sent_at DESC";
// This is one statement, so if two run at the same time, only one changes the row.
const std::string kUse =
    "UPDATE account_link SET used_at = $1 WHERE token_hash = $2 AND used_at = 0";
const std::string kEndAll =
    "UPDATE account_link SET used_at = $1 WHERE account_id = $2 AND used_at = 0";
const std::string kEndEveryones = "UPDATE account_link SET used_at = $1 WHERE used_at = 0";
const std::string kPurge =
    "DELETE FROM account_link WHERE token_hash IN "
    "(SELECT token_hash FROM account_link WHERE sent_at < $1 LIMIT $2)";

}  // namespace

void AccountLinks::add(const AccountLink& link) {
  connection_.execute(kAdd, kColumns.values(link));
}

std::optional<AccountLink> AccountLinks::find(std::string_view token_hash) {
  return kColumns.first(connection_, kFind, {token_hash});
}

std::vector<AccountLink> AccountLinks::of_account(std::string_view id) {
  return kColumns.all(connection_, kOfAccount, {id});
}

bool AccountLinks::use(std::string_view token_hash, EpochSeconds now) {
  return connection_.execute(kUse, {now, token_hash}) == 1;
}

void AccountLinks::end_all(std::string_view account_id, EpochSeconds now) {
  connection_.execute(kEndAll, {now, account_id});
}

int AccountLinks::end_everyones(EpochSeconds now) {
  return static_cast<int>(connection_.execute(kEndEveryones, {now}));
}

int AccountLinks::purge(EpochSeconds sent_before, int most) {
  return static_cast<int>(connection_.execute(kPurge, {sent_before, most}));
}

}  // namespace portal
