#include "mailer/queue_pause.h"

#include "core/base/log.h"
#include "core/database/database.h"
#include "core/database/mail/mail_pause.h"
#include "core/registration/policy.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;
using mail::Stage;

bool is_its_own_fault(const OutboxRow& row) {
  return row.passed_over >= kPassedOver;
}

// Nothing but a mail's own recipient and text can be the reason from here on.
bool is_about_mail(const mail::Outcome& outcome) {
  return outcome.stage == Stage::kRecipient || outcome.stage == Stage::kMessage;
}

// The same clear answer at two different times is no matter of the relay's state.
bool is_confirmed(const OutboxRow& row, const mail::Outcome& outcome) {
  return outcome.kind == Kind::kRefused && row.fault == name_of(outcome.fault);
}

void open_queue(Connection& connection) {
  if (MailPauses(connection).end()) after_commit(connection, [] { log::info("mail_resumed"); });
}

void pause_queue(Connection& connection, const std::string& reason, EpochSeconds now) {
  if (!MailPauses(connection).pause(now, now + kQueuePause, reason)) return;
  after_commit(connection, [reason] {
    log::error("mail_paused", {{"reason", log::mask_addresses(reason)}});
  });
}

// The relay takes mails of ours: what it refused before, it may have refused for their own sake. A
// mail that is no probe may have been under way since before the pause, and says nothing.
bool conclude_taken(Connection& connection, bool probe) {
  MailPauses pauses(connection);
  if (!pauses.any()) return false;  // as nearly always
  if (!probe && is_paused(connection)) return true;
  pauses.pass_over_refused();
  open_queue(connection);
  return false;
}

void conclude_refused(Connection& connection, const OutboxRow& row, const mail::Outcome& outcome,
                      EpochSeconds now) {
  if (is_its_own_fault(row) || is_confirmed(row, outcome)) return;
  MailPauses pauses(connection);
  if (pauses.add_refused(row.id, now) < kRefusedInARow) return;
  pauses.revive_refused(now + kQueuePause);
  pause_queue(connection,
              std::to_string(kRefusedInARow) + " mails in a row were refused: " + outcome.reply,
              now);
}

}  // namespace

LeasedRows lease_rows(Connection& connection, std::string_view owner, EpochSeconds now) {
  Outbox outbox(connection);
  MailPauses pauses(connection);
  const auto pause = pauses.find();
  if (!pause) return {outbox.lease(owner, now, kLease, kBatch)};
  // Nobody else sends a probe while this lease lasts.
  if (!pauses.prolong(now, now + kLease)) return {.rows = {}, .paused = true};
  LeasedRows leased{outbox.lease_least_tried(owner, now, kLease), true, true};
  if (leased.rows.empty()) pauses.pause(now, pause->until, pause->reason);
  return leased;
}

bool is_paused(Connection& connection) {
  return MailPauses(connection).find().has_value();
}

mail::Outcome seen_for_row(const OutboxRow& row, mail::Outcome outcome) {
  if (outcome.kind == Kind::kBlocked && is_about_mail(outcome) && is_its_own_fault(row)) {
    outcome.kind = Kind::kDoubtful;
  }
  return outcome;
}

bool conclude(Connection& connection, const OutboxRow& row, const mail::Outcome& outcome,
              bool probe, EpochSeconds now) {
  if (outcome.kind == Kind::kDelivered) return conclude_taken(connection, probe);
  if (outcome.kind == Kind::kBlocked) {
    if (is_about_mail(outcome)) MailPauses(connection).add_refused(row.id, now);
    pause_queue(connection, outcome.reply, now);
  } else if (probe && outcome.kind == Kind::kRefused && is_about_mail(outcome)) {
    open_queue(connection);
  } else if (probe) {
    give_back_probe(connection, now + kQueuePause);
  } else if (outcome.kind != Kind::kTryLater && is_about_mail(outcome)) {
    conclude_refused(connection, row, outcome, now);
  }
  return is_paused(connection);
}

void give_back_probe(Connection& connection, EpochSeconds now) {
  MailPauses pauses(connection);
  if (const auto pause = pauses.find()) pauses.pause(now, now, pause->reason);
}

}  // namespace portal
