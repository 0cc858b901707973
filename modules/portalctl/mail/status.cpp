// portalctl mail status
#include <array>
#include <optional>
#include <vector>

#include "core/database/mail/mail_pause.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/mail/counts.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kReason, kFull, kJson};

Result<Done> show_status(Context& context);

}  // namespace

constexpr Verb kMailStatus = {
    .usage = {.words = "mail status",
              .options = kOptions,
              .help = "Counts mails by state, says how old the oldest of each is, and whether the "
                      "queue is paused: since when, why, and when the next mail is tried; for "
                      "monitoring.",
              .example = "portalctl mail status --json"},
    .run = show_status};

namespace {

struct Status {
  std::vector<portal::OutboxCount> counts;
  std::optional<portal::MailPause> pause;
};

void print(const std::optional<portal::MailPause>& pause, const Context& context) {
  (context.has(kJson) ? print_json : print_row)({
      {"queue", std::string(pause ? "paused" : "open")},
      {"paused_since", Time{pause ? pause->since : 0}},
      {"next_attempt_at", Time{pause ? pause->until : 0}},
      {"reason", pause ? shown_reply(context, pause->reason) : std::string()},
  });
}

Result<Done> show_status(Context& context) {
  const auto status = context.database().read([](portal::Connection& connection) {
    return Status{counts_of_all_states(connection), portal::MailPauses(connection).find()};
  });
  if (!status) return status.error();
  const auto noted = record_look_up(context, {});
  if (!noted) return noted;
  const portal::EpochSeconds now = portal::system_now();
  for (const auto& count : status->counts) {
    (context.has(kJson) ? print_json : print_row)({
        {"state", count.state},
        {"mails", count.rows},
        {"oldest", Time{count.oldest}},
        {"oldest_seconds", count.rows > 0 ? now - count.oldest : 0},
    });
  }
  print(status->pause, context);
  return Done{};
}

}  // namespace
}  // namespace portalctl
