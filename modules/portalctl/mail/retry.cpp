// portalctl mail retry
#include <iostream>
#include <string>

#include "core/database/mail/outbox.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> retry_mails(Context& context);

}  // namespace

constexpr Verb kMailRetry = {
    .usage = {.words = "mail retry",
              .arguments = "ID|all-failed",
              .help = "Lets a mail that failed or waits be sent now, or all that failed.",
              .example = "portalctl mail retry all-failed"},
    .run = retry_mails};

namespace {

constexpr std::string_view kAllFailed = "all-failed";

// What is said afterwards.
Result<std::string> retry(portal::Connection& connection, const std::string& which) {
  portal::Outbox outbox(connection);
  const portal::EpochSeconds now = portal::system_now();
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

Result<Done> retry_mails(Context& context) {
  const auto said = context.database().write(
      [&](portal::Connection& connection) { return retry(connection, context.argument()); });
  if (!said) return said.error();
  std::cout << *said << "\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
