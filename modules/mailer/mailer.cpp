#include "mailer/mailer.h"

#include <Poco/String.h>

#include <array>
#include <ostream>

#include "core/base/log.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;

// Seconds to hours, then every hour.
constexpr std::array<EpochSeconds, 6> kDelays = {30,          kMinute,      2 * kMinute,
                                                 5 * kMinute, 10 * kMinute, 30 * kMinute};

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::kDelivered:
      return "delivered";
    case Kind::kTryLater:
      return "try_later";
    case Kind::kRefused:
      return "refused";
    case Kind::kBlocked:
      return "blocked";
  }
  return "blocked";
}

log::Level level_of(Kind kind) {
  if (kind == Kind::kDelivered) return log::Level::kInfo;
  return kind == Kind::kBlocked ? log::Level::kError : log::Level::kWarning;
}

// A server may repeat the recipient, and a filter the link, in its reply.
std::string without_secret(const std::string& reply, const std::string& token) {
  return token.empty() ? reply : Poco::replace(reply, token, std::string("***"));
}

}  // namespace

EpochSeconds retry_delay(int attempt) {
  const auto index = static_cast<std::size_t>(attempt) - 1;
  return index < kDelays.size() ? kDelays[index] : kHour;
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
  const Round result = work_off(*rows, start, stopping);
  parts_.transport.finish();
  return result;
}

Mailer::Round Mailer::work_off(const std::vector<OutboxRow>& rows, EpochSeconds leased_at,
                               const std::function<bool()>& stopping) {
  std::span<const OutboxRow> left(rows);
  Round result = Round::kWorked;
  while (!left.empty() && result == Round::kWorked) {
    // A slow server must not keep a row until another mailer may lease it.
    if (parts_.clock() - leased_at > kLease - mail::kLongestDelivery) break;
    result = stopping() ? Round::kStopped : handle(left.front());
    if (result != Round::kStopped) left = left.subspan(1);
  }
  if (result != Round::kNoDatabase) give_back(left);  // else the leases run out
  return result;
}

Mailer::Round Mailer::handle(const OutboxRow& row) {
  const EpochSeconds now = parts_.clock();
  const auto plan = parts_.database.write(
      [&](Connection& connection) { return plan_letter(connection, row, now); });
  if (!plan && plan.error().kind == Error::Kind::kUnavailable) return database_away(plan.error());
  if (!plan) {
    log::error("mail_not_prepared", {{"id", row.id}, {"reason", plan.error().message}});
    settle(row, {Kind::kTryLater, plan.error().message});
    return Round::kWorked;
  }
  if (const auto* not_needed = std::get_if<NotNeeded>(&*plan)) {
    close_row(row, not_needed->reason);
    return Round::kWorked;
  }
  const Letter& letter = std::get<Letter>(*plan);
  mail::Outcome outcome = send(row, letter);
  outcome.reply = without_secret(outcome.reply, letter.token);
  log::write(level_of(outcome.kind), "mail",
             {{"id", row.id},
              {"kind", letter.kind},
              {"recipient", log::mask_address(letter.to)},
              {"outcome", name_of(outcome.kind)},
              {"reply", log::mask_addresses(outcome.reply)}});
  settle(row, outcome);
  if (outcome.kind != Kind::kBlocked) return Round::kWorked;
  paused_until_ = parts_.clock() + kPause;
  return Round::kPaused;
}

mail::Outcome Mailer::send(const OutboxRow& row, const Letter& letter) {
  const LetterHead head{parts_.base_url, parts_.from, row.id, parts_.clock()};
  const auto message = write_letter(parts_.view, letter, head);
  if (!message) return {Kind::kTryLater, message.error().message};
  const auto encoded = mail::encode(*message);
  if (!encoded) return {Kind::kRefused, encoded.error().message};
  auto outcome = parts_.transport.deliver(message->from, message->to, *encoded);
  if (outcome.kind == Kind::kDelivered && parts_.echo != nullptr) {
    *parts_.echo << message->text << std::flush;
  }
  return outcome;
}

void Mailer::settle(const OutboxRow& row, const mail::Outcome& outcome) {
  const EpochSeconds now = parts_.clock();
  const int attempt = row.attempts + 1;
  // However long nothing ran: every mail has had the whole list of delays before it is given up.
  const bool tried_long =
      now - row.created_at >= kMostTrying && attempt > static_cast<int>(kDelays.size());
  const bool final =
      outcome.kind == Kind::kRefused || (outcome.kind == Kind::kTryLater && tried_long);
  EpochSeconds delay = retry_delay(attempt);
  // The next ones in the queue come first after the pause: one bad row blocks no other.
  if (outcome.kind == Kind::kBlocked) delay += kPause;
  end_lease(row, [&](Outbox& outbox) {
    if (outcome.kind == Kind::kDelivered) {
      return outbox.mark_sent(row.id, parts_.owner, now, outcome.reply);
    }
    if (final) return outbox.mark_failed(row.id, parts_.owner, now, outcome.reply);
    return outbox.put_back(row.id, parts_.owner, now + delay, outcome.reply);
  });
}

void Mailer::close_row(const OutboxRow& row, std::string_view reason) {
  log::info("mail_not_needed", {{"id", row.id}, {"reason", reason}});
  end_lease(row, [&](Outbox& outbox) {
    return outbox.mark_failed(row.id, parts_.owner, parts_.clock(), reason);
  });
}

void Mailer::give_back(std::span<const OutboxRow> rows) {
  for (const OutboxRow& row : rows) {
    end_lease(row, [&](Outbox& outbox) { return outbox.release(row.id, parts_.owner); });
  }
}

template <class F>
void Mailer::end_lease(const OutboxRow& row, const F& mark) {
  const auto kept = parts_.database.write([&](Connection& connection) {
    Outbox outbox(connection);
    return mark(outbox);
  });
  if (!kept) log::error("mail_not_marked", {{"id", row.id}, {"reason", kept.error().message}});
  if (kept && !*kept) log::warning("lease_lost", {{"id", row.id}});
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
