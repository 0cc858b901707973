// portalctl migrate --from sqlite:FILE: a site on SQLite moves to PostgreSQL. The runbook:
// conf/moving-to-postgresql.md.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/base/settings.h"
#include "core/database/database.h"

namespace portalctl {

struct Move {
  std::string file;                  // the SQLite database
  const portal::Settings& settings;  // those of the target
  std::string sql_directory;         // which migrates the target first
  bool finish = false;               // the last copy: the portal is stopped
  bool json = false;
};

// Copies to `target`, which has two sessions, and prints what was copied.
portal::Result<portal::Done> migrate_from(const Move& move, portal::Database& target);

}  // namespace portalctl
