#include "core/database/schema/integrity.h"

#include <Poco/Exception.h>
#include <Poco/String.h>
#include <sqlite3.h>

#include <memory>

#include "core/database/engine/connection.h"

namespace portal {
namespace {

using Time = std::chrono::steady_clock::time_point;

constexpr std::size_t kMostDamage = 3;
constexpr int kBusyMilliseconds = 1000;
constexpr int kStepsBetweenLooks = 10000;  // of SQLite's virtual machine: some milliseconds
const std::string kQuickCheck = "PRAGMA quick_check(3)";

const std::string kAmcheck =
    "SELECT COUNT(*) FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid "
    "JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'amcheck' "
    "WHERE p.proname IN ('bt_index_check', 'verify_heapam')";
const std::string kAllowed = kAmcheck + " AND NOT has_function_privilege(p.oid, 'EXECUTE')";
// The functions are where the extension was put.
const std::string kFunctions =
    "SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = "
    "e.extnamespace WHERE e.extname = 'amcheck'";
const std::string kRelations =
    "SELECT c.relkind::text, c.oid::regclass::text FROM pg_class c "
    "LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_am m ON m.oid = c.relam "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relpersistence = 'p' "
    "AND (c.relkind = 'r' OR (c.relkind = 'i' AND m.amname = 'btree' AND i.indisvalid)) "
    "ORDER BY 1, 2";

const std::string kCollations =
    "SELECT 'DATABASE ' || quote_ident(datname), datcollversion::text, "
    "pg_database_collation_actual_version(oid)::text FROM pg_database "
    "WHERE datname = current_database() "
    "AND datcollversion <> pg_database_collation_actual_version(oid) "
    "UNION ALL SELECT 'COLLATION ' || c.oid::regcollation::text, c.collversion::text, "
    "pg_collation_actual_version(c.oid)::text FROM pg_collation c "
    "WHERE c.collversion <> pg_collation_actual_version(c.oid) "
    "AND EXISTS (SELECT FROM pg_index i WHERE c.oid = ANY (i.indcollation::oid[]))";

int is_over(void* until) {
  return std::chrono::steady_clock::now() > *static_cast<const Time*>(until) ? 1 : 0;
}

std::string text_of(sqlite3_stmt* statement) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  return Poco::replace(std::string(text == nullptr ? "" : text), "\n", " ");
}

void note_end(int result, sqlite3* file, Integrity& found) {
  if (result == SQLITE_INTERRUPT || result == SQLITE_BUSY) {
    found.finished = false;
  } else if (result == SQLITE_CORRUPT || result == SQLITE_NOTADB) {
    if (found.damage.empty()) found.damage.emplace_back(sqlite3_errmsg(file));
  } else if (result != SQLITE_DONE) {
    found.unasked = sqlite3_errmsg(file);
  }
}

// PostgreSQL's reason without the values that may follow in further lines.
std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void look_at(Connection& connection, const std::string& schema, const Row& relation,
             Integrity& found) {
  const std::string name = "'" + relation[1] + "'::regclass";
  if (relation[0] == "i") {
    connection.execute("SELECT 1 FROM " + schema + ".bt_index_check(" + name + ")");
    return;
  }
  for (const Row& row :
       connection.select("SELECT msg FROM " + schema + ".verify_heapam(" + name + ") LIMIT 3", 1)) {
    found.damage.push_back(relation[1] + ": " + row[0]);
  }
}

}  // namespace

Integrity quick_check(const std::string& path, std::chrono::milliseconds limit) {
  Integrity found;
  Time until = std::chrono::steady_clock::now() + limit;
  sqlite3* opened = nullptr;
  const int result = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE, nullptr);
  const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> file(opened, sqlite3_close);
  if (result != SQLITE_OK) return {{}, true, sqlite3_errmsg(file.get())};
  sqlite3_busy_timeout(file.get(), kBusyMilliseconds);
  sqlite3_progress_handler(file.get(), kStepsBetweenLooks, is_over, &until);
  sqlite3_stmt* prepared = nullptr;
  const int ready = sqlite3_prepare_v2(file.get(), kQuickCheck.c_str(), -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement(prepared,
                                                                             sqlite3_finalize);
  if (ready != SQLITE_OK) {
    note_end(ready, file.get(), found);
    return found;
  }
  int step = SQLITE_DONE;
  while ((step = sqlite3_step(statement.get())) == SQLITE_ROW) {
    if (const std::string text = text_of(statement.get()); text != "ok") {
      found.damage.push_back(text);
    }
  }
  note_end(step, file.get(), found);
  return found;
}

Integrity check_relations(Connection& connection, std::chrono::milliseconds limit) {
  const Time until = std::chrono::steady_clock::now() + limit;
  if (connection.number(kAmcheck) == 0) {
    return {
        {}, true, "the extension amcheck is not there: CREATE EXTENSION amcheck, as a superuser"};
  }
  if (connection.number(kAllowed) != 0) {
    return {{}, true, "this role may not use amcheck: GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA …"};
  }
  const std::string schema = connection.select(kFunctions, 1).at(0).at(0);
  Integrity found;
  for (const Row& relation : connection.select(kRelations, 2)) {
    if (std::chrono::steady_clock::now() > until) found.finished = false;
    if (!found.finished || found.damage.size() >= kMostDamage) break;
    try {
      look_at(connection, schema, relation, found);
    } catch (const Poco::Exception& exception) {
      // XX001 data_corrupted, XX002 index_corrupted
      if (exception.message().find("XX00") == std::string::npos) throw;
      found.damage.push_back(relation[1] + ": " + first_line(exception.message()));
      return found;
    }
  }
  return found;
}

std::vector<CollationChange> collation_changes(Connection& connection) {
  std::vector<CollationChange> changes;
  for (Row& row : connection.select(kCollations, 3)) {
    changes.push_back({std::move(row[0]), std::move(row[1]), std::move(row[2])});
  }
  return changes;
}

}  // namespace portal
