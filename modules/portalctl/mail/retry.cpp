// portalctl mail retry
#include <iostream>
#include <string>

#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
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

// What is said afterwards.
Result<std::string> make_due(portal::Outbox& outbox, const std::string& which,
                             portal::EpochSeconds now) {
  if (which == kAllWaiting) return due_now(outbox.retry_waiting(now));
  if (which == kAllFailed) {
    const int count = outbox.retry_failed(now);
    if (count == 0) return portal::not_found("no mail has failed");
    return due_now(count);
  }
  if (outbox.retry(which, now)) return which + ": due now";
  if (outbox.find(which)) return portal::refused(which + ": was sent already");
  return portal::not_found(which +
                           ": there is no such mail; `portalctl mail list` shows their ids");
}

Result<std::string> retry(portal::Connection& connection, const std::string& which) {
  portal::Outbox outbox(connection);
  auto said = make_due(outbox, which, portal::system_now());
  if (said && portal::MailPauses(connection).end()) *said += "; the queue is no longer paused";
  return said;
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
