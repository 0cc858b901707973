// Runs all probes at once, each in a process of its own. If one hangs in a library, or dies, only
// its own answer is lost; and each can take the rights of the user whom it is about.
#pragma once

#include <chrono>
#include <functional>
#include <span>

#include "portalctl/check/probe.h"

namespace portalctl {

// Calls `report` for each finding, in the order of the probes. A probe that is not done after
// `limit`, or that does not end by returning, is a fault. Precondition: the caller has one thread.
void run_probes(std::span<const Probe> probes, const Subject& subject, std::chrono::seconds limit,
                const std::function<void(const Probe&, const Finding&)>& report);

}  // namespace portalctl
