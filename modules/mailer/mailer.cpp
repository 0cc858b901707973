#include "mailer/mailer.h"

#include <Poco/String.h>

#include <algorithm>
#include <ostream>

#include "core/base/log.h"
#include "core/database/mail/mail_state.h"
#include "core/mail/bounce/bounce.h"
#include "core/registration/policy.h"
#include "core/security/token.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;

MailOutcome outcome_of(Kind kind) {
  switch (kind) {
    case Kind::kDelivered:
      return MailOutcome::kDelivered;
    case Kind::kTryLater:
      return MailOutcome::kTryLater;
    case Kind::kRefused:
      return MailOutcome::kRefused;
    case Kind::kBlocked:
      break;
  }
  return MailOutcome::kBlocked;
}

log::Level level_of(Kind kind) {
  if (kind == Kind::kDelivered) return log::Level::kInfo;
  return kind == Kind::kBlocked ? log::Level::kError : log::Level::kWarning;
}

// A reply may repeat the token, because a filter may quote the link.
std::string without_secret(const std::string& reply, const std::string& token) {
  return token.empty() ? reply : Poco::replace(reply, token, std::string("***"));
}

}  // namespace

EpochSeconds retry_delay(int attempt) {
  const auto index = static_cast<std::size_t>(attempt) - 1;
  return index < kRetryDelays.size() ? kRetryDelays[index] : kLastRetryDelay;
}

Mailer::Round Mailer::round(const std::function<bool()>& stopping) {
  const EpochSeconds start = parts_.clock();
  if (start < paused_until_) return Round::kPaused;
  const auto rows = parts_.database.write([&](Connection& connection) {
    return Outbox(connection).lease(parts_.owner, start, kLease, kBatch);
  });
  if (!rows) return database_away(rows.error());
  database_back();
  if (rows->empty()) return Round::kNothingDue;
  const Round result = send_leased(*rows, start, stopping);
  parts_.transport.finish();
  return result;
}

Mailer::Round Mailer::send_leased(const std::vector<OutboxRow>& rows, EpochSeconds leased_at,
                                  const std::function<bool()>& stopping) {
  std::span<const OutboxRow> left(rows);
  Round result = Round::kWorked;
  while (!left.empty() && result == Round::kWorked) {
    // Stops early enough that no slow server keeps a row until another mailer may lease it.
    if (parts_.clock() - leased_at > kLease - mail::kLongestDelivery - kFresh) break;
    const Progress progress = send_group(left.first(std::min(left.size(), kTogether)), stopping);
    result = progress.round;
    left = left.subspan(progress.rows);
  }
  if (result == Round::kNoDatabase) return result;  // the leases run out
  std::vector<Ending> endings;
  for (const OutboxRow& row : left) endings.push_back(released(row));
  end_leases(endings);
  return result;
}

Mailer::Progress Mailer::send_group(std::span<const OutboxRow> group,
                                    const std::function<bool()>& stopping) {
  const EpochSeconds start = parts_.clock();
  const auto plans = plan(group, start);
  if (!plans && plans.error().kind == Error::Kind::kUnavailable) {
    return {database_away(plans.error()), 0};
  }
  if (!plans && group.size() > 1) return send_group(group.first(1), stopping);  // which one is it?
  std::vector<Ending> endings;
  if (!plans) {
    const OutboxRow& row = group.front();
    log::error("mail_not_prepared", {{"id", row.id}, {"reason", plans.error().message}});
    endings.push_back(settled(row, {Kind::kTryLater, plans.error().message}));
    end_leases(endings);
    return {Round::kWorked, 1};
  }
  Round result = Round::kWorked;
  for (const LetterChoice& plan : *plans) {
    if (!endings.empty() && parts_.clock() - start > kFresh) break;
    if (stopping()) result = Round::kStopped;
    if (result != Round::kWorked) break;
    endings.push_back(carry_out(group[endings.size()], plan));
    if (parts_.clock() < paused_until_) result = Round::kPaused;
  }
  end_leases(endings);
  return {result, endings.size()};
}

Result<std::vector<LetterChoice>> Mailer::plan(std::span<const OutboxRow> group, EpochSeconds now) {
  return parts_.database.write([&](Connection& connection) {
    std::vector<LetterChoice> plans;
    for (const OutboxRow& row : group) {
      plans.push_back(choose_letter(connection, row, parts_.limits, now));
    }
    return plans;
  });
}

Mailer::Ending Mailer::carry_out(const OutboxRow& row, const LetterChoice& plan) {
  if (const auto* not_needed = std::get_if<NotNeeded>(&plan)) return withheld(row, *not_needed);
  if (const auto* wait = std::get_if<Held>(&plan)) return held(row, *wait);
  const Letter& letter = std::get<Letter>(plan);
  mail::Outcome outcome = send(row, letter);
  for (const auto* token : {&letter.token, &letter.stop_token}) {
    outcome.reply = without_secret(outcome.reply, *token);
  }
  log::write(level_of(outcome.kind), "mail",
             {{"id", row.id},
              {"kind", letter.kind},
              {"recipient", log::mask_address(letter.to)},
              {"outcome", name_of(outcome_of(outcome.kind))},
              {"reply", log::mask_addresses(outcome.reply)}});
  if (outcome.kind == Kind::kBlocked) paused_until_ = parts_.clock() + kQueuePause;
  if (outcome.kind == Kind::kDelivered) parts_.metrics.delivered(parts_.clock() - row.created_at);
  return settled(row, outcome);
}

mail::Outcome Mailer::send(const OutboxRow& row, const Letter& letter) {
  const LetterHead head{parts_.base_url, parts_.from, row.id, parts_.clock(), parts_.from_name};
  const auto message = write_letter(parts_.view, letter, head);
  if (!message) return {Kind::kTryLater, message.error().message};
  const auto encoded = mail::encode(*message);
  if (!encoded) return {Kind::kRefused, encoded.error().message};
  const std::string sender =
      parts_.bounces.empty() ? message->from : mail::bounce_address(parts_.bounces, row.id);
  auto outcome = parts_.transport.deliver(sender, message->to, *encoded);
  if (outcome.kind == Kind::kDelivered && parts_.echo != nullptr) {
    *parts_.echo << message->text << std::flush;
  }
  return outcome;
}

Mailer::Ending Mailer::settled(const OutboxRow& row, const mail::Outcome& outcome) const {
  const EpochSeconds now = parts_.clock();
  const int number = row.attempts + 1;
  // Every mail gets all of kRetryDelays before it is given up, even if no mailer ran for days.
  const bool tried_long =
      now - row.created_at >= kMostTrying && number > static_cast<int>(kRetryDelays.size());
  const bool final =
      outcome.kind == Kind::kRefused || (outcome.kind == Kind::kTryLater && tried_long);
  EpochSeconds delay = retry_delay(number);
  // After the pause the next rows of the queue come first, so that one bad row blocks no other.
  if (outcome.kind == Kind::kBlocked) delay += kQueuePause;
  parts_.metrics.attempt(outcome_of(outcome.kind));
  const MailAttempt attempt{row.id, now, std::string(name_of(outcome_of(outcome.kind))),
                            outcome.reply};
  return {row.id, attempt, [=, owner = parts_.owner, id = row.id](Outbox& outbox) {
            if (outcome.kind == Kind::kDelivered) {
              return outbox.mark_sent(id, owner, now, outcome.reply);
            }
            if (final) return outbox.mark_failed(id, owner, now, outcome.reply);
            return outbox.put_back(id, owner, now + delay, outcome.reply);
          }};
}

Mailer::Ending Mailer::withheld(const OutboxRow& row, const NotNeeded& not_needed) const {
  const EpochSeconds now = parts_.clock();
  parts_.metrics.attempt(MailOutcome::kWithheld);
  log::info("mail_withheld", {{"id", row.id}, {"reason", not_needed.reason}});
  return {row.id,
          {row.id, now, std::string(name_of(MailOutcome::kWithheld)), not_needed.reason},
          [=, owner = parts_.owner, id = row.id](Outbox& outbox) {
            return outbox.mark_withheld(id, owner, now, not_needed.reason);
          }};
}

Mailer::Ending Mailer::held(const OutboxRow& row, const Held& held) const {
  parts_.metrics.attempt(MailOutcome::kHeld);
  log::info("mail_held", {{"id", row.id}, {"reason", held.reason}});
  return {row.id,
          {row.id, parts_.clock(), std::string(name_of(MailOutcome::kHeld)), held.reason},
          [=, owner = parts_.owner, id = row.id](Outbox& outbox) {
            return outbox.hold(id, owner, held.until, held.reason);
          }};
}

Mailer::Ending Mailer::released(const OutboxRow& row) const {
  return {row.id, {}, [owner = parts_.owner, id = row.id](Outbox& outbox) {
            return outbox.release(id, owner);
          }};
}

void Mailer::end_leases(std::span<const Ending> endings) {
  if (endings.empty()) return;
  const auto lost = parts_.database.write([&](Connection& connection) {
    Outbox outbox(connection);
    std::vector<std::string> ids;
    for (const Ending& ending : endings) {
      const bool ours = ending.mark(outbox);
      if (!ours) ids.push_back(ending.id);
      if (ours && !ending.attempt.outcome.empty()) {
        MailAttempts(connection).add(draw_id(), ending.attempt);
      }
    }
    return ids;
  });
  if (lost) {
    for (const std::string& id : *lost) log::warning("lease_lost", {{"id", id}});
    return;
  }
  if (endings.size() > 1 && lost.error().kind != Error::Kind::kUnavailable) {
    for (std::size_t i = 0; i < endings.size(); ++i) end_leases(endings.subspan(i, 1));
    return;
  }
  for (const Ending& ending : endings) {
    log::error("mail_not_marked", {{"id", ending.id}, {"reason", lost.error().message}});
  }
}

Mailer::Round Mailer::database_away(const Error& error) {
  if (!database_away_) log::error("database_away", {{"reason", error.message}});
  database_away_ = true;
  return Round::kNoDatabase;
}

void Mailer::database_back() {
  if (database_away_) log::info("database_back");
  database_away_ = false;
}

}  // namespace portal
