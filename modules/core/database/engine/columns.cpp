#include "core/database/engine/columns.h"

#include <cctype>

namespace portal {
namespace {

// The first table that a statement of ours reads or writes.
std::string table_of(const std::string& sql) {
  for (const std::string_view before : {"FROM ", "UPDATE ", "INTO "}) {
    for (auto at = sql.find(before); at != std::string::npos; at = sql.find(before, at + 1)) {
      const auto begin = at + before.size();
      // A subquery stands in brackets.
      if (begin < sql.size() && std::islower(static_cast<unsigned char>(sql[begin])) != 0) {
        return sql.substr(begin, sql.find_first_of(" ,)", begin) - begin);
      }
    }
  }
  return "";
}

}  // namespace

Failure unreadable(const std::string& sql, const std::string& row, std::string_view column) {
  std::string message = "table " + table_of(sql) + ", row " + row + ": column ";
  message.append(column).append(" has a value that the portal never writes there: correct it");
  return Failure(refused(std::move(message)));
}

}  // namespace portal
