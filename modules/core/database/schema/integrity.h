// Damage that no program notices before it meets it: pages and indexes that are wrong, and sort
// orders that changed under the indexes.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace portal {

class Connection;

struct Integrity {
  std::vector<std::string> damage;  // the first few things that are wrong; empty: none was found
  bool finished = true;             // false: the time was over before everything was looked at
  std::string unasked = {};         // why nothing could be looked at; empty: it was
};

// PRAGMA quick_check of a SQLite file, which programs may be using. It reads all of it, but for no
// longer than `limit`.
Integrity quick_check(const std::string& file, std::chrono::milliseconds limit);

// What pg_amcheck looks at: the tables and B-tree indexes of the portal's schema, for no longer
// than `limit`, by the functions of the extension amcheck. Only for PostgreSQL, within
// Database::read().
Integrity check_relations(Connection& connection, std::chrono::milliseconds limit);

// A sort order that the system's library has in another version than when the indexes were made, so
// that rows may not be found. Only for PostgreSQL.
struct CollationChange {
  std::string what;  // DATABASE portal, COLLATION "ja_JP": as in ALTER … REFRESH VERSION
  std::string then;  // the version with which it was made
  std::string now;
};
std::vector<CollationChange> collation_changes(Connection& connection);

}  // namespace portal
