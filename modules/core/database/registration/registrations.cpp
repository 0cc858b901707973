#include "core/database/registration/registrations.h"

#include "core/database/engine/applicant_columns.h"

namespace portal {
namespace {

const Columns<Registration> kOwnColumns = {
    {"id", &Registration::id},
    {"draft_id", &Registration::draft_id},
    {"signup_hash", &Registration::signup_hash},
    {"email_key", &Registration::email_key},
    {"created_at", &Registration::created_at},
    {"expires_at", &Registration::expires_at},
    {"activated_at", &Registration::activated_at},
    {"cancelled_at", &Registration::cancelled_at},
};

const Columns<Registration> kColumns = kOwnColumns.with(applicant_columns());
const Columns<Registration> kAdded = kColumns.with({"password_hash", &Registration::password_hash});

// ON CONFLICT names no column, because the same draft also has the same signup_hash, which is made
// from the same token.
const std::string kAdd = kAdded.insert_into("registration") + "ON CONFLICT DO NOTHING";
const std::string kFind = kColumns.select_from("registration") + "WHERE id = $1";
const std::string kFindByDraft = kColumns.select_from("registration") + "WHERE draft_id = $1";
const std::string kFindBySignup = kColumns.select_from("registration") + "WHERE signup_hash = $1";
std::string newest_pending_by(const std::string& column) {
  return kColumns.select_from("registration") + "WHERE " + column +
         " = $1 AND activated_at = 0 AND cancelled_at = 0 AND expires_at > $2 "
         "ORDER BY created_at DESC, id DESC LIMIT 1";
}
const std::string kNewestPending = newest_pending_by("email_key");
const std::string kNewestPendingOf = newest_pending_by("registration_number");
const std::string kActivate =
    "UPDATE registration SET activated_at = $1, password_hash = '' "
    "WHERE id = $2 AND email = $3 AND activated_at = 0 AND cancelled_at = 0";
const std::string kCancel =
    "UPDATE registration SET cancelled_at = $1, password_hash = '' "
    "WHERE id = $2 AND email = $3 AND activated_at = 0 AND cancelled_at = 0";
const std::string kCorrectEmail =
    "UPDATE registration SET email = $1, email_key = $2 "
    "WHERE id = $3 AND email = $4 AND activated_at = 0 AND cancelled_at = 0";
const std::string kKeep =
    "UPDATE registration SET expires_at = CASE WHEN expires_at < $1 THEN $1 ELSE expires_at END "
    "WHERE id = $2 AND email = $3 AND activated_at = 0 AND cancelled_at = 0";

// The statement has the condition twice, because PostgreSQL checks a row again after it has waited
// for it.
std::string purge_of(const std::string& condition) {
  return "DELETE FROM registration WHERE id IN (SELECT id FROM registration WHERE " + condition +
         " ORDER BY expires_at LIMIT $2) AND " + condition + " RETURNING id";
}
// There are two statements. If one had both conditions, PostgreSQL would remove a row that was
// activated while it waited for the row, because it would look for the account as of before.
const std::string kPurgePending = purge_of("expires_at <= $1 AND activated_at = 0");
const std::string kPurgeLeft = purge_of(
    "expires_at <= $1 AND activated_at > 0 "
    "AND NOT EXISTS (SELECT 1 FROM account WHERE account.id = registration.id) "
    "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.account_id = registration.id "
    "AND outbox.account_id <> '' AND outbox.state = 'queued')");
const std::string kQueuedMails = "registration_id = $1 AND state = 'queued'";
const std::string kPurgeMailsOnSqlite = "DELETE FROM outbox WHERE " + kQueuedMails;
// A mail that another transaction holds is a mailer's, which may wait for the registration: it
// withholds the mail when it finds that the registration is gone.
const std::string kPurgeMailsOnPostgresql =
    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE " + kQueuedMails +
    " FOR UPDATE SKIP LOCKED)";

const Columns<RegistrationEntry> kEntryColumns = {
    {"registration.id", &RegistrationEntry::id},
    {"registration.created_at", &RegistrationEntry::created_at},
    {"registration.state", &RegistrationEntry::state},
    {"registration.registration_number", &RegistrationEntry::number},
    {"registration.email", &RegistrationEntry::email},
    {"COALESCE(mail.state, '')", &RegistrationEntry::mail_state},
    {"COALESCE(mail.letter, '')", &RegistrationEntry::mail_letter},
    {"COALESCE(mail.last_reply, '')", &RegistrationEntry::mail_reply},
};
const std::string kList =
    kEntryColumns.select_from(
        // The LIMIT comes first, so that mails are looked up only for the listed rows.
        "(SELECT * FROM (SELECT id, created_at, registration_number, email, email_key, "
        "CASE WHEN activated_at > 0 THEN 'activated' WHEN cancelled_at > 0 THEN 'cancelled' "
        "WHEN expires_at > $1 THEN 'pending' "
        "ELSE 'expired' END AS state FROM registration) AS every "
        "WHERE ($2 = '' OR email_key = $2) AND ($3 = '' OR registration_number = $3) "
        "AND ($4 = '' OR state = $4) ORDER BY created_at DESC, id DESC LIMIT $5) AS registration "
        "LEFT JOIN outbox AS mail ON mail.id = (SELECT id FROM outbox WHERE "
        "outbox.registration_id = registration.id ORDER BY created_at DESC, id DESC LIMIT 1) ") +
    "ORDER BY registration.created_at DESC, registration.id DESC";

std::string ids_in(const std::string& table) {
  return "SELECT id, created_at FROM " + table +
         " WHERE (email_key = $1 AND $1 <> '') OR (registration_number = $2 AND $2 <> '') "
         "OR (phone = $3 AND $3 <> '')";
}
const std::string kIdsOf = "SELECT id FROM (" + ids_in("registration") + " UNION ALL " +
                           ids_in("account") +
                           ") AS both_of GROUP BY id ORDER BY MIN(created_at) DESC, id LIMIT $4";

}  // namespace

bool Registrations::add(const Registration& registration) {
  return connection_.execute(kAdd, kAdded.values(registration)) == 1;
}

std::optional<Registration> Registrations::find(std::string_view id) {
  return kColumns.first(connection_, kFind, {id});
}

std::optional<Registration> Registrations::find_by_draft(std::string_view draft_id) {
  return kColumns.first(connection_, kFindByDraft, {draft_id});
}

std::optional<Registration> Registrations::find_by_signup(std::string_view signup_hash) {
  return kColumns.first(connection_, kFindBySignup, {signup_hash});
}

std::optional<Registration> Registrations::newest_pending(std::string_view email_key,
                                                          EpochSeconds now) {
  return kColumns.first(connection_, kNewestPending, {email_key, now});
}

std::optional<Registration> Registrations::newest_pending_of(const RegistrationNumber& number,
                                                             EpochSeconds now) {
  return kColumns.first(connection_, kNewestPendingOf, {number, now});
}

bool Registrations::mark_activated(std::string_view id, std::string_view email, EpochSeconds now) {
  return connection_.execute(kActivate, {now, id, email}) == 1;
}

bool Registrations::cancel(std::string_view id, std::string_view email, EpochSeconds now) {
  return connection_.execute(kCancel, {now, id, email}) == 1;
}

bool Registrations::correct_email(std::string_view id, std::string_view email,
                                  std::string_view right, std::string_view right_key) {
  return connection_.execute(kCorrectEmail, {right, right_key, id, email}) == 1;
}

bool Registrations::keep_until(std::string_view id, std::string_view email,
                               EpochSeconds expires_at) {
  return connection_.execute(kKeep, {expires_at, id, email}) == 1;
}

int Registrations::purge(EpochSeconds now, int most) {
  // Their links are removed with them (ON DELETE CASCADE).
  const auto& purge_mails =
      connection_.is_postgresql() ? kPurgeMailsOnPostgresql : kPurgeMailsOnSqlite;
  int gone = 0;
  for (const auto* purge : {&kPurgePending, &kPurgeLeft}) {
    for (const Row& row : connection_.select(*purge, 1, {now, most - gone})) {
      connection_.execute(purge_mails, {row.front()});
      ++gone;
    }
  }
  return gone;
}

std::vector<std::string> Registrations::ids_of(std::string_view email_key,
                                               const std::optional<RegistrationNumber>& number,
                                               std::string_view phone, int most) {
  std::vector<std::string> ids;
  for (Row& row : connection_.select(kIdsOf, 1, {email_key, number, phone, most})) {
    ids.push_back(std::move(row.front()));
  }
  return ids;
}

std::vector<RegistrationEntry> Registrations::list(const RegistrationFilter& filter,
                                                   EpochSeconds now) {
  return kEntryColumns.all(connection_, kList,
                           {now, filter.email_key, filter.number, filter.state, filter.most});
}

}  // namespace portal
