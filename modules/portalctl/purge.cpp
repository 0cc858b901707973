// portalctl purge: what has expired goes, a batch a transaction, so that nobody waits for long:
// safe at any time, and at the same time as another one.
#include <array>
#include <iostream>

#include "core/database/database.h"
#include "core/database/tables.h"
#include "core/registration/policy.h"
#include "portalctl/batch_pause.h"
#include "portalctl/printing.h"
#include "portalctl/verb.h"

namespace portalctl {
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
};

}  // namespace

int purge(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const Pace pace(*settings);
  const EpochSeconds now = portal::system_now();
  for (const Kind& kind : kKinds) {
    std::int64_t all = 0;
    for (int batch = kBatch; batch == kBatch; all += batch) {
      const auto gone = pace.after([&] {
        return database.write(
            [&](Connection& connection) { return kind.purge(connection, *settings, now); });
      });
      if (!gone) return fail(gone.error().message);
      batch = *gone;
    }
    if (invocation.options.json) {
      print_json({{"what", std::string(kind.name)}, {"removed", all}});
    } else {
      std::cout << kind.name << ": " << all << "\n";
    }
  }
  return kDone;
}

}  // namespace portalctl
