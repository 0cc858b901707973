// portalctl: the operators' command.
//
//   portalctl [--config FILE] VERB …
//
// verbs.h names the verbs; `portalctl --help` prints them with an example each. It does what the
// steps do, by the same code, and has no SQL of its own.
// Security: whoever may read the settings and write the database may use it; it asks for nothing.
// The audit notes who he is (core/base/operator_name.h).
// Exit status: 0 done; 1 refused or not found, or the output cannot be written (the reason is on
// standard error); 2 wrong usage or settings; 141 done, but nobody read the output to its end.
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <utility>

#include "core/command/standard_output.h"
#include "core/command/visible_output.h"
#include "core/text/text.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

using portal::Done;
using portal::Error;
using portal::Result;

// contract.md §5
constexpr int kDone = 0;
constexpr int kRefused = 1;
constexpr int kWrongUsage = 2;

int fail(const Error& error) {
  if (!error.message.empty())
    std::cerr << "portalctl: " << portal::text::visible(error.message) << "\n";
  return error.kind == Error::Kind::kWrongUsage ? kWrongUsage : kRefused;
}

Result<Done> run(const Verb& verb, const portal::CommandLine& line) {
  if (!verb.needs_settings) {
    Context context(line, std::nullopt);
    return verb.run(context);
  }
  auto settings = portal::Settings::load(portal::settings_path(line.value(kConfig)), environ);
  if (!settings) return portal::wrong_usage(settings.error().message);
  Context context(line, std::move(*settings));
  return verb.run(context);
}

int run_main(int argc, char** argv) {
  const auto line = portal::read_command_line(argc, argv, program());
  if (line.status) return *line.status;
  const auto verb =
      std::ranges::find(verbs(), line.verb, [](const Verb* own) { return &own->usage; });
  const auto done = run(**verb, line);
  return done ? kDone : fail(done.error());
}

}  // namespace
}  // namespace portalctl

int main(int argc, char** argv) {
  portal::StandardOutput output;
  const portal::VisibleOutput harmless;
  return output.end("portalctl", portalctl::run_main(argc, argv));
}
