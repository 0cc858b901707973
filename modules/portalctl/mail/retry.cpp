// portalctl mail retry
#include <iostream>
#include <string>

#include "core/actions/mail_actions.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "portalctl/hindered.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> retry_mails(Context& context);

}  // namespace

constexpr Verb kMailRetry = {
    .usage = {.words = "mail retry",
              .arguments = "ID|all-failed|all-waiting",
              .help = "Lets a mail that failed or waits be sent now, or all that failed, or all "
                      "that wait. If the queue is paused, its pause ends.",
              .example = "portalctl mail retry all-failed"},
    .run = retry_mails};

namespace {

constexpr std::string_view kAllFailed = "all-failed";
constexpr std::string_view kAllWaiting = "all-waiting";

std::string due_now(int count) {
  return std::to_string(count) + (count == 1 ? " mail is due now" : " mails are due now");
}

constexpr std::string_view kOpen = "; the queue is no longer paused";

// What is said afterwards; so with retry_one().
Result<std::string> retry_all(portal::Connection& connection, const std::string& which,
                              portal::EpochSeconds now) {
  portal::Outbox outbox(connection);
  const bool waiting = which == kAllWaiting;
  const int count = waiting ? outbox.retry_waiting(now) : outbox.retry_failed(now);
  if (!waiting && count == 0) return portal::not_found("no mail has failed");
  return due_now(count) + std::string(portal::MailPauses(connection).end() ? kOpen : "");
}

Result<std::string> retry_one(portal::Connection& connection, const std::string& id,
                              portal::EpochSeconds now) {
  const auto outcome = portal::retry_mail(connection, id, {.now = now});
  if (outcome.hindrance == portal::Hindrance::kNoSuchMail) {
    return portal::not_found(id + ": there is no such mail; `portalctl mail list` shows their ids");
  }
  if (!outcome.done()) return hindered(id, outcome);
  return id + ": due now" + std::string(outcome.pause_ended ? kOpen : "");
}

Result<std::string> retry(portal::Connection& connection, const std::string& which) {
  const portal::EpochSeconds now = portal::system_now();
  const bool all = which == kAllFailed || which == kAllWaiting;
  return all ? retry_all(connection, which, now) : retry_one(connection, which, now);
}

Result<Done> retry_mails(Context& context) {
  const auto said = context.database().write(
      [&](portal::Connection& connection) { return retry(connection, context.argument()); });
  if (!said) return said.error();
  std::cout << *said << "\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
