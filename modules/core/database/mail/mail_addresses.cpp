#include "core/database/mail/mail_addresses.h"

#include "core/database/engine/columns.h"
#include "core/registration/application.h"

namespace portal {
namespace {

const Columns<StopLink> kLinkColumns = {
    {"token_hash", &StopLink::token_hash},
    {"outbox_id", &StopLink::outbox_id},
    {"email_key", &StopLink::email_key},
    {"sent_at", &StopLink::sent_at},
    {"registration_id", &StopLink::registration_id},
    {"cause", &StopLink::cause},
    {"letter", &StopLink::letter},
};

// During an upgrade, before the migration that adds some of them.
constexpr std::int64_t kCauseSince = 10;
const Columns<StopLink> kLinkColumnsBefore = kLinkColumns.without("cause").without("letter");

const Columns<PreparedMails> kPreparedColumns = {
    {"cause", &PreparedMails::cause},
    {"letter", &PreparedMails::letter},
    {"COUNT(DISTINCT CASE WHEN sent_at >= $1 THEN outbox_id END)", &PreparedMails::within_hour},
    {"COUNT(DISTINCT outbox_id)", &PreparedMails::within_day},
    {"MAX(sent_at)", &PreparedMails::newest},
};

const Columns<FloodedAddress> kFloodedColumns = {
    {"email_key", &FloodedAddress::email_key},
    {"COUNT(DISTINCT outbox_id)", &FloodedAddress::mails},
};

const std::string kPrepare =
    "INSERT INTO mail_address (email_key, prepared_at, stopped_until) VALUES ($1, $2, 0) "
    "ON CONFLICT (email_key) DO UPDATE SET prepared_at = $2 RETURNING stopped_until";
const std::string kWasPrepared =
    "SELECT COUNT(*) FROM stop_link WHERE email_key = $1 AND outbox_id = $2";
const std::string kPrepared = kPreparedColumns.select_from("stop_link") +
                              "WHERE email_key = $2 AND outbox_id <> $3 AND sent_at >= $4 "
                              "AND sent_at <= $5 GROUP BY cause, letter";
const std::string kFlooded =
    kFloodedColumns.select_from("stop_link") +
    "WHERE sent_at > $1 GROUP BY email_key HAVING COUNT(DISTINCT outbox_id) > $2 "
    "ORDER BY COUNT(DISTINCT outbox_id) DESC, email_key LIMIT $3";
const std::string kAddLink = kLinkColumns.insert_into("stop_link");
const std::string kOfToken = "WHERE token_hash = $1";
const std::string kStop =
    "INSERT INTO mail_address (email_key, prepared_at, stopped_until) VALUES ($1, $2, $3) "
    "ON CONFLICT (email_key) DO UPDATE SET stopped_until = $3";
const std::string kResume =
    "UPDATE mail_address SET stopped_until = 0 WHERE email_key = $1 AND stopped_until > 0";
const std::string kStoppedUntil =
    "SELECT COALESCE(MAX(stopped_until), 0) FROM mail_address WHERE email_key = $1";
const std::string kPurgeLinks =
    "DELETE FROM stop_link WHERE token_hash IN "
    "(SELECT token_hash FROM stop_link WHERE sent_at < $1 LIMIT $2)";
// The statement has the condition twice, because PostgreSQL checks a row again after it has waited
// for it.
const std::string kForgotten = "prepared_at < $1 AND stopped_until <= $2";
const std::string kPurge =
    "DELETE FROM mail_address WHERE email_key IN (SELECT email_key FROM mail_address WHERE " +
    kForgotten + " LIMIT $3) AND " + kForgotten;

}  // namespace

EpochSeconds MailAddresses::prepare(std::string_view email_key, EpochSeconds now) {
  const Row row = connection_.select(kPrepare, 1, {mailbox_key(email_key), now}).at(0);
  const EpochSeconds until = Poco::NumberParser::parse64(row[0]);
  return until > now ? until : 0;
}

bool MailAddresses::was_prepared(std::string_view email_key, std::string_view outbox_id) {
  return connection_.number(kWasPrepared, {mailbox_key(email_key), outbox_id}) > 0;
}

std::vector<PreparedMails> MailAddresses::prepared(std::string_view email_key, EpochSeconds now,
                                                   std::string_view but_outbox_id) {
  return kPreparedColumns.all(
      connection_, kPrepared,
      {now - kHour + 1, mailbox_key(email_key), but_outbox_id, now - kDay + 1, now + kClockSlack});
}

std::vector<FloodedAddress> MailAddresses::flooded(const Limit& limit, EpochSeconds now, int most) {
  return kFloodedColumns.all(connection_, kFlooded, {now - limit.window, limit.most, most});
}

void MailAddresses::add_link(const StopLink& link) {
  StopLink kept = link;
  kept.email_key = mailbox_key(link.email_key);
  connection_.execute(kAddLink, kLinkColumns.values(kept));
}

// The step that asks may be newer than the schema.
std::optional<StopLink> MailAddresses::find_link(std::string_view token_hash) {
  const auto& columns = connection_.schema() < kCauseSince ? kLinkColumnsBefore : kLinkColumns;
  return columns.first(connection_, columns.select_from("stop_link") + kOfToken, {token_hash});
}

void MailAddresses::stop(std::string_view email_key, EpochSeconds now, EpochSeconds until) {
  connection_.execute(kStop, {mailbox_key(email_key), now, until});
}

bool MailAddresses::resume(std::string_view email_key) {
  return connection_.execute(kResume, {mailbox_key(email_key)}) == 1;
}

EpochSeconds MailAddresses::stopped_until(std::string_view email_key) {
  return connection_.number(kStoppedUntil, {mailbox_key(email_key)});
}

int MailAddresses::purge_links(EpochSeconds sent_before, int most) {
  return static_cast<int>(connection_.execute(kPurgeLinks, {sent_before, most}));
}

int MailAddresses::purge(EpochSeconds prepared_before, EpochSeconds now, int most) {
  return static_cast<int>(connection_.execute(kPurge, {prepared_before, now, most}));
}

}  // namespace portal
