// portalctl purge: removes what has expired, one batch in each transaction, so that nobody waits
// for long. It is safe at any time, also while another one runs.
#include <array>
#include <iostream>

#include "core/database/tables.h"
#include "core/registration/policy.h"
#include "portalctl/batch_pause.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kJson};

Result<Done> purge(Context& context);

}  // namespace

constexpr Verb kPurge = {
    .usage = {.words = "purge",
              .options = kOptions,
              .help = "Removes what expired over two hours ago: drafts, registrations that were "
                      "not activated or whose account is gone, sessions, links, throttles, and, "
                      "after their time, mails with what became of them.",
              .example = "portalctl purge"},
    .run = purge};

namespace {

using portal::Connection;
using portal::EpochSeconds;
using portal::Settings;

constexpr int kBatch = 500;

int purge_drafts(Connection& connection, const Settings&, EpochSeconds now) {
  return portal::Drafts(connection).purge(now, kBatch);
}

int purge_registrations(Connection& connection, const Settings&, EpochSeconds now) {
  return portal::Registrations(connection).purge(now, kBatch);
}

int purge_sessions(Connection& connection, const Settings& settings, EpochSeconds now) {
  const portal::SessionLimits limits = {settings.number("session.idle_minutes") * portal::kMinute,
                                        settings.number("session.lifetime_hours") * portal::kHour};
  return portal::WebSessions(connection).purge(now, limits, kBatch);
}

int purge_devices(Connection& connection, const Settings& settings, EpochSeconds now) {
  const EpochSeconds kept = settings.number("retention.device_days") * portal::kDay;
  return portal::KnownDevices(connection).purge(now - kept, kBatch);
}

int purge_links(Connection& connection, const Settings&, EpochSeconds now) {
  return portal::AccountLinks(connection).purge(now - portal::kEndedKept, kBatch);
}

int purge_throttles(Connection& connection, const Settings&, EpochSeconds now) {
  return portal::Throttles(connection).purge(now - portal::kEndedKept, kBatch);
}

int purge_mails(Connection& connection, const Settings& settings, EpochSeconds now) {
  const EpochSeconds kept = settings.number("retention.mail_days") * portal::kDay;
  return portal::Outbox(connection).purge(now - kept, kBatch);
}

int purge_stop_links(Connection& connection, const Settings&, EpochSeconds now) {
  return portal::MailAddresses(connection).purge_links(now - portal::kMailStop, kBatch);
}

int purge_mail_addresses(Connection& connection, const Settings&, EpochSeconds now) {
  return portal::MailAddresses(connection).purge(now - portal::kEndedKept, now, kBatch);
}

int purge_events(Connection& connection, const Settings& settings, EpochSeconds now) {
  const EpochSeconds kept = settings.number("retention.event_days") * portal::kDay;
  return portal::Events(connection).purge(now - kept, kBatch);
}

int purge_storage_hours(Connection& connection, const Settings& settings, EpochSeconds now) {
  const EpochSeconds kept = settings.number("retention.event_days") * portal::kDay;
  return portal::StorageHours(connection).purge(now - kept, kBatch);
}

int purge_waiting(Connection& connection, const Settings& settings, EpochSeconds now) {
  const EpochSeconds kept = settings.number("retention.waiting_days") * portal::kDay;
  return portal::Waiting(connection).purge(now - kept, kBatch);
}

struct Kind {
  std::string_view name;
  int (*purge)(Connection&, const Settings&, EpochSeconds now);  // how many of at most kBatch
};

constexpr std::array kKinds = {
    Kind{"drafts", purge_drafts},         Kind{"registrations", purge_registrations},
    Kind{"sessions", purge_sessions},     Kind{"account links", purge_links},
    Kind{"throttles", purge_throttles},   Kind{"mails", purge_mails},
    Kind{"stop links", purge_stop_links}, Kind{"mail addresses", purge_mail_addresses},
    Kind{"events", purge_events},         Kind{"waiting", purge_waiting},
    Kind{"known devices", purge_devices}, Kind{"storage hours", purge_storage_hours},
};

// How many rows of that kind were removed.
Result<std::int64_t> purge_all(Context& context, const Kind& kind, EpochSeconds now) {
  const BatchPause pause(context.settings());
  std::int64_t all = 0;
  for (int batch = kBatch; batch == kBatch; all += batch) {
    const auto gone = pause.after([&] {
      return context.database().write(
          [&](Connection& connection) { return kind.purge(connection, context.settings(), now); });
    });
    if (!gone) return gone.error();
    batch = *gone;
  }
  return all;
}

Result<Done> purge(Context& context) {
  const EpochSeconds now = context.database().now() - portal::kPurgeDelay;
  for (const Kind& kind : kKinds) {
    const auto removed = purge_all(context, kind, now);
    if (!removed) return removed.error();
    if (context.has(kJson)) {
      print_json({{"what", std::string(kind.name)}, {"removed", *removed}});
    } else {
      std::cout << kind.name << ": " << *removed << "\n";
    }
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
