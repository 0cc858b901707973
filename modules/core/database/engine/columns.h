// Which column of a table is which member of a row's struct: one list gives the INSERT, the SELECT
// and the way between both.
#pragma once

#include <Poco/NumberParser.h>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/database/engine/connection.h"

namespace portal {

template <class T>
struct Column {
  std::string_view name;
  std::variant<std::string T::*, std::int64_t T::*, int T::*> member;
};

template <class T>
class Columns {
 public:
  Columns(std::initializer_list<Column<T>> columns) : columns_(columns) {}

  // The same and one more.
  Columns with(Column<T> column) const {
    Columns columns = *this;
    columns.columns_.push_back(std::move(column));
    return columns;
  }

  // "id, sealed, expires_at"
  std::string names() const {
    std::string names;
    for (const auto& column : columns_) {
      names.append(names.empty() ? "" : ", ").append(column.name);
    }
    return names;
  }

  // "SELECT id, sealed, expires_at FROM draft "
  std::string select_from(std::string_view table) const {
    return "SELECT " + names() + " FROM " + std::string(table) + " ";
  }

  // "INSERT INTO draft (id, sealed, expires_at) VALUES ($1, $2, $3) "
  std::string insert_into(std::string_view table) const {
    std::string places;
    for (std::size_t i = 1; i <= columns_.size(); ++i) {
      places.append(i == 1 ? "$" : ", $").append(std::to_string(i));
    }
    return "INSERT INTO " + std::string(table) + " (" + names() + ") VALUES (" + places + ") ";
  }

  Values values(const T& row) const {
    Values values;
    values.reserve(columns_.size());
    for (const auto& column : columns_) {
      std::visit([&](auto member) { values.emplace_back(row.*member); }, column.member);
    }
    return values;
  }

  // The rows of a statement that answers with names().
  std::vector<T> all(Connection& connection, const std::string& sql, const Values& values) const {
    std::vector<T> rows;
    for (const Row& row : connection.select(sql, columns_.size(), values)) {
      rows.push_back(row_of(row));
    }
    return rows;
  }

  std::optional<T> first(Connection& connection, const std::string& sql,
                         const Values& values) const {
    const std::vector<Row> rows = connection.select(sql, columns_.size(), values);
    if (rows.empty()) return std::nullopt;
    return row_of(rows.front());
  }

  // Of the texts of names().
  T row_of(const Row& texts) const {
    T row;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      std::visit(
          [&](auto member) {
            // GCC 12 warns of a text in a struct that has no room for one.
            if constexpr (sizeof(row.*member) <= sizeof(T)) read(texts[i], row.*member);
          },
          columns_[i].member);
    }
    return row;
  }

 private:
  static void read(const std::string& text, std::string& member) { member = text; }
  static void read(const std::string& text, std::int64_t& member) {
    member = Poco::NumberParser::parse64(text);
  }
  static void read(const std::string& text, int& member) {
    member = Poco::NumberParser::parse(text);
  }

  std::vector<Column<T>> columns_;
};

}  // namespace portal
