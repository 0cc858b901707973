// The shapes of the tables, read from PostgreSQL's catalogue: all that a copy of rows must know, so
// that the code needs no list of tables.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/database/engine/connection.h"

namespace portal {

struct TableShape {
  struct Column {
    std::string name;
    bool number = false;  // otherwise it is text
    bool operator==(const Column&) const = default;
  };
  std::string name;
  std::vector<Column> columns;
  std::vector<std::size_t> key;      // the primary key's columns, in its order
  std::vector<std::size_t> fixed;    // columns of foreign keys and of other unique constraints
  std::vector<std::string> parents;  // the tables to which the foreign keys refer
  bool append_only = false;          // a trigger refuses DELETE
};

// All tables except schema_migration, parents before children. Throws a Failure if the SQLite
// database has other tables or columns.
std::vector<TableShape> read_shapes(Connection& postgresql, Connection& sqlite);

}  // namespace portal
