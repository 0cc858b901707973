#include "core/database/copying/private/table_shapes.h"

#include <algorithm>
#include <map>

namespace portal {
namespace {

using Shapes = std::map<std::string, TableShape>;  // by name

const std::string kOurs =
    "c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' "
    "AND c.relname <> 'schema_migration' ";
const std::string kColumns =
    "SELECT c.relname::text, a.attname::text, (t.typcategory = 'N')::int FROM pg_class c "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
    "JOIN pg_type t ON t.oid = a.atttypid WHERE " +
    kOurs + "ORDER BY c.relname, a.attnum";
const std::string kUnique =
    "SELECT c.relname::text, a.attname::text, i.indisprimary::int FROM pg_index i "
    "JOIN pg_class c ON c.oid = i.indrelid "
    "CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS part(number, position) "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = part.number "
    "WHERE i.indisunique AND " +
    kOurs + "ORDER BY c.relname, i.indexrelid, part.position";
const std::string kForeign =
    "SELECT c.relname::text, a.attname::text, parent.relname::text FROM pg_constraint k "
    "JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid "
    "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey) "
    "WHERE k.contype = 'f' AND " +
    kOurs;
// 8: TRIGGER_TYPE_DELETE
const std::string kGuarded =
    "SELECT DISTINCT c.relname::text FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid "
    "WHERE NOT g.tgisinternal AND g.tgtype & 8 <> 0 AND " +
    kOurs;

const std::string kSqliteColumns =
    "SELECT m.name, c.name, c.type IN ('BIGINT', 'INTEGER') FROM sqlite_master m "
    "JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name <> 'schema_migration' "
    "AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid";

bool is_true(const std::string& number) {
  return number == "1";
}

Shapes columns_of(Connection& connection, const std::string& sql) {
  Shapes shapes;
  for (Row& row : connection.select(sql, 3)) {
    TableShape& shape = shapes[row[0]];
    shape.name = row[0];
    shape.columns.push_back({std::move(row[1]), is_true(row[2])});
  }
  return shapes;
}

std::size_t place_of(const TableShape& shape, const std::string& column) {
  const auto found = std::ranges::find(shape.columns, column, &TableShape::Column::name);
  return static_cast<std::size_t>(found - shape.columns.begin());
}

void read_keys(Connection& postgresql, Shapes& shapes) {
  for (const Row& row : postgresql.select(kUnique, 3)) {
    TableShape& shape = shapes.at(row[0]);
    (is_true(row[2]) ? shape.key : shape.fixed).push_back(place_of(shape, row[1]));
  }
  for (const Row& row : postgresql.select(kForeign, 3)) {
    TableShape& shape = shapes.at(row[0]);
    shape.fixed.push_back(place_of(shape, row[1]));
    shape.parents.push_back(row[2]);
  }
  for (const Row& row : postgresql.select(kGuarded, 1)) shapes.at(row[0]).append_only = true;
}

void expect_same_columns(const Shapes& ours, const Shapes& theirs) {
  const auto same = [](const auto& a, const auto& b) {
    auto columns = a.second.columns;  // the order of columns does not matter
    auto others = b.second.columns;
    std::ranges::sort(columns, {}, &TableShape::Column::name);
    std::ranges::sort(others, {}, &TableShape::Column::name);
    return a.first == b.first && columns == others;
  };
  if (!std::ranges::equal(ours, theirs, same)) {
    throw Failure(
        refused("the two databases have other tables or columns: were both made by "
                "`portalctl migrate`, and by nothing else?"));
  }
}

// Sorts parents before children, and otherwise by name.
std::vector<TableShape> sorted(Shapes shapes) {
  std::vector<TableShape> done;
  const auto is_done = [&](const std::string& parent) {
    return std::ranges::find(done, parent, &TableShape::name) != done.end();
  };
  while (!shapes.empty()) {
    const auto next = std::ranges::find_if(shapes, [&](const auto& shape) {
      return std::ranges::all_of(shape.second.parents, is_done);
    });
    if (next == shapes.end()) {
      throw Failure(refused("table " + shapes.begin()->first + " is in a circle of foreign keys"));
    }
    done.push_back(std::move(next->second));
    shapes.erase(next);
  }
  return done;
}

}  // namespace

std::vector<TableShape> read_shapes(Connection& postgresql, Connection& sqlite) {
  Shapes shapes = columns_of(postgresql, kColumns);
  expect_same_columns(shapes, columns_of(sqlite, kSqliteColumns));
  read_keys(postgresql, shapes);
  for (const auto& [name, shape] : shapes) {
    if (shape.key.empty()) throw Failure(refused("table " + name + " has no primary key"));
  }
  return sorted(std::move(shapes));
}

}  // namespace portal
