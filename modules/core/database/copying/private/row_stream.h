// A RowStream reads all rows of a table in the order of its primary key, with one page in memory at
// a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/database/copying/private/table_shapes.h"
#include "core/database/engine/connection.h"

namespace portal {

class RowStream {
 public:
  using Page = std::vector<Row>;
  // `next` returns the page after a row (the first page for null). An empty page is the end.
  explicit RowStream(std::function<Page(const Row* last)> next);

  // Null at the end.
  const Row* current() const;
  void advance();

 private:
  std::function<Page(const Row*)> next_;
  Page page_;
  std::size_t place_ = 0;
};

// Reads the columns in the order of the shape. On SQLite each page is a statement of its own, which
// begins after the last key, so the caller must hold a transaction to read all pages as of one
// moment. On PostgreSQL it uses a cursor in the caller's transaction, because the collation of the
// database may not be the order of keys here. On PostgreSQL, a new stream ends the previous one.
RowStream stream_of(Connection& connection, const TableShape& shape);

// Compares keys in the order of a RowStream on both databases. Returns < 0, 0 or > 0.
int compare_keys(const TableShape& shape, const Row& a, const Row& b);

// The value of a parameter for this column.
Value value_of(const TableShape::Column& column, const std::string& text);

// The names of these columns: "a, b".
std::string names_of(const TableShape& shape, const std::vector<std::size_t>& places);

struct Digest {
  std::int64_t rows = 0;
  std::string sha256;  // over all values, each after its length; hexadecimal
  bool operator==(const Digest&) const = default;
};

// Calls `seen` from time to time with the number of rows since the last call.
Digest digest_of(RowStream rows, const std::function<void(std::int64_t)>& seen);

}  // namespace portal
