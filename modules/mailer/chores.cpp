#include "mailer/chores.h"

#include <Poco/Environment.h>

#include <string>

#include "core/base/log.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/mailer_heartbeats.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/waiting.h"
#include "core/database/storage/storage_hours.h"
#include "core/journal/audit_chain.h"
#include "core/journal/timeline.h"
#include "core/queue/queue_mail.h"
#include "mailer/queue_pause.h"

namespace portal {
namespace {

// Of those who wait: so many are told in one transaction, since a roster may bring hundreds at
// once, and so many are looked at each time, which takes some 20 ms.
constexpr int kListedTogether = 200;
constexpr int kLookedAtTogether = 2'000;

void report(std::string_view event, const Error& error) {
  if (error.kind == Error::Kind::kUnavailable) return;
  log::error(event, {{"reason", error.message}});
}

// Returns how many mails were queued: kListedTogether, if there may be more.
Result<int> queue_some(Database& database, EpochSeconds now, const WaitingPart& part) {
  return database.write([&](Connection& connection) {
    const auto entries = Waiting(connection).take_listed(now, part, kListedTogether);
    for (const WaitingEntry& entry : entries) {
      queue_listed(connection, now, entry);
      record_timeline_event(connection, now,
                            {.event = TimelineEvent::kWaitingTold,
                             .email_key = entry.email_key,
                             .number = entry.number.text()});
    }
    return static_cast<int>(entries.size());
  });
}

Result<Done> beat(Database& database) {
  return database.write([](Connection& connection) {
    MailerHeartbeats(connection).beat(Poco::Environment::nodeName());
    return Done{};
  });
}

// If the clock was set back, waits and leases that began before end an hour late, or a year. So
// they begin now.
void mend_times(Database& database, EpochSeconds now) {
  const auto mended = database.write([&](Connection& connection) {
    const int mails = Outbox(connection).mend_times(now, kLease);
    return mails + (MailPauses(connection).mend_times(now, kLease) ? 1 : 0);
  });
  if (!mended) return report("times_not_mended", mended.error());
  if (*mended > 0) log::warning("clock_set_back", {{"mended", std::to_string(*mended)}});
}

// Measures one store, unless that is not due. A store that has become full is told of once an hour.
Result<Done> measure(Database& database, const StoreKind& kind, EpochSeconds now) {
  return database.write([&](Connection& connection) {
    StorageHours hours(connection);
    const bool first = !hours.is_measured(kind.store, now);
    if (!first && is_only_alarmed(kind)) return Done{};
    const bool was_full = !first && hours.is_full(kind.store, now);
    const std::int64_t rows = hours.measure(kind.store, now);
    if (was_full || rows < kind.alarm.most) return Done{};
    after_commit(connection, [&kind, rows] {
      log::error("storage_full", {{"store", std::string(kind.name)},
                                  {"rows", std::to_string(rows)},
                                  {"of", std::to_string(kind.alarm.most)}});
    });
    return Done{};
  });
}

void measure_stores(Database& database, EpochSeconds now) {
  for (const StoreKind& kind : store_kinds()) {
    if (const auto done = measure(database, kind, now); !done) {
      return report("storage_not_measured", done.error());
    }
  }
}

}  // namespace

void Chores::do_if_due() {
  const EpochSeconds now = clock_();
  // If the clock was set back, they are due.
  if (now < next_ && next_ <= now + kChoresEvery) return;
  next_ = now + kChoresEvery;
  if (const auto beaten = beat(database_); !beaten) report("heartbeat_not_kept", beaten.error());
  mend_times(database_, now);
  if (const auto sealed = seal_audit(database_, now); !sealed) {
    report("audit_not_sealed", sealed.error());
  } else {
    metrics_.sealed(now);
  }
  tell_listed(now);
  if (now < measure_ && measure_ <= now + kStoreMeasured) return;
  measure_ = now + kStoreMeasured;
  measure_stores(database_, now);
}

void Chores::tell_listed(EpochSeconds now) {
  do {
    const auto look = queue_listed(database_, now, looked_at_, kLookedAtTogether);
    if (!look) return report("waiting_not_told", look.error());
    looked_at_ = look->last;
  } while (!has_looked_at_all_ && !looked_at_.empty());
  has_looked_at_all_ = true;
}

Result<ListedLook> queue_listed(Database& database, EpochSeconds now, const std::string& after,
                                int most) {
  const auto part =
      database.read([&](Connection& connection) { return Waiting(connection).look(after, most); });
  if (!part) return part.error();
  ListedLook look = {.last = part->entries == most ? part->last : ""};
  for (bool more = part->has_due; more;) {
    const auto queued = queue_some(database, now, *part);
    if (!queued) return queued.error();
    look.queued += *queued;
    more = *queued == kListedTogether;
  }
  return look;
}

}  // namespace portal
