#include "mailer/chores.h"

#include <Poco/Environment.h>

#include <string>

#include "core/base/log.h"
#include "core/database/mail/mailer_heartbeats.h"
#include "core/database/registration/waiting.h"
#include "core/journal/audit_chain.h"
#include "core/journal/timeline.h"
#include "core/queue/queue_mail.h"

namespace portal {
namespace {

constexpr int kBatch = 200;  // of those who wait; a roster may bring hundreds at once

void report(std::string_view event, const Error& error) {
  if (error.kind == Error::Kind::kUnavailable) return;
  log::error(event, {{"reason", error.message}});
}

void queue_listed_all(Database& database, EpochSeconds now) {
  for (int queued = kBatch; queued == kBatch;) {
    const auto done = queue_listed(database, now);
    if (!done) return report("waiting_not_told", done.error());
    queued = *done;
  }
}

Result<Done> beat(Database& database) {
  return database.write([](Connection& connection) {
    MailerHeartbeats(connection).beat(Poco::Environment::nodeName());
    return Done{};
  });
}

}  // namespace

void Chores::do_if_due() {
  const EpochSeconds now = clock_();
  if (now < next_) return;
  next_ = now + kChoresEvery;
  if (const auto beaten = beat(database_); !beaten) report("heartbeat_not_kept", beaten.error());
  if (const auto sealed = seal_audit(database_, now); !sealed) {
    report("audit_not_sealed", sealed.error());
  } else {
    metrics_.sealed(now);
  }
  queue_listed_all(database_, now);
}

Result<int> queue_listed(Database& database, EpochSeconds now) {
  return database.write([&](Connection& connection) {
    const auto entries = Waiting(connection).take_listed(now, kBatch);
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

}  // namespace portal
