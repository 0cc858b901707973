#include "core/database/mail/mail_pause.h"

#include "core/database/engine/columns.h"
#include "core/text/text.h"

namespace portal {
namespace {

const Columns<MailPause> kColumns = {
    {"since", &MailPause::since},
    {"until", &MailPause::until},
    {"reason", &MailPause::reason},
};

const std::string kFind = kColumns.select_from("mail_pause");
const std::string kBegin =
    "INSERT INTO mail_pause (id, since, until, reason) VALUES ('outbox', $1, $2, $3) "
    "ON CONFLICT (id) DO NOTHING";
const std::string kPause =
    "INSERT INTO mail_pause (id, since, until, reason) VALUES ('outbox', $1, $2, $3) "
    "ON CONFLICT (id) DO UPDATE SET until = $2, reason = $3";
const std::string kProlong = "UPDATE mail_pause SET until = $1 WHERE until <= $2";
const std::string kMend = "UPDATE mail_pause SET until = $1 WHERE until > $1";
const std::string kEnd = "DELETE FROM mail_pause";
const std::string kAddRefused =
    "INSERT INTO mail_refused (outbox_id, at) VALUES ($1, $2) ON CONFLICT (outbox_id) DO NOTHING";
const std::string kRefusedRows = "id IN (SELECT outbox_id FROM mail_refused)";
const std::string kRecipients =
    "SELECT COUNT(DISTINCT LOWER(recipient)) FROM outbox WHERE " + kRefusedRows;
const std::string kAny =
    "SELECT (SELECT COUNT(*) FROM mail_refused) + (SELECT COUNT(*) FROM mail_pause)";
const std::string kPassOver =
    "UPDATE outbox SET passed_over = passed_over + 1 WHERE " + kRefusedRows;
const std::string kRevive =
    "UPDATE outbox SET state = 'queued', done_at = 0, next_attempt_at = $1 WHERE " + kRefusedRows +
    " AND state = 'failed'";
const std::string kForget = "DELETE FROM mail_refused";

}  // namespace

std::optional<MailPause> MailPauses::find() {
  return kColumns.first(connection_, kFind, {});
}

bool MailPauses::pause(EpochSeconds now, EpochSeconds until, std::string_view reason) {
  const std::string repaired = text::repaired(reason);
  // Only the insertion knows: a row that one looks for first, two mailers on PostgreSQL can both
  // miss.
  if (connection_.execute(kBegin, {now, until, repaired}) == 1) return true;
  connection_.execute(kPause, {now, until, repaired});
  return false;
}

bool MailPauses::prolong(EpochSeconds now, EpochSeconds until) {
  return connection_.execute(kProlong, {until, now}) == 1;
}

bool MailPauses::mend_times(EpochSeconds now, EpochSeconds longest) {
  return connection_.execute(kMend, {now + longest + kClockSlack}) == 1;
}

bool MailPauses::end() {
  connection_.execute(kForget);
  return connection_.execute(kEnd) == 1;
}

std::int64_t MailPauses::add_refused(std::string_view outbox_id, EpochSeconds now) {
  connection_.execute(kAddRefused, {outbox_id, now});
  return connection_.number(kRecipients);
}

bool MailPauses::any() {
  return connection_.number(kAny) > 0;
}

void MailPauses::pass_over_refused() {
  connection_.execute(kPassOver);
}

void MailPauses::revive_refused(EpochSeconds next_attempt_at) {
  connection_.execute(kRevive, {next_attempt_at});
}

}  // namespace portal
