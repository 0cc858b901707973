#include "core/database/mail/outbox.h"

#include <Poco/String.h>

#include <algorithm>
#include <tuple>

#include "core/database/engine/columns.h"
#include "core/text/text.h"

namespace portal {
namespace {

const Columns<OutboxRow> kColumns = {
    {"id", &OutboxRow::id},
    {"kind", &OutboxRow::kind},
    {"registration_id", &OutboxRow::registration_id},
    {"recipient", &OutboxRow::recipient},
    {"created_at", &OutboxRow::created_at},
    {"next_attempt_at", &OutboxRow::next_attempt_at},
    {"attempts", &OutboxRow::attempts},
    {"account_id", &OutboxRow::account_id},
    {"network", &OutboxRow::network},
    {"request_id", &OutboxRow::request_id},
    {"device", &OutboxRow::device},
};

const Columns<OutboxRow> kLeasedColumns = kColumns.with({"fault", &OutboxRow::fault})
                                              .with({"blocked", &OutboxRow::blocked})
                                              .with({"passed_over", &OutboxRow::passed_over});

const Columns<OutboxEntry> kEntryColumns = {
    {"id", &OutboxEntry::id},
    {"kind", &OutboxEntry::kind},
    {"registration_id", &OutboxEntry::registration_id},
    {"recipient", &OutboxEntry::recipient},
    {"created_at", &OutboxEntry::created_at},
    {"next_attempt_at", &OutboxEntry::next_attempt_at},
    {"attempts", &OutboxEntry::attempts},
    {"account_id", &OutboxEntry::account_id},
    {"network", &OutboxEntry::network},
    {"request_id", &OutboxEntry::request_id},
    {"state", &OutboxEntry::state},
    {"done_at", &OutboxEntry::done_at},
    {"last_reply", &OutboxEntry::last_reply},
    {"fault", &OutboxEntry::fault},
    {"letter", &OutboxEntry::letter},
    {"obstacle", &OutboxEntry::obstacle},
};

// During an upgrade, before the migrations that add some of them.
constexpr std::int64_t kNewestSince = 9;
constexpr std::int64_t kDeviceSince = 10;
const Columns<OutboxRow> kColumnsOf9 = kColumns.without("device");
const Columns<OutboxRow> kColumnsBefore = kColumnsOf9.without("request_id");
const Columns<OutboxEntry> kEntryColumnsBefore =
    kEntryColumns.without("request_id").without("letter").without("obstacle");

const Columns<OutboxCount> kCountColumns = {
    {"state", &OutboxCount::state},
    {"COUNT(*)", &OutboxCount::rows},
    {"MIN(created_at)", &OutboxCount::oldest},
};

const Columns<OutboxBacklog> kBacklogColumns = {
    {"state", &OutboxBacklog::state},
    {"COUNT(*)", &OutboxBacklog::rows},
    {"MIN(next_attempt_at)", &OutboxBacklog::first_due},
};

std::string add_with(const Columns<OutboxRow>& columns) {
  std::string places;
  for (std::size_t i = 1; i <= columns.size(); ++i) places += "$" + std::to_string(i) + ", ";
  return "INSERT INTO outbox (" + columns.names() +
         ", state, lease_owner, leased_until, done_at, last_reply) VALUES (" + places +
         "'queued', '', 0, 0, '')";
}
// The statement has the conditions twice, because PostgreSQL checks a row again after it has waited
// for it.
const std::string kDue = "state = 'queued' AND next_attempt_at <= $3 AND leased_until <= $3 ";
std::string lease_in_order(const std::string& order) {
  return "UPDATE outbox SET lease_owner = $1, leased_until = $2 WHERE id IN (SELECT id FROM outbox "
         "WHERE " +
         kDue + "ORDER BY " + order + " LIMIT $4) AND " + kDue + "RETURNING " +
         kLeasedColumns.names();
}
const std::string kLease = lease_in_order("next_attempt_at, id");
const std::string kLeaseLeastTried = lease_in_order("attempts, next_attempt_at, id");
// `parameter` is the number of the row's id; that of the owner follows.
std::string end_of_lease(int parameter) {
  return ", lease_owner = '', leased_until = 0 WHERE id = $" + std::to_string(parameter) +
         " AND lease_owner = $" + std::to_string(parameter + 1) + " AND state = 'queued'";
}
const std::string kEndLease = end_of_lease(3);
const std::string kOneMore = ", attempts = attempts + 1";
const std::string kEndWithFault = ", fault = $3" + kOneMore + end_of_lease(4);
const std::string kSent =
    "UPDATE outbox SET state = 'sent', fault = '', done_at = $1, last_reply = $2" + kOneMore +
    kEndLease;
const std::string kFailed =
    "UPDATE outbox SET state = 'failed', done_at = $1, last_reply = $2" + kEndWithFault;
const std::string kWithheld =
    "UPDATE outbox SET state = 'withheld', fault = '', done_at = $1, last_reply = $2" + kEndLease;
const std::string kWaiting = "UPDATE outbox SET next_attempt_at = $1, last_reply = $2";
const std::string kPutBack = kWaiting + kEndWithFault;
const std::string kPutBackBlocked = kWaiting + ", blocked = blocked + 1" + kEndWithFault;
const std::string kHold = kWaiting + kEndLease;
const std::string kRelease =
    "UPDATE outbox SET lease_owner = '', leased_until = 0 "
    "WHERE id = $1 AND lease_owner = $2 AND state = 'queued'";
const std::string kNote =
    "UPDATE outbox SET letter = $1, obstacle = $2, "
    "registration_id = CASE WHEN registration_id = '' THEN $3 ELSE registration_id END, "
    "account_id = CASE WHEN account_id = '' THEN $4 ELSE account_id END WHERE id = $5";
// What was written before the clock was set back: the row itself, or what came of its last attempt.
const std::string kMendWaits =
    "UPDATE outbox SET next_attempt_at = $1 WHERE state = 'queued' AND next_attempt_at > $1 AND "
    "(created_at > $2 OR EXISTS (SELECT 1 FROM mail_attempt WHERE mail_attempt.outbox_id = "
    "outbox.id AND mail_attempt.at > $2))";
const std::string kMendLeases =
    "UPDATE outbox SET leased_until = $1 WHERE state = 'queued' AND leased_until > $1";
const std::string kBounced =
    "UPDATE outbox SET state = 'bounced', done_at = $1, last_reply = $2, fault = $3 "
    "WHERE id = $4 AND state = 'sent'";
const std::string kNewestRow =
    "WHERE registration_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1";

const std::string kNewest =
    "SELECT COALESCE(MAX(created_at), 0) FROM outbox "
    "WHERE registration_id = $1 AND kind = 'activation'";

// Finds a number through the registration or the account, which has the same id. One of them may
// have been removed.
const std::string kList =
    kEntryColumns.select_from("outbox") +
    "WHERE ($1 = '' OR LOWER(recipient) = $1) "
    "AND ($2 = '' OR CASE WHEN account_id = '' THEN registration_id ELSE account_id END IN "
    "(SELECT id FROM registration WHERE registration_number = $2 "
    "UNION SELECT id FROM account WHERE registration_number = $2)) "
    "AND ($3 = '' OR state = $3) ORDER BY created_at DESC, id DESC LIMIT $4";
const std::string kAbout = kEntryColumns.select_from("outbox") +
                           "WHERE registration_id = $1 OR (account_id = $1 AND account_id <> '') "
                           "ORDER BY created_at DESC, id DESC LIMIT $2";
const std::string kOfRequest =
    kEntryColumns.select_from("outbox") +
    "WHERE request_id LIKE $1 ORDER BY created_at DESC, id DESC LIMIT $2";
const std::string kFind = "WHERE id = $1";
const std::string kFindInAnyCase =
    kEntryColumns.select_from("outbox") + "WHERE LOWER(id) = $1 LIMIT 2";
const std::string kCounts = kCountColumns.select_from("outbox") + "GROUP BY state";
const std::string kBacklog =
    kBacklogColumns.select_from("outbox") +
    "WHERE state IN ('queued', 'failed', 'bounced', 'withheld') GROUP BY state";
const std::string kRetry =
    "UPDATE outbox SET state = 'queued', next_attempt_at = $1, done_at = 0, fault = '', "
    "obstacle = '', passed_over = 0 ";
const std::string kRetryOne = kRetry + "WHERE id = $2 AND state <> 'sent'";
const std::string kRetryFailed = kRetry + "WHERE state = 'failed'";
const std::string kRetryWaiting = kRetry + "WHERE state = 'queued'";
const std::string kWithhold =
    "UPDATE outbox SET state = 'withheld', done_at = $1, last_reply = $2, obstacle = $3, "
    "lease_owner = '', leased_until = 0 WHERE ";
const std::string kWithholdQueued = kWithhold + "state = 'queued'";
const std::string kActivationsAtRest =
    "state = 'queued' AND leased_until <= $1 AND kind = 'activation' AND registration_id = $4";
const std::string kWithholdOnSqlite = kWithhold + kActivationsAtRest;
const std::string kWithholdOnPostgresql = kWithhold + "id IN (SELECT id FROM outbox WHERE " +
                                          kActivationsAtRest + " FOR NO KEY UPDATE SKIP LOCKED)";
const std::string kPurge =
    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox "
    "WHERE state IN ('sent', 'failed', 'bounced', 'withheld') AND done_at < $1 "
    "AND next_attempt_at < $2 LIMIT $3) "
    "AND state <> 'queued'";

// What the steps ask, whose programs may be newer than the schema.
std::optional<OutboxEntry> first_entry(Connection& connection, const std::string& condition,
                                       const Values& values) {
  const auto& columns = connection.schema() < kNewestSince ? kEntryColumnsBefore : kEntryColumns;
  return columns.first(connection, columns.select_from("outbox") + condition, values);
}

}  // namespace

void Outbox::add(const OutboxRow& row) {
  static const std::string kAdd = add_with(kColumns);
  static const std::string kAddOf9 = add_with(kColumnsOf9);
  static const std::string kAddBefore = add_with(kColumnsBefore);
  const std::int64_t schema = connection_.schema();
  if (schema >= kDeviceSince) {
    connection_.execute(kAdd, kColumns.values(row));
  } else if (schema >= kNewestSince) {
    connection_.execute(kAddOf9, kColumnsOf9.values(row));
  } else {
    connection_.execute(kAddBefore, kColumnsBefore.values(row));
  }
}

std::vector<OutboxEntry> Outbox::of_request(const std::string& prefix, int most) {
  return kEntryColumns.all(connection_, kOfRequest, {prefix + '%', most});
}

std::vector<OutboxRow> Outbox::lease(std::string_view owner, EpochSeconds now, EpochSeconds lease,
                                     int most) {
  auto rows = kLeasedColumns.all(connection_, kLease, {owner, now + lease, now, most});
  std::sort(rows.begin(), rows.end(), [](const OutboxRow& a, const OutboxRow& b) {
    return std::tie(a.next_attempt_at, a.id) < std::tie(b.next_attempt_at, b.id);
  });
  return rows;
}

std::vector<OutboxRow> Outbox::lease_least_tried(std::string_view owner, EpochSeconds now,
                                                 EpochSeconds lease) {
  return kLeasedColumns.all(connection_, kLeaseLeastTried, {owner, now + lease, now, 1});
}

bool Outbox::mark_sent(std::string_view id, std::string_view owner, EpochSeconds now,
                       std::string_view reply) {
  return connection_.execute(kSent, {now, text::repaired(reply), id, owner}) == 1;
}

bool Outbox::mark_failed(std::string_view id, std::string_view owner, EpochSeconds now,
                         std::string_view reply, MailFault fault) {
  return connection_.execute(kFailed, {now, text::repaired(reply), name_of(fault), id, owner}) == 1;
}

bool Outbox::mark_withheld(std::string_view id, std::string_view owner, EpochSeconds now,
                           std::string_view reason) {
  return connection_.execute(kWithheld, {now, text::repaired(reason), id, owner}) == 1;
}

bool Outbox::put_back(std::string_view id, std::string_view owner, EpochSeconds next_attempt_at,
                      std::string_view reply, MailFault fault) {
  return connection_.execute(
             kPutBack, {next_attempt_at, text::repaired(reply), name_of(fault), id, owner}) == 1;
}

bool Outbox::put_back_blocked(std::string_view id, std::string_view owner,
                              EpochSeconds next_attempt_at, std::string_view reply) {
  return connection_.execute(kPutBackBlocked, {next_attempt_at, text::repaired(reply),
                                               name_of(MailFault::kOurs), id, owner}) == 1;
}

bool Outbox::hold(std::string_view id, std::string_view owner, EpochSeconds until,
                  std::string_view reason) {
  return connection_.execute(kHold, {until, text::repaired(reason), id, owner}) == 1;
}

bool Outbox::release(std::string_view id, std::string_view owner) {
  return connection_.execute(kRelease, {id, owner}) == 1;
}

void Outbox::note(std::string_view id, const OutboxFinding& finding) {
  connection_.execute(
      kNote, {finding.letter, finding.obstacle, finding.registration_id, finding.account_id, id});
}

int Outbox::mend_times(EpochSeconds now, EpochSeconds lease) {
  return static_cast<int>(connection_.execute(kMendWaits, {now, now + kClockSlack}) +
                          connection_.execute(kMendLeases, {now + lease + kClockSlack}));
}

bool Outbox::mark_bounced(std::string_view id, EpochSeconds now, std::string_view reply,
                          MailFault fault) {
  return connection_.execute(kBounced, {now, text::repaired(reply), name_of(fault), id}) == 1;
}

EpochSeconds Outbox::newest(std::string_view registration_id) {
  return connection_.number(kNewest, {registration_id});
}

std::optional<OutboxEntry> Outbox::newest_row(std::string_view registration_id) {
  return first_entry(connection_, kNewestRow, {registration_id});
}

std::vector<OutboxEntry> Outbox::list(const OutboxFilter& filter) {
  return kEntryColumns.all(connection_, kList,
                           {filter.email_key, filter.number, filter.state, filter.most});
}

std::vector<OutboxEntry> Outbox::about(std::string_view id, int most) {
  return kEntryColumns.all(connection_, kAbout, {id, most});
}

std::optional<OutboxEntry> Outbox::find(std::string_view id) {
  return first_entry(connection_, kFind, {id});
}

std::optional<OutboxEntry> Outbox::find_in_any_case(std::string_view id) {
  const auto rows =
      kEntryColumns.all(connection_, kFindInAnyCase, {Poco::toLower(std::string(id))});
  if (rows.size() != 1) return std::nullopt;  // there is none, or it is not clear which
  return rows.front();
}

std::vector<OutboxCount> Outbox::counts() {
  return kCountColumns.all(connection_, kCounts, {});
}

std::vector<OutboxBacklog> Outbox::backlog() {
  return kBacklogColumns.all(connection_, kBacklog, {});
}

bool Outbox::retry(std::string_view id, EpochSeconds now) {
  return connection_.execute(kRetryOne, {now, id}) == 1;
}

int Outbox::retry_failed(EpochSeconds now) {
  return static_cast<int>(connection_.execute(kRetryFailed, {now}));
}

int Outbox::retry_waiting(EpochSeconds now) {
  return static_cast<int>(connection_.execute(kRetryWaiting, {now}));
}

int Outbox::withhold_queued(EpochSeconds now, std::string_view reason, MailObstacle obstacle) {
  return static_cast<int>(
      connection_.execute(kWithholdQueued, {now, text::repaired(reason), name_of(obstacle)}));
}

int Outbox::withhold_activations(std::string_view registration_id, EpochSeconds now,
                                 std::string_view reason, MailObstacle obstacle) {
  const auto& sql = connection_.is_postgresql() ? kWithholdOnPostgresql : kWithholdOnSqlite;
  return static_cast<int>(
      connection_.execute(sql, {now, reason, name_of(obstacle), registration_id}));
}

int Outbox::purge(EpochSeconds done_before, int most) {
  // The index is by the time of the next attempt. What has ended was due, or would have been soon.
  const EpochSeconds due_before = done_before + kDay;
  return static_cast<int>(connection_.execute(kPurge, {done_before, due_before, most}));
}

}  // namespace portal
