// portalctl settings: the reference of the settings, as a file that can be used.
#include <iostream>

#include "core/base/settings.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> print_settings(Context&) {
  std::cout << portal::settings_reference();
  return Done{};
}

}  // namespace

constexpr Verb kSettings = {.usage = {.words = "settings",
                                      .help = "Prints every setting with its meaning and default.",
                                      .example = "portalctl settings > portal.conf"},
                            .run = print_settings,
                            .needs_settings = false};

}  // namespace portalctl
