// portalctl migrate --from sqlite:FILE: a site on SQLite moves to PostgreSQL. The runbook:
// conf/moving-to-postgresql.md.
#pragma once

#include "core/database/database.h"
#include "portalctl/verb.h"

namespace portalctl {

// What is wrong with --from, --finish and the settings together, or nothing.
std::string complaint_of_move(const Options& options, const portal::Settings& settings);

// Migrates `target` with the SQL files of `directory`, and copies to it. `settings`: those of the
// target, which has two sessions.
int move_from(const Options& options, const portal::Settings& settings, portal::Database& target,
              const std::string& directory);

}  // namespace portalctl
