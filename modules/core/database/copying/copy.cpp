#include "core/database/copying/copy.h"

#include <algorithm>
#include <bit>
#include <ranges>
#include <span>

#include "core/database/copying/private/row_stream.h"
#include "core/database/copying/private/table_shapes.h"
#include "core/database/schema/copy_mark.h"

namespace portal {
namespace {

using Rows = std::span<const Row>;

constexpr std::size_t kBatch = 512;      // rows in one transaction
constexpr std::size_t kMostAtOnce = 64;  // rows in one INSERT

// Only one copy may run at a time. The number, like that of the lock of migrations
// (postgresql.cpp), is one that no other program uses. The statement waits for the lock, because
// the server may notice a little late that a copy was killed.
const std::string kLock = "SELECT pg_advisory_xact_lock(7036875)";

template <class T>
T need(Result<T> result) {
  if (!result) throw Failure(result.error());
  return std::move(*result);
}

// Calls use(row of the source, row of the target) for each key in ascending order, with null for a
// side that does not have the key. Without `rest`, it ends after the target's last row.
template <class F>
void merge(const TableShape& shape, RowStream source, RowStream target, bool rest, const F& use) {
  while (target.current() != nullptr || (rest && source.current() != nullptr)) {
    const Row* ours = source.current();
    const Row* theirs = target.current();
    const int order = ours == nullptr     ? 1
                      : theirs == nullptr ? -1
                                          : compare_keys(shape, *ours, *theirs);
    use(order <= 0 ? ours : nullptr, order >= 0 ? theirs : nullptr);
    if (order <= 0) source.advance();
    if (order >= 0) target.advance();
  }
}

bool differs_in(const std::vector<std::size_t>& places, const Row& a, const Row& b) {
  return std::ranges::any_of(places, [&](auto place) { return a[place] != b[place]; });
}

void append(Values& values, const TableShape& shape, const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    values.push_back(value_of(shape.columns[i], row[i]));
  }
}

// Returns " WHERE a = $3 AND b = $4" and appends the values of the key.
std::string where_key(const TableShape& shape, const Row& row, Values& values) {
  std::string sql;
  for (const auto place : shape.key) {
    values.push_back(value_of(shape.columns[place], row[place]));
    sql += (sql.empty() ? " WHERE " : " AND ") + shape.columns[place].name + " = $" +
           std::to_string(values.size());
  }
  return sql;
}

void remove(Connection& target, const TableShape& shape, Rows rows) {
  for (const Row& row : rows) {
    Values values;
    const std::string where = where_key(shape, row, values);
    target.execute("DELETE FROM " + shape.name + where, values);
  }
}

void update(Connection& target, const TableShape& shape, Rows rows) {
  for (const Row& row : rows) {
    Values values;
    std::string changes;
    append(values, shape, row);
    for (std::size_t i = 0; i < row.size(); ++i) {
      changes += (i == 0 ? "" : ", ") + shape.columns[i].name + " = $" + std::to_string(i + 1);
    }
    const std::string where = where_key(shape, row, values);
    target.execute("UPDATE " + shape.name + " SET " + changes + where, values);
  }
}

void insert_at_once(Connection& target, const TableShape& shape, Rows rows) {
  std::string sql;
  Values values;
  for (const auto& column : shape.columns) sql += (sql.empty() ? "" : ", ") + column.name;
  sql = "INSERT INTO " + shape.name + " (" + sql + ") VALUES ";
  for (const Row& row : rows) {
    sql += values.empty() ? "(" : ", (";
    for (std::size_t i = 1; i <= row.size(); ++i) {
      sql += (i == 1 ? "$" : ", $") + std::to_string(values.size() + i);
    }
    sql += ")";
    append(values, shape, row);
  }
  target.execute(sql, values);
}

void insert(Connection& target, const TableShape& shape, Rows rows) {
  // The sizes are powers of two: each size is a statement of its own, which is kept.
  while (!rows.empty()) {
    const std::size_t count = std::min(kMostAtOnce, std::bit_floor(rows.size()));
    insert_at_once(target, shape, rows.first(count));
    rows = rows.subspan(count);
  }
}

// Collects rows that are written in the same way, and writes kBatch of them in one transaction.
class Batch {
 public:
  using Write = void (*)(Connection&, const TableShape&, Rows);
  Batch(Database& target, const TableShape& shape, Write write)
      : target_(target), shape_(shape), write_(write) {}

  void add(const Row& row) {
    rows_.push_back(row);
    if (rows_.size() == kBatch) flush();
  }
  // Call it at the end. Returns the number of all rows that were written.
  std::int64_t flush() {
    if (!rows_.empty()) {
      need(target_.write([&](Connection& target) {
        write_(target, shape_, rows_);
        return Done{};
      }));
    }
    written_ += static_cast<std::int64_t>(rows_.size());
    rows_.clear();
    return written_;
  }

 private:
  Database& target_;
  const TableShape& shape_;
  const Write write_;
  std::vector<Row> rows_;
  std::int64_t written_ = 0;
};

// Both sides of one table. `reader` is another session of the target: its streams see only what was
// committed when they began.
struct Sides {
  Connection& source;
  Connection& reader;
  Database& target;
  const TableShape& shape;

  template <class F>
  void merge(bool rest, const F& use) const {
    portal::merge(shape, stream_of(source, shape), stream_of(reader, shape), rest, use);
  }
};

void expect_no_rows_of_its_own(const Sides& sides, const std::string& source) {
  sides.merge(false, [&](const Row* ours, const Row* theirs) {
    const bool known = ours != nullptr && theirs != nullptr;
    const bool lost = theirs != nullptr && ours == nullptr;
    if (lost || (known && sides.shape.append_only && *ours != *theirs)) {
      throw Failure(refused("table " + sides.shape.name + " has rows that " + source +
                            " has not: another site's, or written there since; copy into a new, "
                            "empty database"));
    }
  });
}

// Removes rows that the source no longer has, and rows that could conflict with another row or
// refer to a row that is removed. Afterwards the target has only rows of the source, which may
// differ only in columns without a constraint. So any order of writing keeps all constraints, if
// parents come first.
std::int64_t remove_old(const Sides& sides) {
  Batch removed(sides.target, sides.shape, remove);
  sides.merge(false, [&](const Row* ours, const Row* theirs) {
    if (theirs == nullptr) return;
    if (ours == nullptr || differs_in(sides.shape.fixed, *ours, *theirs)) removed.add(*theirs);
  });
  return removed.flush();
}

void add_new(const Sides& sides, CopiedTable& table, const std::function<void()>& seen) {
  Batch added(sides.target, sides.shape, insert);
  Batch changed(sides.target, sides.shape, update);
  sides.merge(true, [&](const Row* ours, const Row* theirs) {
    seen();
    if (ours == nullptr) {
      throw Failure(refused("table " + table.name + ": somebody writes to the target"));
    }
    if (theirs == nullptr) {
      added.add(*ours);
    } else if (*ours != *theirs) {
      changed.add(*ours);
    }
  });
  table.changed = changed.flush();
  table.added = added.flush();
}

void verify(const Sides& sides, CopiedTable& table, const std::function<void(std::int64_t)>& seen) {
  const Digest wanted = digest_of(stream_of(sides.source, sides.shape), seen);
  const Digest got = digest_of(stream_of(sides.reader, sides.shape), seen);
  if (wanted != got) {
    throw Failure(refused(
        "table " + table.name + " is not the same after copying: " + std::to_string(got.rows) +
        " rows instead of " + std::to_string(wanted.rows) + ", or other contents; try again"));
  }
  table.rows = got.rows;
  table.sha256 = got.sha256;
}

// Lifts the time limits of the reader: the first page of a large table comes only when the whole
// table is sorted, and the session waits while rows are written.
void lift_limits(Connection& reader) {
  reader.lift_limit();
  reader.execute_once("SET LOCAL statement_timeout TO 0");
  reader.execute_once("SET LOCAL idle_in_transaction_session_timeout TO 0");
}

}  // namespace

std::vector<CopiedTable> Copy::copy(Connection& source, const Progress& progress) {
  return need(target_.read([&](Connection& reader) {
    const Transaction streams(reader);
    reader.execute_once(kLock);
    lift_limits(reader);
    const auto shapes = read_shapes(reader, source);
    const auto mark = copy_mark(reader);
    if (mark && *mark != name_) {
      throw Failure(refused("the target holds the beginning of a copy of " + *mark));
    }
    const auto sides = [&](const TableShape& shape) {
      return Sides{source, reader, target_, shape};
    };
    std::int64_t all = 0;
    for (const TableShape& shape : shapes) {
      if (!mark || shape.append_only) expect_no_rows_of_its_own(sides(shape), name_);
      all += source.number("SELECT COUNT(*) FROM " + shape.name);
    }
    all *= 3;  // rows are compared once and then read on both sides
    std::int64_t done = 0;
    const auto seen = [&](std::int64_t rows) { progress(done += rows, all); };
    if (!mark) {
      need(target_.write([&](Connection& target) {
        set_copy_mark(target, name_);
        return Done{};
      }));
    }
    std::vector<CopiedTable> tables(shapes.size());
    for (std::size_t i = shapes.size(); i-- > 0;) {  // children first
      tables[i].name = shapes[i].name;
      tables[i].removed = remove_old(sides(shapes[i]));
    }
    for (std::size_t i = 0; i < shapes.size(); ++i) {
      add_new(sides(shapes[i]), tables[i], [&] { seen(1); });
    }
    for (std::size_t i = 0; i < shapes.size(); ++i) verify(sides(shapes[i]), tables[i], seen);
    return tables;
  }));
}

Result<std::vector<CopiedTable>> Copy::follow(const Progress& progress) {
  return source_.read([&](Connection& source) {
    const Transaction moment(source);  // all tables are read as of the same moment
    return copy(source, progress);
  });
}

Result<std::vector<CopiedTable>> Copy::finish(const Progress& progress,
                                              const std::function<void(Connection&)>& with) {
  return source_.write([&](Connection& source) {
    auto tables = copy(source, progress);
    need(target_.write([&](Connection& target) {
      remove_copy_mark(target);
      with(target);
      return Done{};
    }));
    return tables;
  });
}

}  // namespace portal
