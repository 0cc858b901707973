#include "portalctl/status/metrics.h"

#include <Poco/URI.h>

#include <filesystem>
#include <optional>
#include <system_error>

#include "core/base/clock.h"
#include "core/database/database.h"
#include "core/database/mail/mailer_heartbeats.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/schema/inspection.h"
#include "core/mail/address.h"
#include "core/mail/smtp.h"
#include "core/metrics/registry.h"
#include "core/metrics/textfile.h"
#include "core/probe/web.h"
#include "portalctl/check/backup.h"
#include "portalctl/check/disk.h"
#include "portalctl/check/site_url.h"

namespace portalctl {
namespace {

using portal::metrics::Registry;
using portal::tls::Certificate;

constexpr auto kStep = "status";
constexpr int kEditions = 20;

void set(Registry& registry, std::string_view name, double value, std::string_view label = "") {
  registry.gauge(name, label).set(value);
}

void set_certificate(Registry& registry, const std::optional<Certificate>& certificate,
                     std::string_view of) {
  if (!certificate) return;  // none was shown
  set(registry, "portal_certificate_expiry_timestamp_seconds",
      static_cast<double>(certificate->ends), of);
  set(registry, "portal_certificate_accepted", certificate->accepted() ? 1 : 0, of);
}

void set_certificates(const Subject& subject, Registry& registry) {
  const SiteUrl url(subject.settings);
  if (url.https()) {
    const auto certificate = portal::web_certificate(url.text() + "/", subject.patience);
    if (certificate) set_certificate(registry, *certificate, "site");
  }
  // The certificate is shown before the password is asked for, which this user may not read.
  portal::Settings settings = subject.settings;
  if (!subject.smtp() || !settings.set("mail.smtp.username", "")) return;
  auto server = portal::mail::Smtp::server_of(settings);
  const auto sender = portal::mail::parse_mailbox(settings.text("mail.from"));
  if (!server || !sender) return;
  server->longest = subject.patience;
  portal::mail::Smtp relay(*server);
  static_cast<void>(relay.try_out(sender->address));  // what it says is the line `relay`
  set_certificate(registry, relay.certificate(), "relay");
}

void set_disks(const Subject& subject, Registry& registry) {
  for (const Disk& disk : disks_of(subject.settings)) {
    if (!disk.error.empty()) continue;
    const auto& folder = disk.folder;
    set(registry, "portal_disk_free_bytes", static_cast<double>(disk.free), folder);
    set(registry, "portal_disk_size_bytes", static_cast<double>(disk.size), folder);
    set(registry, "portal_disk_free_inodes", static_cast<double>(disk.free_inodes), folder);
    set(registry, "portal_disk_inodes", static_cast<double>(disk.inodes), folder);
  }
}

void set_backup(const Subject& subject, Registry& registry) {
  if (subject.settings.text("backup.directory").empty()) return;
  const auto newest = newest_backup(subject.settings);
  const bool there = newest && *newest;
  set(registry, "portal_backup_timestamp_seconds",
      there ? static_cast<double>((*newest)->made) : 0);
}

struct DatabaseFacts {
  std::optional<portal::EpochSeconds> heartbeat;  // its age
  portal::EpochSeconds imported = 0;
  std::int64_t kept = 0;
};

DatabaseFacts facts_of(portal::Connection& connection) {
  DatabaseFacts facts;
  const auto mailers = portal::MailerHeartbeats(connection).list();
  if (!mailers.empty()) facts.heartbeat = mailers.front().age;
  for (const auto& edition : portal::RosterEditions(connection).newest(kEditions)) {
    if (edition.state == "current") facts.imported = edition.finished_at;
  }
  return facts;
}

// While the database is away, nothing is said of it but the level.
void set_database(const Subject& subject, Registry& registry) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto facts = database.read(facts_of);
  if (facts) {
    const auto heard = facts->heartbeat ? portal::system_now() - *facts->heartbeat : 0;
    set(registry, "portal_mailer_heartbeat_timestamp_seconds", static_cast<double>(heard));
    set(registry, "portal_roster_imported_timestamp_seconds", static_cast<double>(facts->imported));
  }
  if (subject.postgresql()) {
    const auto kept = database.read(
        [](portal::Connection& connection) { return portal::replication_facts(connection).kept; });
    if (kept) set(registry, "portal_database_wal_bytes", static_cast<double>(*kept));
    return;
  }
  std::error_code error;
  const auto size =
      std::filesystem::file_size(subject.settings.text("database.connection") + "-wal", error);
  set(registry, "portal_database_wal_bytes", error ? 0 : static_cast<double>(size));
}

}  // namespace

portal::Result<portal::Done> write_status_metrics(const Subject& subject,
                                                  const StatusLevels& levels) {
  const std::string& directory = subject.settings.text("metrics.directory");
  if (directory.empty()) return portal::Done{};
  auto file = portal::metrics::Textfile::claim(directory, kStep);
  if (!file) return file.error();
  Registry registry;
  for (const auto& [name, level] : levels) {
    set(registry, "portal_status_level", static_cast<double>(level), name);
  }
  set_certificates(subject, registry);
  set_disks(subject, registry);
  set_backup(subject, registry);
  set_database(subject, registry);
  set(registry, "portal_metrics_written_timestamp_seconds",
      static_cast<double>(portal::system_now()));
  const auto written = file->write(registry.text(kStep, file->process()));
  if (written) file->leave();
  return written;
}

}  // namespace portalctl
