// The table of all probes, in the order in which their findings are shown.
#pragma once

#include <span>
#include <string_view>

#include "portalctl/check/probe.h"

namespace portalctl {

std::span<const Probe> probes();

// Precondition: there is one of that name.
const Probe& probe(std::string_view name);

// "ok", "n/a", "unknown", "warning", "FAULT"
std::string_view word_of(Level level);

}  // namespace portalctl
