// Tables as PostgreSQL's catalogue has them: what a copy of rows must know of each, so that no list
// of tables stands in the code.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/database/engine/connection.h"

namespace portal {

struct TableShape {
  struct Column {
    std::string name;
    bool number = false;  // else text
    bool operator==(const Column&) const = default;
  };
  std::string name;
  std::vector<Column> columns;
  std::vector<std::size_t> key;      // the primary key's columns, in its order
  std::vector<std::size_t> fixed;    // those of foreign keys and of other unique constraints
  std::vector<std::string> parents;  // the tables that the foreign keys lead to
  bool append_only = false;          // a trigger stands before DELETE
};

// All but schema_migration, parents before children. Throws Failure where the SQLite database has
// other tables or columns.
std::vector<TableShape> read_shapes(Connection& postgresql, Connection& sqlite);

}  // namespace portal
