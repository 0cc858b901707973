// Columns maps the columns of a table to the members of a row's struct. One list makes the INSERT,
// the SELECT, and the conversion between rows and structs. A list can contain other lists, so that
// columns which two tables share are written once.
//
// If a text in the database is no value of the member's type, such as a registration number that is
// not in its standard form, another program has put it there. To read it throws a Failure that
// names the table, the row and the column, but not the text, which a user may have entered.
#pragma once

#include <Poco/NumberParser.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/database/engine/connection.h"
#include "core/registration/registration_number.h"

namespace portal {

// The failure for a row of `sql` that has a text which is no value of its type. `row` is its first
// column.
Failure unreadable(const std::string& sql, const std::string& row, std::string_view column);

// Reads a member of this type from its column: read() returns nothing for a text that is no such
// value. To be written, a member is converted to a Value, unless there is a write().
template <class Member>
struct Stored;

template <>
struct Stored<std::string> {
  static std::optional<std::string> read(std::string&& text) { return std::move(text); }
};

template <>
struct Stored<std::int64_t> {
  static std::optional<std::int64_t> read(const std::string& text) {
    Poco::Int64 number = 0;
    if (!Poco::NumberParser::tryParse64(text, number)) return std::nullopt;
    return number;
  }
};

template <>
struct Stored<int> {
  static std::optional<int> read(const std::string& text) {
    int number = 0;
    if (!Poco::NumberParser::tryParse(text, number)) return std::nullopt;
    return number;
  }
};

template <>
struct Stored<RegistrationNumber> {
  static std::optional<RegistrationNumber> read(const std::string& text) {
    return RegistrationNumber::from_standard_form(text);
  }
};

// An empty text stands for no number.
template <>
struct Stored<std::optional<RegistrationNumber>> {
  static std::optional<std::optional<RegistrationNumber>> read(const std::string& text) {
    auto number = RegistrationNumber::from_standard_form(text);
    if (!number && !text.empty()) return std::nullopt;
    return number;
  }
};

// A column of a table with rows of type T.
template <class T>
struct Column {
  // A member of T or of its base.
  template <class Member, class Owner>
  Column(std::string_view column, Member Owner::*member)
      : name(column),
        value([member](const T& row) {
          if constexpr (requires { Stored<Member>::write(row.*member); }) {
            return Value(Stored<Member>::write(row.*member));
          } else {
            return Value(row.*member);
          }
        }),
        read([member](std::string&& text, T& row) {
          auto found = Stored<Member>::read(std::move(text));
          if (!found) return false;
          row.*member = *std::move(found);
          return true;
        }) {}

  // The same column of T's base.
  template <class Base>
  explicit Column(const Column<Base>& column)
      : name(column.name), value(column.value), read(column.read) {}

  // The same column of a part of T.
  template <class Part, class Owner>
  Column(Part Owner::*part, const Column<Part>& column)
      : name(column.name),
        value([part, of = column.value](const T& row) { return of(row.*part); }),
        read([part, of = column.read](std::string&& text, T& row) {
          return of(std::move(text), row.*part);
        }) {}

  std::string_view name;
  std::function<Value(const T&)> value;
  std::function<bool(std::string&&, T&)> read;  // false if the text is no value of the member
};

template <class T>
class Columns {
 public:
  // The first column names the row in an error.
  Columns(std::initializer_list<Column<T>> columns) : columns_(columns) {}

  // A copy with one more column.
  Columns with(Column<T> column) const {
    Columns columns = *this;
    columns.columns_.push_back(std::move(column));
    return columns;
  }

  // A copy with the columns of T's base.
  template <class Base>
  Columns with(const Columns<Base>& base) const {
    Columns columns = *this;
    for (const auto& column : base.list()) columns.columns_.push_back(Column<T>(column));
    return columns;
  }

  // A copy with the columns of a part of T.
  template <class Part, class Owner>
  Columns with(Part Owner::*part, const Columns<Part>& columns_of_part) const {
    Columns columns = *this;
    for (const auto& column : columns_of_part.list()) {
      columns.columns_.push_back(Column<T>(part, column));
    }
    return columns;
  }

  // A copy without this column.
  Columns without(std::string_view name) const {
    Columns columns = *this;
    std::erase_if(columns.columns_, [&](const Column<T>& column) { return column.name == name; });
    return columns;
  }

  const std::vector<Column<T>>& list() const { return columns_; }
  std::size_t size() const { return columns_.size(); }

  // "id, sealed, expires_at"
  std::string names() const {
    return joined([](const Column<T>& column) { return std::string(column.name); });
  }

  // "id = excluded.id, sealed = excluded.sealed, …": after ON CONFLICT … DO UPDATE SET
  std::string from_excluded() const {
    return joined([](const Column<T>& column) {
      return std::string(column.name).append(" = excluded.").append(column.name);
    });
  }

  // "SELECT id, sealed, expires_at FROM draft "
  std::string select_from(std::string_view table) const {
    return "SELECT " + names() + " FROM " + std::string(table) + " ";
  }

  // "INSERT INTO draft (id, sealed, expires_at) VALUES ($1, $2, $3) ", or `rows` at once.
  std::string insert_into(std::string_view table, std::size_t rows = 1) const {
    std::string sql = "INSERT INTO " + std::string(table) + " (" + names() + ") VALUES ";
    std::size_t place = 0;
    for (std::size_t row = 0; row < rows; ++row) {
      sql += row == 0 ? "(" : ", (";
      sql += joined([&](const Column<T>&) { return "$" + std::to_string(++place); }) + ")";
    }
    return sql + " ";
  }

  Values values(const T& row) const {
    Values values;
    append(values, row);
    return values;
  }
  void append(Values& values, const T& row) const {
    values.reserve(values.size() + columns_.size());
    for (const auto& column : columns_) values.push_back(column.value(row));
  }

  // Returns the rows of a statement whose result columns are names().
  std::vector<T> all(Connection& connection, const std::string& sql, const Values& values) const {
    std::vector<T> rows;
    for (Row& row : connection.select(sql, columns_.size(), values)) {
      rows.push_back(row_of(sql, std::move(row)));
    }
    return rows;
  }

  std::optional<T> first(Connection& connection, const std::string& sql,
                         const Values& values) const {
    std::vector<Row> rows = connection.select(sql, columns_.size(), values);
    if (rows.empty()) return std::nullopt;
    return row_of(sql, std::move(rows.front()));
  }

 private:
  // Makes a struct of the texts of names() in a row of `sql`.
  T row_of(const std::string& sql, Row texts) const {
    T row;
    // The first column is read last: until then its text can say which row it is.
    for (std::size_t i = columns_.size(); i-- > 0;) {
      if (!columns_[i].read(std::move(texts[i]), row)) {
        throw unreadable(sql, texts.front(), columns_[i].name);
      }
    }
    return row;
  }

  template <class F>
  std::string joined(const F& text_of) const {
    std::string text;
    for (const auto& column : columns_)
      text.append(text.empty() ? "" : ", ").append(text_of(column));
    return text;
  }

  std::vector<Column<T>> columns_;
};

}  // namespace portal
