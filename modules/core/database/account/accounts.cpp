#include "core/database/account/accounts.h"

#include "core/database/engine/applicant_columns.h"

namespace portal {
namespace {

const Columns<Account> kOwnColumns = {
    {"id", &Account::id},
    {"email_key", &Account::email_key},
    {"created_at", &Account::created_at},
    {"state", &Account::state},
    {"last_login_at", &Account::last_login_at},
    {"last_login_client", &Account::last_login_client},
};

const Columns<Account> kColumns = kOwnColumns.with(applicant_columns());
const Columns<Account> kAdded = kColumns.with({"password_hash", &Account::password_hash});

const std::string kAdd = kAdded.insert_into("account") + "ON CONFLICT DO NOTHING";
const std::string kFind = kColumns.select_from("account") + "WHERE id = $1";
const std::string kFindByEmail = kColumns.select_from("account") + "WHERE email_key = $1";
const std::string kFindByNumber =
    kColumns.select_from("account") + "WHERE registration_number = $1";
// PostgreSQL locks what an UPDATE names, whatever it changes.
const std::string kLock = "UPDATE account SET last_login_at = last_login_at WHERE id = $1";
const std::string kLockWithEmail = kLock + " AND email = $2";
const std::string kSetPhone = "UPDATE account SET phone = $1 WHERE id = $2";
// A unique violation would end the whole transaction, so the statement looks for the address first.
// If two run at the same time, one still meets the violation and is run again (Engine::conflict).
const std::string kSetEmail =
    "UPDATE account SET email = $1, email_key = $2 WHERE id = $3 "
    "AND NOT EXISTS (SELECT 1 FROM account other WHERE other.email_key = $2 AND other.id <> $3)";
const std::string kSetPassword = "UPDATE account SET password_hash = $1 WHERE id = $2";
const std::string kSetState = "UPDATE account SET state = $1 WHERE id = $2";
const std::string kSetLastLogin =
    "UPDATE account SET last_login_at = $1, last_login_client = $2 WHERE id = $3";
const std::string kRemove = "DELETE FROM account WHERE id = $1";

}  // namespace

bool Accounts::add(const Account& account) {
  return connection_.execute(kAdd, kAdded.values(account)) == 1;
}

std::optional<Account> Accounts::find(std::string_view id) {
  return kColumns.first(connection_, kFind, {id});
}

std::optional<Account> Accounts::find_by_email(std::string_view email_key) {
  return kColumns.first(connection_, kFindByEmail, {email_key});
}

std::optional<Account> Accounts::find_by_number(const RegistrationNumber& number) {
  return kColumns.first(connection_, kFindByNumber, {number});
}

void Accounts::lock(std::string_view id) {
  connection_.execute(kLock, {id});
}

bool Accounts::lock(std::string_view id, std::string_view email) {
  return connection_.execute(kLockWithEmail, {id, email}) == 1;
}

bool Accounts::set_phone(std::string_view id, std::string_view phone) {
  return connection_.execute(kSetPhone, {phone, id}) == 1;
}

bool Accounts::set_email(std::string_view id, std::string_view email, std::string_view email_key) {
  return connection_.execute(kSetEmail, {email, email_key, id}) == 1;
}

bool Accounts::set_password(std::string_view id, std::string_view password_hash) {
  return connection_.execute(kSetPassword, {password_hash, id}) == 1;
}

bool Accounts::set_state(std::string_view id, std::string_view state) {
  return connection_.execute(kSetState, {state, id}) == 1;
}

bool Accounts::set_last_login(std::string_view id, EpochSeconds now, std::string_view client) {
  return connection_.execute(kSetLastLogin, {now, client, id}) == 1;
}

bool Accounts::remove(std::string_view id) {
  return connection_.execute(kRemove, {id}) == 1;
}

}  // namespace portal
