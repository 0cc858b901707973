// The rows of a whole table in the order of its primary key, a page in memory at a time.
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
  // `next`: the page after that row (null: the first); an empty one is the end.
  explicit RowStream(std::function<Page(const Row* last)> next);

  // Null at the end.
  const Row* current() const;
  void advance();

 private:
  std::function<Page(const Row*)> next_;
  Page page_;
  std::size_t place_ = 0;
};

// Columns in the shape's order. On SQLite by keys: each page is a statement of its own, so the
// caller holds a transaction for all of them to be of one moment. On PostgreSQL by a cursor, in the
// caller's transaction: the database's collation need not be that of the keys' order here. There, a
// stream ends the one before it.
RowStream stream_of(Connection& connection, const TableShape& shape);

// As both databases order keys in a RowStream: < 0, 0, > 0.
int compare_keys(const TableShape& shape, const Row& a, const Row& b);

// What a parameter for that column must be.
Value value_of(const TableShape::Column& column, const std::string& text);

// "a, b"
std::string names_of(const TableShape& shape, const std::vector<std::size_t>& places);

struct Digest {
  std::int64_t rows = 0;
  std::string sha256;  // of all values, each with its length before it; hexadecimal
  bool operator==(const Digest&) const = default;
};

// `seen` is called now and then with the rows since the last call.
Digest digest_of(RowStream rows, const std::function<void(std::int64_t)>& seen);

}  // namespace portal
