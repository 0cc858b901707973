// portalctl mail list, mail status, mail retry. What a mail says, and its link, are not in the
// outbox.
#include <algorithm>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "core/base/japan_time.h"
#include "core/database/database.h"
#include "core/database/mail/mail_addresses.h"
#include "core/database/mail/outbox.h"
#include "portalctl/listing.h"
#include "portalctl/printing.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Connection;
using portal::EpochSeconds;
using portal::Outbox;
using portal::Result;

constexpr std::string_view kAllFailed = "all-failed";

struct Listed {
  std::vector<portal::OutboxEntry> rows;
  std::vector<portal::OutboxCount> counts;  // of the whole outbox
  EpochSeconds stopped_until = 0;           // of the address that was asked for
};

void print(const portal::OutboxEntry& row, const Options& options) {
  const bool queued = row.state == "queued";
  (options.json ? print_json : print_row)({
      {"id", row.id},
      {"kind", row.kind},
      {"recipient", shown_address(options, row.recipient)},
      {"state", row.state},
      {"queued_at", Time{row.created_at}},
      {"next_attempt_at", Time{queued ? row.next_attempt_at : 0}},
      {"done_at", Time{row.done_at}},
      {"attempts", row.attempts},
      {"last_reply", shown_reply(options, row.last_reply)},
  });
}

// Of each state, also where there is none.
std::vector<portal::OutboxCount> all_counts(Connection& connection) {
  const auto some = Outbox(connection).counts();
  std::vector<portal::OutboxCount> all;
  for (const auto state : portal::kMailStates) {
    const auto count = std::ranges::find(some, state, &portal::OutboxCount::state);
    all.push_back(count == some.end() ? portal::OutboxCount{std::string(state)} : *count);
  }
  return all;
}

void print_summary(const std::vector<portal::OutboxCount>& counts, EpochSeconds now) {
  std::string line;
  std::string oldest;
  for (const auto& count : counts) {
    line.append(line.empty() ? "all mails: " : ", ").append(std::to_string(count.rows));
    line.append(" ").append(count.state);
    if (count.rows > 0 && count.state == "queued") {
      oldest = "; oldest queued: " + age(now - count.oldest) + " ago";
    }
  }
  std::cout << line << oldest << "\n";
}

void print_stop(const std::string& address, const Listed& listed) {
  std::cout << address << ": its owner stopped mail about registrations until "
            << portal::japan_timestamp(listed.stopped_until)
            << "; `portalctl mail allow` ends that\n";
}

// What is said afterwards.
Result<std::string> retry(Connection& connection, const std::string& which) {
  Outbox outbox(connection);
  const EpochSeconds now = portal::system_now();
  if (which == kAllFailed) {
    const int count = outbox.retry_failed(now);
    if (count == 0) return portal::not_found("no mail has failed");
    return std::to_string(count) + (count == 1 ? " mail is due now" : " mails are due now");
  }
  if (outbox.retry(which, now)) return which + ": due now";
  if (outbox.find(which)) return portal::refused(which + ": was sent already");
  return portal::not_found(which +
                           ": there is no such mail; `portalctl mail list` shows their ids");
}

}  // namespace

int mail_list(const Invocation& invocation) {
  const Options& options = invocation.options;
  if (const auto wrong = complaint_of_state(options, portal::kMailStates); !wrong.empty()) {
    return fail(wrong, kWrongUsage);
  }
  const auto whose = whose_of(invocation);
  if (!whose) return fail(whose.error().message);
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto listed = database.read([&](Connection& connection) {
    Outbox outbox(connection);
    return Listed{outbox.list({whose->email_key, whose->number, options.state, kMostListed}),
                  all_counts(connection),
                  portal::MailAddresses(connection).stopped_until(whose->email_key)};
  });
  if (!listed) return fail(listed.error().message);
  for (const auto& row : listed->rows) print(row, options);
  if (!options.json) {
    const EpochSeconds now = portal::system_now();
    if (listed->stopped_until > now) print_stop(shown_address(options, whose->email_key), *listed);
    print_summary(listed->counts, now);
  }
  say_if_cut(listed->rows.size());
  return kDone;
}

int mail_status(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto counts = database.read(all_counts);
  if (!counts) return fail(counts.error().message);
  const EpochSeconds now = portal::system_now();
  for (const auto& count : *counts) {
    (invocation.options.json ? print_json : print_row)({
        {"state", count.state},
        {"mails", count.rows},
        {"oldest", Time{count.oldest}},
        {"oldest_seconds", count.rows > 0 ? now - count.oldest : 0},
    });
  }
  return kDone;
}

int mail_retry(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const std::string& which = invocation.arguments[0];
  const auto said =
      database.write([&](Connection& connection) { return retry(connection, which); });
  if (!said) return fail(said.error().message);
  std::cout << *said << "\n";
  return kDone;
}

}  // namespace portalctl
