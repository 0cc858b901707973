#include "mailer/mailer.h"

#include <Poco/String.h>

#include <algorithm>
#include <optional>
#include <ostream>

#include "core/base/activity.h"
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
    case Kind::kDoubtful:
      return MailOutcome::kDoubtful;
    case Kind::kBlocked:
      break;
  }
  return MailOutcome::kBlocked;
}

log::Level level_of(Kind kind) {
  if (kind == Kind::kDelivered) return log::Level::kInfo;
  return kind == Kind::kBlocked ? log::Level::kError : log::Level::kWarning;
}

// What follows for the queue from a mail that was not sent.
std::function<bool(Connection&)> not_sent(bool probe, EpochSeconds now) {
  if (!probe) return {};
  return [now](Connection& connection) {
    give_back_probe(connection, now);
    return false;
  };
}

// When the mail is tried again; nothing: never. Only what is clearly about the recipient ends it at
// once. What the relay says of the portal does not end it at all, unless the relay takes other
// mails (kDoubtful, see seen_for_row).
std::optional<EpochSeconds> next_attempt(const OutboxRow& row, const mail::Outcome& outcome,
                                         EpochSeconds now) {
  if (outcome.kind == Kind::kRefused) return std::nullopt;
  // After the pause the other rows come first.
  if (outcome.kind == Kind::kBlocked) return now + kQueuePause + retry_delay(1);
  const int number = row.attempts - row.blocked + 1;
  // Every mail gets all of kRetryDelays before it is given up, even if no mailer ran for days.
  const bool tried_long =
      now - row.created_at >= kMostTrying && number > static_cast<int>(kRetryDelays.size());
  const bool ours = outcome.kind == Kind::kTryLater && outcome.fault == MailFault::kOurs;
  if (tried_long && !ours) return std::nullopt;
  return now + retry_delay(number);
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
  const auto leased = parts_.database.write(
      [&](Connection& connection) { return lease_rows(connection, parts_.owner, start); });
  if (!leased) return database_away(leased.error());
  database_back();
  if (leased->rows.empty()) return leased->paused ? Round::kPaused : Round::kNothingDue;
  const Round result = send_leased(*leased, start, stopping);
  parts_.transport.finish();
  return result;
}

Mailer::Round Mailer::send_leased(const LeasedRows& leased, EpochSeconds leased_at,
                                  const std::function<bool()>& stopping) {
  std::span<const OutboxRow> left(leased.rows);
  Round result = Round::kWorked;
  while (!left.empty() && result == Round::kWorked) {
    // Stops early enough that no slow server keeps a row until another mailer may lease it.
    if (parts_.clock() - leased_at > kLease - mail::kLongestDelivery - kFresh) break;
    const auto group = left.first(std::min(left.size(), kTogether));
    const Progress progress = send_group(group, leased.probe, stopping);
    result = progress.round;
    left = left.subspan(progress.rows);
  }
  if (result == Round::kNoDatabase) return result;  // the leases run out
  std::vector<Ending> endings;
  for (const OutboxRow& row : left) {
    endings.push_back(released(row, leased.probe));
    endings.back().request_id = row.request_id;
  }
  end_leases(endings);
  return result;
}

Mailer::Progress Mailer::send_group(std::span<const OutboxRow> group, bool probe,
                                    const std::function<bool()>& stopping) {
  const EpochSeconds start = parts_.clock();
  const auto plans = plan(group, probe, start);
  if (!plans && plans.error().kind == Error::Kind::kUnavailable) {
    return {database_away(plans.error()), 0};
  }
  if (!plans && group.size() > 1) {
    return send_group(group.first(1), probe, stopping);  // which one is it?
  }
  if (!plans) return not_prepared(group.front(), plans.error(), probe);
  if (plans->empty()) return {Round::kPaused, 0};
  std::vector<Ending> endings;
  Round result = Round::kWorked;
  for (const LetterPlan& plan : *plans) {
    if (!endings.empty() && (endings.back().refused || parts_.clock() - start > kFresh)) break;
    if (stopping()) result = Round::kStopped;
    if (result != Round::kWorked) break;
    const OutboxRow& row = group[endings.size()];
    endings.push_back(carry_out(row, plan, probe));
    endings.back().request_id = row.request_id;
  }
  if (end_leases(endings) && result == Round::kWorked) result = Round::kPaused;
  return {result, endings.size()};
}

Result<std::vector<LetterPlan>> Mailer::plan(std::span<const OutboxRow> group, bool probe,
                                             EpochSeconds now) {
  return parts_.database.write([&](Connection& connection) {
    std::vector<LetterPlan> plans;
    if (!probe && is_paused(connection)) return plans;
    for (const OutboxRow& row : group) {
      plans.push_back(choose_letter(connection, row, parts_.limits, now));
    }
    return plans;
  });
}

Mailer::Progress Mailer::not_prepared(const OutboxRow& row, const Error& error, bool probe) {
  const ForRequest for_request(row.request_id);
  log::error("mail_not_prepared", {{"id", row.id}, {"reason", error.message}});
  Ending ending = settled(row, nullptr, {Kind::kTryLater, error.message}, probe);
  ending.request_id = row.request_id;
  const bool paused = end_leases({&ending, 1});
  return {paused ? Round::kPaused : Round::kWorked, 1};
}

Mailer::Ending Mailer::carry_out(const OutboxRow& row, const LetterPlan& plan, bool probe) {
  const ForRequest for_request(row.request_id);
  for (const MailFlood& flood : plan.floods) {
    log::warning(
        "mail_flood",
        {{"total", flood.total}, {"of", flood.of}, {"mails", std::to_string(flood.mails)}});
  }
  if (const auto* why = std::get_if<Obstruction>(&plan.choice)) return obstructed(row, *why, probe);
  const Letter& letter = std::get<Letter>(plan.choice);
  mail::Outcome outcome = seen_for_row(row, send(row, letter));
  for (const auto* token : {&letter.token, &letter.stop_token}) {
    outcome.reply = without_secret(outcome.reply, *token);
  }
  log::write(level_of(outcome.kind), "mail",
             {{"id", row.id},
              {"kind", letter.kind},
              {"recipient", log::mask_address(letter.to)},
              {"outcome", name_of(outcome_of(outcome.kind))},
              {"fault", name_of(outcome.fault)},
              {"reply", log::mask_addresses(outcome.reply)}});
  if (outcome.kind == Kind::kDelivered) {
    // A clock that was set back meanwhile must not take from the sum.
    parts_.metrics.delivered(std::max<EpochSeconds>(parts_.clock() - row.created_at, 0));
  }
  return settled(row, &letter, outcome, probe);
}

mail::Outcome Mailer::send(const OutboxRow& row, const Letter& letter) {
  const LetterHead head{parts_.base_url, parts_.from, row.id, parts_.clock(), parts_.from_name};
  const auto message = write_letter(parts_.view, letter, head);
  if (!message) return {Kind::kTryLater, message.error().message};
  const auto encoded = mail::encode(*message);
  if (!encoded) return {Kind::kRefused, encoded.error().message, MailFault::kUnknownUser};
  const std::string sender =
      parts_.bounces.empty() ? message->from : mail::bounce_address(parts_.bounces, row.id);
  auto outcome = parts_.transport.deliver(sender, message->to, *encoded);
  if (outcome.kind == Kind::kDelivered && parts_.echo != nullptr) {
    *parts_.echo << message->text << std::flush;
  }
  return outcome;
}

Mailer::Ending Mailer::settled(const OutboxRow& row, const Letter* letter,
                               const mail::Outcome& outcome, bool probe) const {
  const EpochSeconds now = parts_.clock();
  parts_.metrics.attempt(outcome_of(outcome.kind));
  MailAttempt attempt{row.id, now, std::string(name_of(outcome_of(outcome.kind))), outcome.reply,
                      std::string(name_of(outcome.fault))};
  OutboxFinding finding;
  if (letter != nullptr) {
    attempt.letter = letter->kind;
    finding = {letter->kind, "", letter->registration_id, letter->account_id};
  }
  const auto mark = [=, owner = parts_.owner, id = row.id,
                     next = next_attempt(row, outcome, now)](Outbox& outbox) {
    if (outcome.kind == Kind::kDelivered) return outbox.mark_sent(id, owner, now, outcome.reply);
    if (!next) return outbox.mark_failed(id, owner, now, outcome.reply, outcome.fault);
    return outcome.kind == Kind::kBlocked
               ? outbox.put_back_blocked(id, owner, *next, outcome.reply)
               : outbox.put_back(id, owner, *next, outcome.reply, outcome.fault);
  };
  return {row.id,
          attempt,
          finding,
          mark,
          [=](Connection& connection) { return conclude(connection, row, outcome, probe, now); },
          outcome.kind != Kind::kDelivered};
}

Mailer::Ending Mailer::obstructed(const OutboxRow& row, const Obstruction& why, bool probe) const {
  const EpochSeconds now = parts_.clock();
  const bool waits = why.until != 0;
  const MailOutcome outcome = waits ? MailOutcome::kHeld : MailOutcome::kWithheld;
  const std::string obstacle(name_of(why.obstacle));
  parts_.metrics.attempt(outcome);
  log::info(waits ? "mail_held" : "mail_withheld", {{"id", row.id}, {"reason", why.reason}});
  return {row.id,
          {.outbox_id = row.id,
           .at = now,
           .outcome = std::string(name_of(outcome)),
           .reply = why.reason,
           .obstacle = obstacle},
          {.letter = "", .obstacle = obstacle},
          [=, owner = parts_.owner, id = row.id](Outbox& outbox) {
            return waits ? outbox.hold(id, owner, why.until, why.reason)
                         : outbox.mark_withheld(id, owner, now, why.reason);
          },
          not_sent(probe, now)};
}

Mailer::Ending Mailer::released(const OutboxRow& row, bool probe) const {
  return {row.id,
          {},
          {},
          [owner = parts_.owner, id = row.id](Outbox& outbox) { return outbox.release(id, owner); },
          not_sent(probe, parts_.clock())};
}

bool Mailer::end_leases(std::span<const Ending> endings) {
  if (endings.empty()) return false;
  struct Ended {
    std::vector<const Ending*> lost;
    bool paused = false;
  };
  const auto ended = parts_.database.write([&](Connection& connection) {
    Outbox outbox(connection);
    Ended result;
    for (const Ending& ending : endings) {
      const bool ours = ending.mark(outbox);
      if (!ours) result.lost.push_back(&ending);
      if (ours && !ending.attempt.outcome.empty()) {
        MailAttempts(connection).add(draw_id(), ending.attempt);
        outbox.note(ending.id, ending.finding);
      }
      if (ending.conclude) result.paused = ending.conclude(connection);
    }
    return result;
  });
  if (ended) {
    for (const Ending* ending : ended->lost) {
      const ForRequest for_request(ending->request_id);
      log::warning("lease_lost", {{"id", ending->id}});
    }
    return ended->paused;
  }
  if (endings.size() > 1 && ended.error().kind != Error::Kind::kUnavailable) {
    bool paused = false;
    for (std::size_t i = 0; i < endings.size(); ++i) paused = end_leases(endings.subspan(i, 1));
    return paused;
  }
  for (const Ending& ending : endings) {
    const ForRequest for_request(ending.request_id);
    log::error("mail_not_marked", {{"id", ending.id}, {"reason", ended.error().message}});
  }
  return false;
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
