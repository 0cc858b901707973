#include "core/database/accounts.h"

#include "core/database/columns.h"

namespace portal {
namespace {

const Columns<Account> kColumns = {
    {"id", &Account::id},
    {"family_name", &Account::family_name},
    {"given_name", &Account::given_name},
    {"registration_number", &Account::number},
    {"phone", &Account::phone},
    {"email", &Account::email},
    {"email_key", &Account::email_key},
    {"password_hash", &Account::password_hash},
    {"created_at", &Account::created_at},
};

const std::string kAdd = kColumns.insert_into("account") + "ON CONFLICT DO NOTHING";
const std::string kFindByEmail = kColumns.select_from("account") + "WHERE email_key = $1";
const std::string kFindByNumber =
    kColumns.select_from("account") + "WHERE registration_number = $1";

}  // namespace

bool Accounts::add(const Account& account) {
  return connection_.execute(kAdd, kColumns.values(account)) == 1;
}

std::optional<Account> Accounts::find_by_email(std::string_view email_key) {
  return kColumns.first(connection_, kFindByEmail, {email_key});
}

std::optional<Account> Accounts::find_by_number(std::string_view number) {
  return kColumns.first(connection_, kFindByNumber, {number});
}

}  // namespace portal
