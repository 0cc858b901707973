// portalctl restored: what must follow when a backup was put back by other means than `portalctl
// restore`, as on PostgreSQL. The runbook: conf/backup.md.
#include <array>

#include "portalctl/past.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {portal::kYes, portal::kReason};

Result<Done> end_sessions_and_links(Context& context);

}  // namespace

constexpr Verb kRestored = {
    .usage = {.words = "restored",
              .options = kOptions,
              .help = "After a backup was put back: ends all sessions and links, and withholds "
                      "the mails that were queued, as they may have been sent since.",
              .example = "portalctl restored --reason 'disk lost, backup of 1 April'"},
    .run = end_sessions_and_links};

namespace {

Result<Done> end_sessions_and_links(Context& context) {
  const auto yes = context.confirm("End all sessions and links, and withhold all queued mails");
  if (!yes) return yes;
  const auto ended = end_what_is_past(context.database(), context.reason());
  if (!ended) return ended.error();
  print_lines(lines_of(*ended));
  return Done{};
}

}  // namespace
}  // namespace portalctl
