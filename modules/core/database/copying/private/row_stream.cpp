#include "core/database/copying/private/row_stream.h"

#include <Poco/DigestEngine.h>
#include <Poco/NumberParser.h>
#include <Poco/SHA2Engine.h>

#include <utility>

namespace portal {
namespace {

constexpr int kPage = 1000;

std::vector<std::size_t> all_places(const TableShape& shape) {
  std::vector<std::size_t> places(shape.columns.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  return places;
}

std::string select_from(const TableShape& shape) {
  return "SELECT " + names_of(shape, all_places(shape)) + " FROM " + shape.name;
}

RowStream by_keys(Connection& connection, const TableShape& shape) {
  const std::string key = names_of(shape, shape.key);
  const std::string order = " ORDER BY " + key + " LIMIT " + std::to_string(kPage);
  std::string places;
  for (std::size_t i = 1; i <= shape.key.size(); ++i) {
    places.append(i == 1 ? "$" : ", $").append(std::to_string(i));
  }
  const std::string first = select_from(shape) + order;
  const std::string after = select_from(shape) + " WHERE (" + key + ") > (" + places + ")" + order;
  return RowStream([=, &connection, &shape](const Row* last) {
    if (last == nullptr) return connection.select(first, shape.columns.size());
    Values values;
    for (const auto place : shape.key) {
      values.push_back(value_of(shape.columns[place], (*last)[place]));
    }
    return connection.select(after, shape.columns.size(), values);
  });
}

RowStream by_cursor(Connection& connection, const TableShape& shape) {
  std::string order;
  for (const auto place : shape.key) {
    const auto& column = shape.columns[place];
    order += (order.empty() ? "" : ", ") + column.name + (column.number ? "" : " COLLATE \"C\"");
  }
  const std::string cursor = "rows_of_" + shape.name;
  connection.execute_once("CLOSE ALL");  // ends the previous stream
  connection.execute_once("DECLARE " + cursor + " NO SCROLL CURSOR FOR " + select_from(shape) +
                          " ORDER BY " + order);
  const std::string fetch = "FETCH " + std::to_string(kPage) + " FROM " + cursor;
  return RowStream([=, &connection, columns = shape.columns.size()](const Row*) {
    return connection.select(fetch, columns);
  });
}

std::string with_length(const std::string& text) {
  return std::to_string(text.size()) + ":" + text;
}

}  // namespace

RowStream::RowStream(std::function<Page(const Row*)> next)
    : next_(std::move(next)), page_(next_(nullptr)) {}

const Row* RowStream::current() const {
  return place_ < page_.size() ? &page_[place_] : nullptr;
}

void RowStream::advance() {
  if (++place_ < page_.size()) return;
  const Row last = std::move(page_.back());
  page_ = next_(&last);
  place_ = 0;
}

RowStream stream_of(Connection& connection, const TableShape& shape) {
  return connection.is_postgresql() ? by_cursor(connection, shape) : by_keys(connection, shape);
}

int compare_keys(const TableShape& shape, const Row& a, const Row& b) {
  for (const auto place : shape.key) {
    if (shape.columns[place].number) {
      const auto left = Poco::NumberParser::parse64(a[place]);
      const auto right = Poco::NumberParser::parse64(b[place]);
      if (left != right) return left < right ? -1 : 1;
    } else if (const int order = a[place].compare(b[place]); order != 0) {
      return order;
    }
  }
  return 0;
}

Value value_of(const TableShape::Column& column, const std::string& text) {
  if (column.number) return static_cast<std::int64_t>(Poco::NumberParser::parse64(text));
  return text;
}

std::string names_of(const TableShape& shape, const std::vector<std::size_t>& places) {
  std::string names;
  for (const auto place : places) {
    names.append(names.empty() ? "" : ", ").append(shape.columns[place].name);
  }
  return names;
}

Digest digest_of(RowStream rows, const std::function<void(std::int64_t)>& seen) {
  Poco::SHA2Engine sha256(Poco::SHA2Engine::SHA_256);
  Digest digest;
  for (; const Row* row = rows.current(); rows.advance()) {
    for (const std::string& text : *row) sha256.update(with_length(text));
    if (++digest.rows % kPage == 0) seen(kPage);
  }
  seen(digest.rows % kPage);
  digest.sha256 = Poco::DigestEngine::digestToHex(sha256.digest());
  return digest;
}

}  // namespace portal
