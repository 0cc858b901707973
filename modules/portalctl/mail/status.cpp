// portalctl mail status
#include <array>

#include "portalctl/mail/counts.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kJson};

Result<Done> count_mails(Context& context);

}  // namespace

constexpr Verb kMailStatus = {
    .usage = {.words = "mail status",
              .options = kOptions,
              .help = "Counts mails by state, and says how old the oldest of each is; for "
                      "monitoring.",
              .example = "portalctl mail status --json"},
    .run = count_mails};

namespace {

Result<Done> count_mails(Context& context) {
  const auto counts = context.database().read(counts_of_all_states);
  if (!counts) return counts.error();
  const portal::EpochSeconds now = portal::system_now();
  for (const auto& count : *counts) {
    (context.has(kJson) ? print_json : print_row)({
        {"state", count.state},
        {"mails", count.rows},
        {"oldest", Time{count.oldest}},
        {"oldest_seconds", count.rows > 0 ? now - count.oldest : 0},
    });
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
