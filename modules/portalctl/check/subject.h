// What the probes are asked about, from the settings and from what the operator named.
#pragma once

#include <chrono>
#include <string>

#include "core/base/settings.h"
#include "portalctl/check/probe.h"

namespace portalctl {

// Empty: the usual one.
struct Named {
  std::string sql_directory = {};
  std::string user = {};
  std::string web_user = {};
  std::string sockets = {};
  std::string resolver = {};
  std::string dkim_selector = {};
  bool stopped = false;
};

// `settings` and `path`, where they are from, live longer.
Subject subject_of(const portal::Settings& settings, const std::string& path, const Named& named,
                   std::chrono::milliseconds patience);

}  // namespace portalctl
