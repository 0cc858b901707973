#include "core/database/report/figures.h"

#include "core/base/japan_time.h"
#include "core/database/engine/columns.h"
#include "core/database/journal/audit_event.h"
#include "core/database/journal/timeline_event.h"
#include "core/database/journal/timeline_events.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/mail/mail_state.h"
#include "core/registration/kinds.h"

namespace portal {
namespace {

// A name of one of the tables of names, as an SQL literal.
std::string literal(auto name) {
  return std::string("'").append(name_of(name)).append("'");
}

// A condition on table event. The id begins with the time and has the only index by time.
const std::string kEventInPeriod = "id >= $1 AND id < $2 ";

const std::string kJapanHour =
    "(at + " + std::to_string(kJapanAhead) + ") / " + std::to_string(kHour);
const Columns<AuditHour> kAuditHours = {
    {"event", &AuditHour::event},
    {kJapanHour, &AuditHour::hour},
    {"COUNT(*)", &AuditHour::count},
};
const std::string kAuditHoursOf =
    kAuditHours.select_from("audit") + "WHERE at >= $1 AND at < $2 GROUP BY event, " + kJapanHour;

const Columns<TextCount> kByDetail = {
    {"detail", &TextCount::text},
    {"COUNT(*)", &TextCount::count},
};
const std::string kLoginRefusals =
    kByDetail.select_from("audit") +
    "WHERE at >= $1 AND at < $2 AND event = " + literal(AuditEvent::kLoginRefused) +
    " GROUP BY detail";
const std::string kRefusals = kByDetail.select_from("event") + "WHERE " + kEventInPeriod +
                              "AND name = " + literal(TimelineEvent::kFormRefused) +
                              " GROUP BY detail";

// SQL that gives 1 for an OK that reached the stage of `condition`, and 0 for every other row.
std::string reached(const std::string& condition) {
  return "CASE WHEN name = " + literal(TimelineEvent::kOkPressed) + " AND " + condition +
         " THEN 1 ELSE 0 END";
}
const std::string kMailed =
    "EXISTS (SELECT 1 FROM outbox WHERE outbox.registration_id = event.registration_id "
    "AND outbox.kind = " +
    literal(MailKind::kActivation) + " AND outbox.state = " + literal(MailState::kSent) + ")";
const std::string kOpened =
    "EXISTS (SELECT 1 FROM event AS later WHERE later.registration_id = event.registration_id "
    "AND later.registration_id <> '' AND later.name = " +
    literal(TimelineEvent::kLinkOpened) + ")";
const std::string kActivated =
    "EXISTS (SELECT 1 FROM audit WHERE audit.account_id = event.registration_id "
    "AND audit.event = " +
    literal(AuditEvent::kActivated) + ")";
const Columns<FunnelCounts> kFunnel = {
    {"COUNT(*)", &FunnelCounts::accepted},
    {"COALESCE(SUM(pressed), 0)", &FunnelCounts::pressed},
    {"COALESCE(SUM(mailed), 0)", &FunnelCounts::mailed},
    {"COALESCE(SUM(opened), 0)", &FunnelCounts::opened},
    {"COALESCE(SUM(activated), 0)", &FunnelCounts::activated},
};
const std::string kFunnelOf = kFunnel.select_from(
    "(SELECT MAX(" + reached("1 = 1") + ") AS pressed, " +
    // A mail can bounce, and events can be lost, so a later stage counts as proof too.
    "MAX(" + reached("(" + kMailed + " OR " + kOpened + " OR " + kActivated + ")") +
    ") AS mailed, MAX(" + reached("(" + kOpened + " OR " + kActivated + ")") + ") AS opened, MAX(" +
    reached(kActivated) + ") AS activated FROM event WHERE " + kEventInPeriod + "AND name IN (" +
    literal(TimelineEvent::kFormAccepted) + ", " + literal(TimelineEvent::kOkPressed) +
    ") AND number_hash <> '' "
    "GROUP BY number_hash) AS clinic");

// The person who sent the form. Hashes of different things never are the same. The statement groups
// the rows and does not look up DISTINCT ones: both databases sort millions of rows much faster
// than they search them.
const std::string kPerson =
    "CASE WHEN email_hash <> '' THEN email_hash WHEN number_hash <> '' THEN number_hash "
    "WHEN phone_hash <> '' THEN phone_hash ELSE id END";
std::string forms_of(const std::string& person, TimelineEvent event) {
  return "SELECT " + person +
         " AS person, CASE WHEN name = " + literal(TimelineEvent::kFormAccepted) +
         " THEN 1 ELSE 0 END AS mended FROM event WHERE " + kEventInPeriod +
         "AND name = " + literal(event);
}
const std::string kGaveUp = "SELECT COUNT(*) FROM (SELECT person FROM (" +
                            forms_of(kPerson, TimelineEvent::kFormRefused) + " UNION ALL " +
                            forms_of("email_hash", TimelineEvent::kFormAccepted) + " UNION ALL " +
                            forms_of("number_hash", TimelineEvent::kFormAccepted) + " UNION ALL " +
                            forms_of("phone_hash", TimelineEvent::kFormAccepted) +
                            ") AS form GROUP BY person HAVING MAX(mended) = 0) AS gone";

const Columns<MailCount> kMails = {
    {"kind", &MailCount::kind},
    {"state", &MailCount::state},
    {"COUNT(*)", &MailCount::count},
};
const std::string kMailsOf = kMails.select_from("outbox") +
                             "WHERE created_at >= $1 AND created_at < $2 GROUP BY kind, state";

const Columns<DelayCount> kDelays = {
    {"delay", &DelayCount::seconds},
    {"COUNT(*)", &DelayCount::count},
};
const std::string kDelaysOf =
    kDelays.select_from(
        "(SELECT MIN(mail_attempt.at) - MIN(outbox.created_at) AS delay FROM outbox "
        "JOIN mail_attempt ON mail_attempt.outbox_id = outbox.id "
        "WHERE outbox.created_at >= $1 AND outbox.created_at < $2 "
        "AND mail_attempt.outcome = " +
        literal(MailOutcome::kDelivered) + " GROUP BY outbox.id) AS mail ") +
    "GROUP BY delay ORDER BY delay";

// The beginning of the reply, which has its code. The rest differs from mail to mail.
const std::string kReplyBegins = "SUBSTR(reply, 1, 60)";
const Columns<AttemptCount> kTroubles = {
    {"outcome", &AttemptCount::outcome},
    {kReplyBegins, &AttemptCount::reply},
    {"COUNT(*)", &AttemptCount::count},
};
const std::string kTroublesOf =
    kTroubles.select_from("mail_attempt") + "WHERE at >= $1 AND at < $2 AND outcome <> " +
    literal(MailOutcome::kDelivered) + " GROUP BY outcome, " + kReplyBegins;

// Where the prefecture's digits begin in the number of a row of `clinic`.
std::string prefecture_position() {
  std::string position = "CASE clinic.institution";
  for (const ClinicKind& kind : kClinicKinds) {
    position.append(" WHEN '").append(kind.code).append("' THEN ");
    position.append(std::to_string(kind.prefecture_position()));
  }
  return position + " END";
}
const Columns<ClinicCount> kClinics = {
    {"institution", &ClinicCount::institution}, {"prefecture", &ClinicCount::prefecture},
    {"COUNT(*)", &ClinicCount::open},           {"SUM(registered)", &ClinicCount::registered},
    {"SUM(added)", &ClinicCount::added},
};
const std::string kClinicsOf =
    kClinics.select_from(
        "(SELECT clinic.institution, SUBSTR(clinic.registration_number, " + prefecture_position() +
        ", 2) AS prefecture, "
        "CASE WHEN account.id IS NULL THEN 0 ELSE 1 END AS registered, "
        "CASE WHEN account.created_at >= $1 AND account.created_at < $2 THEN 1 ELSE 0 END AS added "
        "FROM roster_current JOIN roster_version AS clinic "
        "ON clinic.from_edition <= roster_current.edition "
        "AND roster_current.edition < clinic.to_edition AND clinic.closed_at = 0 "
        "LEFT JOIN account ON account.registration_number = clinic.registration_number) AS open") +
    "GROUP BY institution, prefecture ORDER BY institution, prefecture";

const Columns<WaitingCounts> kWaiting = {
    {"COALESCE(SUM(CASE WHEN notified_at = 0 THEN 1 ELSE 0 END), 0)", &WaitingCounts::waiting},
    {"COALESCE(MIN(CASE WHEN notified_at = 0 THEN created_at END), 0)", &WaitingCounts::oldest},
    {"COALESCE(SUM(CASE WHEN created_at >= $1 AND created_at < $2 THEN 1 ELSE 0 END), 0)",
     &WaitingCounts::asked},
    {"COALESCE(SUM(CASE WHEN notified_at >= $1 AND notified_at < $2 THEN 1 ELSE 0 END), 0)",
     &WaitingCounts::told},
};
const std::string kWaitingOf = kWaiting.select_from("waiting");

// A constant of its own, because Columns keeps no copy of the text.
const std::string kLoggedIn =
    "(SELECT COUNT(DISTINCT account_id) FROM audit WHERE at >= $1 AND at < $2 AND event = " +
    literal(AuditEvent::kLogin) + ")";
const Columns<AccountCounts> kAccounts = {
    {"COUNT(*)", &AccountCounts::all},
    {"COALESCE(SUM(CASE WHEN last_login_at = 0 THEN 1 ELSE 0 END), 0)", &AccountCounts::never},
    {kLoggedIn, &AccountCounts::logged_in},
};
const std::string kAccountsOf = kAccounts.select_from("account");

Values times_of(const Period& period) {
  return {period.since, period.until};
}

Values event_ids_of(const Period& period) {
  return {event_id(period.since, ""), event_id(period.until, "")};
}

}  // namespace

std::vector<AuditHour> Figures::audit_hours(const Period& period) {
  return kAuditHours.all(connection_, kAuditHoursOf, times_of(period));
}

std::vector<TextCount> Figures::login_refusals(const Period& period) {
  return kByDetail.all(connection_, kLoginRefusals, times_of(period));
}

FunnelCounts Figures::funnel(const Period& period) {
  return kFunnel.first(connection_, kFunnelOf, event_ids_of(period)).value();
}

std::int64_t Figures::gave_up(const Period& period) {
  return connection_.number(kGaveUp, event_ids_of(period));
}

std::vector<TextCount> Figures::refusals(const Period& period) {
  return kByDetail.all(connection_, kRefusals, event_ids_of(period));
}

std::vector<MailCount> Figures::mails(const Period& queued) {
  return kMails.all(connection_, kMailsOf, times_of(queued));
}

std::vector<DelayCount> Figures::mail_delays(const Period& queued) {
  return kDelays.all(connection_, kDelaysOf, times_of(queued));
}

std::vector<AttemptCount> Figures::mail_troubles(const Period& period) {
  return kTroubles.all(connection_, kTroublesOf, times_of(period));
}

std::vector<ClinicCount> Figures::clinics(const Period& period) {
  return kClinics.all(connection_, kClinicsOf, times_of(period));
}

WaitingCounts Figures::waiting(const Period& period) {
  return kWaiting.first(connection_, kWaitingOf, times_of(period)).value();
}

AccountCounts Figures::accounts(const Period& period) {
  return kAccounts.first(connection_, kAccountsOf, times_of(period)).value();
}

}  // namespace portal
