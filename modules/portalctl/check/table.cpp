#include "portalctl/check/table.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace portalctl {
namespace {

constexpr std::array kProbes = {
    Probe{.name = "settings", .look = probe_settings, .next = "portalctl settings"},
    Probe{.name = "files",
          .look = probe_files,
          .next = "ls -la /etc/portal /var/lib/portal",
          .rights = Rights::kCaller},
    Probe{.name = "programs", .look = probe_programs, .next = "portal-form --check"},
    Probe{.name = "libraries", .look = probe_libraries, .next = "apt-get upgrade"},
    Probe{.name = "templates",
          .look = probe_templates_closed,
          .next = "portal-pages --check",
          .rights = Rights::kCaller},
    Probe{.name = "database", .look = probe_database, .next = "ls -l /var/lib/portal"},
    Probe{.name = "integrity", .look = probe_integrity, .next = "portalctl check --timeout 600"},
    Probe{.name = "schema", .look = probe_schema, .next = "portalctl migrate"},
    Probe{.name = "sqlite", .look = probe_sqlite, .next = "findmnt --target /var/lib/portal"},
    Probe{.name = "postgresql", .look = probe_postgresql, .next = "systemctl status postgresql"},
    Probe{.name = "replication",
          .look = probe_replication,
          .next = "psql -c 'SELECT * FROM pg_stat_replication'"},
    Probe{.name = "collation", .look = probe_collation, .next = "psql -l"},
    Probe{.name = "roles",
          .look = probe_roles,
          .next = "psql -X -v ON_ERROR_STOP=1 -1 -f roles.sql DATABASE"},
    Probe{.name = "roster", .look = probe_roster, .next = "portalctl roster editions"},
    Probe{.name = "disk", .look = probe_disk, .next = "df -h", .rights = Rights::kCaller},
    Probe{.name = "storage", .look = probe_storage, .next = "portalctl status"},
    Probe{.name = "backup",
          .look = probe_backup,
          .next = "systemctl list-timers portal-backup.timer"},
    Probe{.name = "mail",
          .look = probe_mail,
          .next = "portalctl mail status",
          .rights = Rights::kMailer},
    Probe{.name = "mail queue", .look = probe_mail_queue, .next = "portalctl mail status"},
    Probe{.name = "limits", .look = probe_limits, .next = "portalctl audit list"},
    Probe{.name = "mailer",
          .look = probe_mailer,
          .next = "systemctl status portal-mailer",
          .needs_portal = true},
    Probe{.name = "sender", .look = probe_sender, .next = "portalctl check --dkim-selector NAME"},
    Probe{.name = "clock", .look = probe_clock, .next = "timedatectl"},
    Probe{.name = "ntp", .look = probe_ntp, .next = "timedatectl"},
    Probe{.name = "sockets",
          .look = probe_sockets,
          .next = "systemctl status 'portal-*'",
          .rights = Rights::kCaller,
          .needs_portal = true},
    Probe{.name = "web server",
          .look = probe_web_server,
          .next = "nginx -t",
          .rights = Rights::kWebServer,
          .needs_portal = true},
    Probe{.name = "desk", .look = probe_desk, .next = "systemctl status portal-desk"},
    Probe{.name = "site",
          .look = probe_site,
          .next = "systemctl status nginx apache2",
          .needs_portal = true},
    Probe{.name = "certificate",
          .look = probe_certificate,
          .next = "certbot certificates",
          .needs_portal = true},
    Probe{.name = "redirect", .look = probe_redirect, .next = "nginx -T", .needs_portal = true},
    Probe{.name = "healthz", .look = probe_healthz, .next = "nginx -T", .needs_portal = true},
    Probe{.name = "errors",
          .look = probe_errors,
          .next = "journalctl -p err -S -1h -u 'portal-*'",
          .rights = Rights::kCaller,
          .in_check = false},
};
constexpr std::array<std::string_view, 5> kWords = {"ok", "n/a", "unknown", "warning", "FAULT"};

}  // namespace

std::span<const Probe> probes() {
  return kProbes;
}

const Probe& probe(std::string_view name) {
  const auto found = std::ranges::find(kProbes, name, &Probe::name);
  assert(found != kProbes.end());
  return *found;
}

std::string next_of(const Finding& finding) {
  if (!finding.next.empty() || finding.level < Level::kUnknown) return finding.next;
  const auto start = finding.text.find('`');
  if (start == std::string::npos) return "";
  const auto end = finding.text.find('`', start + 1);
  return finding.text.substr(start + 1, end - start - 1);
}

std::string_view word_of(Level level) {
  return kWords[static_cast<std::size_t>(level)];
}

}  // namespace portalctl
