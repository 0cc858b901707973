// portalctl timeline: everything that happened, in one table, and what to tell the caller.
#include <iostream>

#include "core/base/japan_time.h"
#include "core/history/history.h"
#include "portalctl/listing.h"
#include "portalctl/printing.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::japan_timestamp;

constexpr std::string_view kInShort = "in_short";

void print(const Happening& happening, const Options& options) {
  const std::string detail = shown_reply(options, happening.detail);
  if (options.json) {
    print_json({{"time", japan_timestamp(happening.at)},
                {"at", Time{happening.at}},
                {"what", happening.what},
                {"registration", happening.registration},
                {"detail", detail},
                {"request", happening.request}});
    return;
  }
  std::string what = happening.what;
  what.resize(std::max<std::size_t>(what.size(), 20), ' ');
  std::cout << japan_timestamp(happening.at) << "  " << what << " " << detail << "\n";
}

}  // namespace

int timeline(const Invocation& invocation) {
  const Options& options = invocation.options;
  const auto sought = parse_sought(invocation.arguments[0]);
  if (!sought) return fail(sought.error().message);
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto story =
      database.read([&](portal::Connection& connection) { return story_of(connection, *sought); });
  if (!story) return fail(story.error().message);
  for (const Happening& happening : happenings(*story)) print(happening, options);
  const auto now = portal::system_now();
  if (story->empty()) return fail(in_short(*story, now));
  const std::string short_answer = shown_reply(options, in_short(*story, now));
  if (options.json) {
    print({now, std::string(kInShort), "", short_answer, ""}, options);
  } else {
    std::cout << "\n" << short_answer << "\n";
  }
  return kDone;
}

}  // namespace portalctl
