#include "mailer/mailer.h"

#include <Poco/String.h>

#include <algorithm>
#include <iterator>
#include <ostream>
#include <utility>

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
  auto batch = lease();
  backlog_ = batch && batch->leased.rows.size() >= kBatch;
  if (!batch) return database_away(batch.error());
  database_back();
  if (batch->leased.rows.empty()) {
    return batch->leased.paused ? Round::kPaused : Round::kNothingDue;
  }
  const Round result = send_leased(*batch, stopping);
  parts_.transport.finish();
  return result;
}

Result<Mailer::Batch> Mailer::lease() {
  const EpochSeconds now = parts_.clock();
  const auto leased = [&](Connection& connection) {
    return Batch{lease_rows(connection, parts_.owner, now), now};
  };
  auto batch = parts_.database.write([&](Connection& connection) {
    Batch planned = leased(connection);
    const LeasedRows& rows = planned.leased;
    if (!rows.rows.empty()) planned.plans = plan(connection, planned.group(), rows.probe);
    return planned;
  });
  if (batch || batch.error().kind == Error::Kind::kUnavailable) return batch;
  return parts_.database.write(leased);  // a row that cannot be planned is found out by itself
}

Mailer::Round Mailer::send_leased(Batch& batch, const std::function<bool()>& stopping) {
  Round result = Round::kWorked;
  while (!batch.left().empty() && result == Round::kWorked && !batch.over(parts_.clock())) {
    result = send_group(batch, stopping);
  }
  if (result == Round::kNoDatabase) return result;  // the leases run out
  std::vector<Ending> endings;
  for (const OutboxRow& row : batch.left()) {
    endings.push_back(released(row, batch.leased.probe));
    endings.back().request_id = row.request_id;
  }
  end_leases(endings);
  return result;
}

Mailer::Round Mailer::send_group(Batch& batch, const std::function<bool()>& stopping) {
  if (!batch.plans) {
    auto planned = plan_apart(batch);
    if (!planned && planned.error().kind == Error::Kind::kUnavailable) {
      return database_away(planned.error());
    }
    if (!planned) return not_prepared(batch, planned.error());
    batch.plans = std::move(*planned);
  }
  const Plans plans = *std::exchange(batch.plans, std::nullopt);
  if (plans.letters.empty()) return Round::kPaused;
  const auto rows = batch.left().first(plans.letters.size());
  std::vector<Ending> endings;
  Round result = Round::kWorked;
  while (endings.size() < rows.size()) {
    if (!endings.empty() && (endings.back().refused || parts_.clock() - plans.at > kFresh)) break;
    if (stopping()) result = Round::kStopped;
    if (result != Round::kWorked) break;
    const std::size_t done = endings.size();
    const std::size_t next = std::min(rows.size() - done, parts_.transport.together());
    std::ranges::move(carry_out(rows.subspan(done, next),
                                std::span(plans.letters).subspan(done, next), batch.leased.probe),
                      std::back_inserter(endings));
  }
  return end_group(batch, endings, result);
}

Mailer::Plans Mailer::plan(Connection& connection, std::span<const OutboxRow> group,
                           bool probe) const {
  Plans plans{{}, parts_.clock()};
  if (!probe && is_paused(connection)) return plans;
  for (const OutboxRow& row : group) {
    plans.letters.push_back(choose_letter(connection, row, parts_.limits, plans.at));
  }
  return plans;
}

Result<Mailer::Plans> Mailer::plan_apart(const Batch& batch) {
  const auto planned = [&](std::span<const OutboxRow> rows) {
    return parts_.database.write(
        [&](Connection& connection) { return plan(connection, rows, batch.leased.probe); });
  };
  const auto group = batch.group();
  auto plans = planned(group);
  const bool together = plans || plans.error().kind == Error::Kind::kUnavailable;
  return together || group.size() == 1 ? plans : planned(group.first(1));  // which one is it?
}

Mailer::Round Mailer::not_prepared(Batch& batch, const Error& error) {
  const OutboxRow& row = batch.left().front();
  const ForRequest for_request(row.request_id);
  log::error("mail_not_prepared", {{"id", row.id}, {"reason", error.message}});
  Ending ending = settled(row, nullptr, {Kind::kTryLater, error.message}, batch.leased.probe);
  ending.request_id = row.request_id;
  ++batch.done;
  return end_leases({&ending, 1}) ? Round::kPaused : Round::kWorked;
}

std::vector<Mailer::Ending> Mailer::carry_out(std::span<const OutboxRow> rows,
                                              std::span<const LetterPlan> plans, bool probe) {
  std::vector<Mail> mails;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    write(mails.emplace_back(Mail{rows[i], plans[i]}));
  }
  hand_over(mails);
  std::vector<Ending> endings;
  for (const Mail& mail : mails) {
    if (mail.letter() != nullptr && !mail.outcome) break;
    const ForRequest for_request(mail.row.request_id);
    for (const MailFlood& flood : mail.plan.floods) {
      log::warning(
          "mail_flood",
          {{"total", flood.total}, {"of", flood.of}, {"mails", std::to_string(flood.mails)}});
    }
    const auto* why = std::get_if<Obstruction>(&mail.plan.choice);
    endings.push_back(why != nullptr ? obstructed(mail.row, *why, probe) : sent(mail, probe));
    endings.back().request_id = mail.row.request_id;
  }
  return endings;
}

void Mailer::write(Mail& mail) const {
  if (mail.letter() == nullptr) return;
  const std::string& id = mail.row.id;
  const LetterHead head{parts_.base_url, parts_.from, id, parts_.clock(), parts_.from_name};
  auto message = write_letter(parts_.view, *mail.letter(), head);
  if (!message) {
    mail.outcome = {Kind::kTryLater, message.error().message};
    return;
  }
  auto encoded = mail::encode(*message);
  if (!encoded) {
    mail.outcome = {Kind::kRefused, encoded.error().message, MailFault::kUnknownUser};
    return;
  }
  mail.parcel = {parts_.bounces.empty() ? message->from : mail::bounce_address(parts_.bounces, id),
                 message->to, std::move(*encoded)};
  mail.text = std::move(message->text);
}

void Mailer::hand_over(std::span<Mail> mails) {
  std::vector<Mail*> ready;
  std::vector<mail::Parcel> parcels;
  for (Mail& mail : mails) {
    if (mail.letter() == nullptr || mail.outcome) continue;
    ready.push_back(&mail);
    parcels.push_back(std::move(mail.parcel));
  }
  if (parcels.empty()) return;
  auto outcomes = parts_.transport.deliver_all(parcels);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].kind == Kind::kDelivered && parts_.echo != nullptr) {
      *parts_.echo << ready[i]->text << std::flush;
    }
    ready[i]->outcome = std::move(outcomes[i]);
  }
}

Mailer::Ending Mailer::sent(const Mail& mail, bool probe) {
  const Letter& letter = *mail.letter();
  mail::Outcome outcome = seen_for_row(mail.row, *mail.outcome);
  for (const auto* token : {&letter.token, &letter.stop_token}) {
    outcome.reply = without_secret(outcome.reply, *token);
  }
  log::write(level_of(outcome.kind), "mail",
             {{"id", mail.row.id},
              {"kind", letter.kind},
              {"recipient", log::mask_address(letter.to)},
              {"outcome", name_of(outcome_of(outcome.kind))},
              {"fault", name_of(outcome.fault)},
              {"reply", log::mask_addresses(outcome.reply)}});
  if (outcome.kind == Kind::kDelivered) {
    // A clock that was set back meanwhile must not take from the sum.
    parts_.metrics.delivered(std::max<EpochSeconds>(parts_.clock() - mail.row.created_at, 0));
  }
  return settled(mail.row, &letter, outcome, probe);
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

Mailer::Ended Mailer::end_leases(Connection& connection, std::span<const Ending> endings) {
  Outbox outbox(connection);
  Ended ended;
  for (const Ending& ending : endings) {
    const bool ours = ending.mark(outbox);
    if (!ours) ended.lost.push_back(&ending);
    if (ours && !ending.attempt.outcome.empty()) {
      MailAttempts(connection).add(draw_id(), ending.attempt);
      outbox.note(ending.id, ending.finding);
    }
    if (ending.conclude) ended.paused = ending.conclude(connection);
  }
  return ended;
}

void Mailer::tell_of_lost(const Ended& ended) {
  for (const Ending* ending : ended.lost) {
    const ForRequest for_request(ending->request_id);
    log::warning("lease_lost", {{"id", ending->id}});
  }
}

Mailer::Round Mailer::end_group(Batch& batch, std::span<const Ending> endings, Round result) {
  batch.done += endings.size();
  if (result == Round::kWorked && !batch.left().empty() && !batch.over(parts_.clock())) {
    std::optional<Plans> plans;
    const auto ended = parts_.database.write([&](Connection& connection) {
      plans.reset();
      Ended all = end_leases(connection, endings);
      if (!all.paused) plans = plan(connection, batch.group(), batch.leased.probe);
      return all;
    });
    if (ended) {
      tell_of_lost(*ended);
      batch.plans = std::move(plans);
      return ended->paused ? Round::kPaused : result;
    }
    // What failed together is done apart, so that a row that cannot be planned unmarks no mail.
  }
  return end_leases(endings) && result == Round::kWorked ? Round::kPaused : result;
}

bool Mailer::end_leases(std::span<const Ending> endings) {
  if (endings.empty()) return false;
  const auto ended = parts_.database.write(
      [&](Connection& connection) { return end_leases(connection, endings); });
  if (ended) {
    tell_of_lost(*ended);
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
