// portalctl timeline: everything that happened, in one table, and what to tell the caller.
#include <array>
#include <iostream>

#include "core/base/japan_time.h"
#include "core/history/history.h"
#include "core/history/verdict.h"
#include "portalctl/listing.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kFull, kJson};

Result<Done> show_timeline(Context& context);

}  // namespace

constexpr Verb kTimeline = {
    .usage = {.words = "timeline",
              .arguments = "ADDRESS|NUMBER|PHONE",
              .options = kOptions,
              .help = "Tells everything that happened, oldest first: the form, mails and the "
                      "server's replies, links, logins; and in short, why the mail did not come.",
              .example = "portalctl timeline taro@example.jp"},
    .run = show_timeline};

namespace {

using portal::japan_timestamp;

// What the verdict is called among the entries in JSON.
constexpr std::string_view kInShort = "in_short";

void print(const portal::HistoryEntry& entry, const Context& context) {
  const std::string detail = shown_reply(context, entry.detail);
  if (context.has(kJson)) {
    print_json({{"time", japan_timestamp(entry.at)},
                {"at", Time{entry.at}},
                {"what", entry.what},
                {"registration", entry.registration},
                {"detail", detail},
                {"request", entry.request}});
    return;
  }
  std::string what = entry.what;
  what.resize(std::max<std::size_t>(what.size(), 20), ' ');
  std::cout << japan_timestamp(entry.at) << "  " << what << " " << detail << "\n";
}

Result<Done> show_timeline(Context& context) {
  const auto query = portal::parse_query(context.argument());
  if (!query) return query.error();
  const auto history = context.database().read(
      [&](portal::Connection& connection) { return portal::find_history(connection, *query); });
  if (!history) return history.error();
  for (const auto& entry : portal::entries_of(*history)) print(entry, context);
  const auto now = portal::system_now();
  const std::string verdict = portal::in_words(portal::verdict_of(*history, now));
  if (history->empty()) return portal::not_found(verdict);
  if (context.has(kJson)) {
    print({now, std::string(kInShort), "", verdict, ""}, context);
  } else {
    std::cout << "\n" << shown_reply(context, verdict) << "\n";
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
