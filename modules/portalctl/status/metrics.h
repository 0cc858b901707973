// What `portalctl status` knows, for Prometheus (core/metrics/table.h).
#pragma once

#include <map>
#include <string>

#include "core/base/result.h"
#include "portalctl/check/probe.h"

namespace portalctl {

// The worst level of each line.
using StatusLevels = std::map<std::string, Level>;

// Writes portal-status-1.prom into metrics.directory, where it stays. Does nothing if that is
// empty.
portal::Result<portal::Done> write_status_metrics(const Subject& subject,
                                                  const StatusLevels& levels);

}  // namespace portalctl
