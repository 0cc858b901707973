// portalctl roster editions
#include <array>

#include "core/database/roster/roster_editions.h"
#include "portalctl/printing.h"
#include "portalctl/roster/scope.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr std::array kOptions = {kJson};

Result<Done> list_editions(Context& context);

}  // namespace

constexpr Verb kRosterEditions = {.usage = {.words = "roster editions",
                                            .options = kOptions,
                                            .help = "Lists the newest 20 imports of the roster.",
                                            .example = "portalctl roster editions"},
                                  .run = list_editions};

namespace {

constexpr int kMostEditions = 20;

std::string scope_in_words(const std::string& text) {
  const auto scope = RosterScope::parse(text);
  return scope ? scope->in_words() : text;
}

Result<Done> list_editions(Context& context) {
  const auto editions = context.database().read([](portal::Connection& connection) {
    return portal::RosterEditions(connection).newest(kMostEditions);
  });
  if (!editions) return editions.error();
  for (const auto& edition : *editions) {
    (context.has(kJson) ? print_json : print_row)(
        {{"edition", edition.number},
         {"state", edition.state},
         {"started", Time{edition.started_at}},
         {"finished", Time{edition.finished_at}},
         {"file", edition.file},
         {"complete", context.has(kJson) ? edition.scope : scope_in_words(edition.scope)},
         {"counts", edition.counts}});
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
