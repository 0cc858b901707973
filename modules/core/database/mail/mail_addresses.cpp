#include "core/database/mail/mail_addresses.h"

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<StopLink> kLinkColumns = {
    {"token_hash", &StopLink::token_hash},
    {"outbox_id", &StopLink::outbox_id},
    {"email_key", &StopLink::email_key},
    {"sent_at", &StopLink::sent_at},
    {"registration_id", &StopLink::registration_id},
};

const std::string kPrepare =
    "INSERT INTO mail_address (email_key, prepared_at, stopped_until) VALUES ($1, $2, 0) "
    "ON CONFLICT (email_key) DO UPDATE SET prepared_at = $2 RETURNING stopped_until";
const std::string kWasPrepared =
    "SELECT COUNT(*) FROM stop_link WHERE email_key = $1 AND outbox_id = $2";
const std::string kPreparedWithin =
    "SELECT COUNT(DISTINCT outbox_id) FROM stop_link "
    "WHERE email_key = $1 AND sent_at >= $2 AND sent_at <= $3 AND outbox_id <> $4";
const std::string kAddLink = kLinkColumns.insert_into("stop_link");
const std::string kFindLink = kLinkColumns.select_from("stop_link") + "WHERE token_hash = $1";
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
  const EpochSeconds until =
      Poco::NumberParser::parse64(connection_.select(kPrepare, 1, {email_key, now}).at(0)[0]);
  return until > now ? until : 0;
}

bool MailAddresses::was_prepared(std::string_view email_key, std::string_view outbox_id) {
  return connection_.number(kWasPrepared, {email_key, outbox_id}) > 0;
}

std::int64_t MailAddresses::prepared_within(std::string_view email_key, EpochSeconds window,
                                            EpochSeconds now, std::string_view but_outbox_id) {
  return connection_.number(kPreparedWithin,
                            {email_key, now - window + 1, now + kClockSlack, but_outbox_id});
}

void MailAddresses::add_link(const StopLink& link) {
  connection_.execute(kAddLink, kLinkColumns.values(link));
}

std::optional<StopLink> MailAddresses::find_link(std::string_view token_hash) {
  return kLinkColumns.first(connection_, kFindLink, {token_hash});
}

void MailAddresses::stop(std::string_view email_key, EpochSeconds now, EpochSeconds until) {
  connection_.execute(kStop, {email_key, now, until});
}

bool MailAddresses::resume(std::string_view email_key) {
  return connection_.execute(kResume, {email_key}) == 1;
}

EpochSeconds MailAddresses::stopped_until(std::string_view email_key) {
  return connection_.number(kStoppedUntil, {email_key});
}

int MailAddresses::purge_links(EpochSeconds sent_before, int most) {
  return static_cast<int>(connection_.execute(kPurgeLinks, {sent_before, most}));
}

int MailAddresses::purge(EpochSeconds prepared_before, EpochSeconds now, int most) {
  return static_cast<int>(connection_.execute(kPurge, {prepared_before, now, most}));
}

}  // namespace portal
