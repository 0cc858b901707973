#include "core/database/mail/mail_attempts.h"

#include "core/database/engine/columns.h"
#include "core/text/text.h"

namespace portal {
namespace {

const Columns<MailAttempt> kColumns = {
    {"outbox_id", &MailAttempt::outbox_id}, {"at", &MailAttempt::at},
    {"outcome", &MailAttempt::outcome},     {"reply", &MailAttempt::reply},
    {"fault", &MailAttempt::fault},         {"letter", &MailAttempt::letter},
    {"obstacle", &MailAttempt::obstacle},
};

const std::string kAdd =
    "INSERT INTO mail_attempt (id, outbox_id, at, outcome, reply, fault, letter, obstacle) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const std::string kOf =
    kColumns.select_from("mail_attempt") + "WHERE outbox_id = $1 ORDER BY at, id";

}  // namespace

void MailAttempts::add(std::string_view id, const MailAttempt& attempt) {
  connection_.execute(
      kAdd, {id, attempt.outbox_id, attempt.at, attempt.outcome, text::repaired(attempt.reply),
             attempt.fault, attempt.letter, attempt.obstacle});
}

std::vector<MailAttempt> MailAttempts::of(std::string_view outbox_id) {
  return kColumns.all(connection_, kOf, {outbox_id});
}

}  // namespace portal
