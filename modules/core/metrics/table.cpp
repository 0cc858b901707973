#include "core/metrics/table.h"

#include <array>

namespace portal::metrics {
namespace {

using Kind = Metric::Kind;

// clang-format off
constexpr std::array kTable = {
    // Every program has these.
    Metric{"portal_build_info", Kind::kGauge, "version",
           "1, with the version of the program."},
    Metric{"portal_process_start_time_seconds", Kind::kGauge, "",
           "When the process started, in seconds since 1970."},
    Metric{"portal_metrics_written_timestamp_seconds", Kind::kGauge, "",
           "When the process wrote its file last, in seconds since 1970; every 10 s while it lives."},
    Metric{"portal_events_total", Kind::kCounter, "event",
           "Lines of the log by event, also those that log.level hides."},
    Metric{"portal_errors_last_hour", Kind::kGauge, "",
           "Lines of the log of level error in the last hour, or since the start."},
    Metric{"portal_database_errors_total", Kind::kCounter, "kind",
           "Calls of the database that failed (unavailable, refused) or were run again (conflict, lost)."},
    Metric{"portal_database_sessions_in_use", Kind::kGauge, "",
           "Sessions of the database that a thread works with now."},
    Metric{"portal_database_sessions_limit", Kind::kGauge, "",
           "How many of them there may be."},
    Metric{"portal_database_writable", Kind::kGauge, "",
           "1 if rows can be written, else 0; not of the steps that only read (lookup, pages)."},
    Metric{"portal_clock_ahead_seconds", Kind::kGauge, "",
           "How far the machine's clock is ahead of the database server's, which the portal goes by; negative: behind."},
    // Responders have these.
    Metric{"portal_http_requests_total", Kind::kCounter, "status",
           "Requests that were answered, by status."},
    Metric{"portal_http_request_duration_seconds", Kind::kHistogram, "",
           "How long an answer took, without the web server and the network."},
    Metric{"portal_http_requests_in_flight", Kind::kGauge, "",
           "Requests that are being answered now."},
    Metric{"portal_http_clients_unreadable_total", Kind::kCounter, "",
           "Requests whose client a trusted proxy named unreadably: no limit by network applied."},
    Metric{"portal_http_threads", Kind::kGauge, "",
           "How many requests can be answered at the same time (--threads)."},
    Metric{"portal_password_hashes_total", Kind::kCounter, "",
           "Argon2id hashes that were begun."},
    Metric{"portal_password_hash_wait_seconds_total", Kind::kCounter, "",
           "How long their callers have waited for a free processor, altogether."},
    Metric{"portal_password_hashes_sent_away_total", Kind::kCounter, "",
           "Requests that were answered with 503 at once, because they would have waited too long."},
    Metric{"portal_password_hashes_running", Kind::kGauge, "",
           "Argon2id hashes that are being computed now."},
    Metric{"portal_password_hashes_waiting", Kind::kGauge, "",
           "Requests that wait for a free processor now."},
    // The mailer has these. All mailers export the same values of the outbox: use max(), never
    // sum().
    Metric{"portal_outbox_mails", Kind::kGauge, "state",
           "Mails in the outbox by state, but for those that were sent and did not come back."},
    Metric{"portal_outbox_oldest_due_age_seconds", Kind::kGauge, "",
           "How long the mail that is due longest has been due; 0: none is."},
    Metric{"portal_mail_paused", Kind::kGauge, "",
           "1 while the whole queue is paused, because the relay seems to refuse the portal; else 0."},
    Metric{"portal_mail_attempts_total", Kind::kCounter, "outcome",
           "What came of mails that were taken from the outbox, by outcome."},
    Metric{"portal_mail_delivery_delay_seconds", Kind::kHistogram, "",
           "From when a mail was queued to when the relay had it."},
    Metric{"portal_audit_sealed_timestamp_seconds", Kind::kGauge, "",
           "When the audit was sealed last, in seconds since 1970; every 20 s if all is well."},
    Metric{"portal_storage_fill_ratio", Kind::kGauge, "store",
           "How full what strangers can fill is: its rows by the number that raises the alarm."},
    Metric{"portal_storage_not_kept", Kind::kGauge, "store",
           "Rows of this hour and the one before that were only counted, because of a ceiling."},
    // `portalctl status --metrics` writes these.
    Metric{"portal_status_level", Kind::kGauge, "subject",
           "What `portalctl status` says of each subject: 0 ok, 1 n/a, 2 unknown, 3 warning, 4 fault."},
    Metric{"portal_mailer_heartbeat_timestamp_seconds", Kind::kGauge, "",
           "When a mailer of any machine was heard of last, in seconds since 1970; 0: never."},
    Metric{"portal_backup_timestamp_seconds", Kind::kGauge, "",
           "When the newest backup in backup.directory was made, in seconds since 1970; 0: there is none."},
    Metric{"portal_certificate_expiry_timestamp_seconds", Kind::kGauge, "of",
           "When the certificate of the site or of the relay ends, in seconds since 1970."},
    Metric{"portal_certificate_accepted", Kind::kGauge, "of",
           "1 if that certificate is accepted from this machine, else 0."},
    Metric{"portal_disk_free_bytes", Kind::kGauge, "folder",
           "Bytes that are left for a folder that the portal writes to."},
    Metric{"portal_disk_size_bytes", Kind::kGauge, "folder",
           "Bytes of the disk of that folder."},
    Metric{"portal_disk_free_inodes", Kind::kGauge, "folder",
           "Inodes that are left there."},
    Metric{"portal_disk_inodes", Kind::kGauge, "folder",
           "Inodes of that disk; 0: as many as are needed."},
    Metric{"portal_database_wal_bytes", Kind::kGauge, "",
           "Size of SQLite's -wal file, or of what PostgreSQL keeps for the replication slot that is furthest behind."},
    Metric{"portal_roster_imported_timestamp_seconds", Kind::kGauge, "",
           "When the roster that counts was imported, in seconds since 1970; 0: never."},
};
// clang-format on

}  // namespace

std::span<const Metric> table() {
  return kTable;
}

std::vector<double> request_bounds() {
  return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

std::vector<double> delivery_bounds() {
  return {1, 2, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400};
}

}  // namespace portal::metrics
