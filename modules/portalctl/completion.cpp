// portalctl completion: words and options of the verbs, for bash.
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> print_completion(Context&) {
  portal::print_completion(program());
  return Done{};
}

}  // namespace

constexpr Verb kCompletion = {.usage = {.words = "completion",
                                        .help = "Prints what completes words and options in bash.",
                                        .example = "source <(portalctl completion)"},
                              .run = print_completion,
                              .needs_settings = false};

}  // namespace portalctl
