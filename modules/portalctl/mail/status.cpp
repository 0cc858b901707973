// portalctl mail status
#include <array>
#include <optional>
#include <vector>

#include "core/database/mail/mail_pause.h"
#include "core/history/words.h"
#include "portalctl/listing.h"
#include "portalctl/look_up.h"
#include "portalctl/mail/counts.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kLang, portal::kReason, kFull, kJson};

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

std::string words_of_queue(std::string_view name, portal::Language language) {
  const portal::Words words =
      name == "paused" ? portal::Words{"paused", "停止中"} : portal::Words{"open", "送信中"};
  return std::string(words.in(language));
}

void print(const std::optional<portal::MailPause>& pause, portal::Language language,
           const Context& context) {
  show_as_row(context, language,
              {
                  {"queue", Coded{pause ? "paused" : "open", words_of_queue}},
                  {"paused_since", Time{pause ? pause->since : 0}},
                  {"next_attempt_at", Time{pause ? pause->until : 0}},
                  {"reason", pause ? shown_reply(context, pause->reason) : std::string()},
              });
}

Result<Done> show_status(Context& context) {
  const auto language = language_of(context);
  if (!language) return language.error();
  const auto status = context.database().read([](portal::Connection& connection) {
    return Status{counts_of_all_states(connection), portal::MailPauses(connection).find()};
  });
  if (!status) return status.error();
  const auto noted = record_look_up(context, {});
  if (!noted) return noted;
  const portal::EpochSeconds now = portal::system_now();
  for (const auto& count : status->counts) {
    show_as_row(context, *language,
                {
                    {"state", Coded{count.state, portal::words_of_mail_state}},
                    {"mails", count.rows},
                    {"oldest", Time{count.oldest}},
                    {"oldest_seconds", count.rows > 0 ? now - count.oldest : 0},
                });
  }
  print(status->pause, *language, context);
  return Done{};
}

}  // namespace
}  // namespace portalctl
