#include "core/database/schema/roles.h"

#include <Poco/NumberParser.h>
#include <Poco/RegularExpression.h>
#include <Poco/String.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "core/database/engine/connection.h"

namespace portal {
namespace {

using Poco::RegularExpression;

// As sql/roles.sql has them.
const std::string kOurs = "('portal_web'), ('portal_mailer'), ('portal_operator'), ('portal_desk')";
const std::string kIsOurs = " IN (VALUES " + kOurs + ") ";
const std::string kRoles = "SELECT COUNT(*) FROM pg_roles WHERE rolname::text" + kIsOurs;
const std::string kMissingRoles =
    "SELECT name FROM (VALUES " + kOurs +
    ") AS ours (name) WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)";
const std::string kHashedTables =
    "FROM pg_class c JOIN pg_attribute h ON h.attrelid = c.oid AND h.attname = 'password_hash', "
    "pg_roles r WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' "
    "AND r.rolname::text" +
    kIsOurs;
const std::string kReaders =
    "SELECT r.rolname || ' of ' || c.relname " + kHashedTables +
    "AND has_column_privilege(r.oid, c.oid, h.attnum, 'SELECT') ORDER BY 1";
// Every role reads the other columns, also those that a migration has added.
const std::string kUnread =
    "SELECT 'SELECT (' || a.attname || ') ON ' || t.relname || ' TO ' || t.rolname "
    "FROM (SELECT c.oid, c.relname, r.oid AS role, r.rolname " +
    kHashedTables +
    ") AS t JOIN pg_attribute a ON a.attrelid = t.oid "
    "WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attname <> 'password_hash' "
    "AND NOT has_column_privilege(t.role, t.oid, a.attnum, 'SELECT') ORDER BY 1";

// The functions that ask for a privilege give NULL for what is not there, but for a column.
constexpr auto kUngranted =
    ") AS g (at, kind, privilege, part, object, role) JOIN pg_roles r ON r.rolname = g.role "
    "WHERE NOT CASE g.kind "
    "WHEN 'function' THEN has_function_privilege(r.oid, to_regprocedure(g.object), g.privilege) "
    "WHEN 'table' THEN has_table_privilege(r.oid, to_regclass(g.object), g.privilege) "
    "ELSE NOT EXISTS (SELECT FROM pg_attribute a "
    "WHERE a.attrelid = to_regclass(g.object) AND a.attname = g.part "
    "AND NOT has_column_privilege(r.oid, a.attrelid, a.attnum, g.privilege)) END ORDER BY g.at";

std::vector<std::string> names(Connection& connection, const std::string& sql) {
  std::vector<std::string> all;
  for (Row& row : connection.select(sql, 1)) all.push_back(std::move(row[0]));
  return all;
}

std::string kind_of(const RoleGrant& grant) {
  if (grant.is_function) return "function";
  return grant.column.empty() ? "table" : "column";
}

// Without quotes in them: grants_in() takes nothing else.
std::string literals_of(const RoleGrant& grant) {
  std::string all;
  for (const auto& text :
       {kind_of(grant), grant.privilege, grant.column, grant.object, grant.role}) {
    all.append(", '").append(text).append("'");
  }
  return all;
}

std::vector<std::string> ungranted(Connection& connection, const std::vector<RoleGrant>& granted) {
  if (granted.empty()) return {};
  std::string values;
  for (std::size_t at = 0; at < granted.size(); ++at) {
    values.append(at == 0 ? "(" : ", (").append(std::to_string(at));
    values.append(literals_of(granted[at])).append(")");
  }
  std::vector<std::string> texts;
  for (const auto& at : names(connection, "SELECT g.at::text FROM (VALUES " + values + kUngranted))
    texts.push_back(text_of(granted.at(Poco::NumberParser::parseUnsigned(at))));
  return texts;
}

std::string replaced(std::string text, const char* pattern, const char* replacement) {
  RegularExpression(pattern).subst(text, replacement, RegularExpression::RE_GLOBAL);
  return text;
}

// Without comments, DO blocks and lines' ends; one blank between two words.
std::string plain(std::string_view sql) {
  std::string text = replaced(std::string(sql), "--[^\n]*", "");
  for (auto from = text.find("DO $body$"); from != std::string::npos;
       from = text.find("DO $body$", from)) {
    constexpr std::string_view kEnd = "$body$;";
    const auto to = text.find(kEnd, from);
    text.erase(from, to == std::string::npos ? to : to + kEnd.size() - from);
  }
  return replaced(std::move(text), "\\s+", " ");
}

// What separators outside parentheses separate, without blanks around it.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> items(1);
  int depth = 0;
  for (const char character : text) {
    if (character == '(') ++depth;
    if (character == ')') --depth;
    if (character == separator && depth == 0) {
      items.emplace_back();
    } else {
      items.back() += character;
    }
  }
  for (auto& item : items) Poco::trimInPlace(item);
  return items;
}

// "UPDATE (phone, email)": a privilege for each column; "SELECT": one.
std::vector<RoleGrant> privileges_in(const std::string& list) {
  static const RegularExpression pattern(R"(^([A-Z]+)(?: ?\(([a-z_, ]+)\))?$)");
  std::vector<RoleGrant> all;
  for (const auto& item : split(list, ',')) {
    std::vector<std::string> parts;
    if (pattern.split(item, parts) == 0) return {};
    for (const auto& column : split(parts.size() > 2 ? parts[2] : "", ',')) {
      all.push_back({.privilege = parts[1], .column = column, .object = {}, .role = {}});
    }
  }
  return all;
}

// Nothing if the statement is not of that form.
std::vector<RoleGrant> read_grant(const std::string& statement) {
  static const RegularExpression pattern(
      R"(^GRANT (.+) ON (FUNCTION )?([a-z_]+(?:\([A-Z, ]*\))?(?:, [a-z_]+)*) TO ([a-z_, ]+)$)");
  std::vector<std::string> parts;
  if (pattern.split(statement, parts) == 0) return {};
  std::vector<RoleGrant> all;
  for (const auto& role : split(parts[4], ',')) {
    for (const auto& object : split(parts[3], ',')) {
      for (RoleGrant grant : privileges_in(parts[1])) {
        grant.object = object;
        grant.is_function = !parts[2].empty();
        grant.role = role;
        all.push_back(std::move(grant));
      }
    }
  }
  return all;
}

}  // namespace

std::string text_of(const RoleGrant& grant) {
  const std::string column = grant.column.empty() ? "" : " (" + grant.column + ")";
  return grant.privilege + column + " ON " + (grant.is_function ? "FUNCTION " : "") + grant.object +
         " TO " + grant.role;
}

Result<std::vector<RoleGrant>> grants_in(std::string_view sql) {
  std::vector<RoleGrant> all;
  for (const auto& statement : split(plain(sql), ';')) {
    if (!statement.starts_with("GRANT ")) continue;
    auto grants = read_grant(statement);
    if (grants.empty()) return refused("`" + statement + "` cannot be read");
    std::move(grants.begin(), grants.end(), std::back_inserter(all));
  }
  return all;
}

Result<std::vector<RoleGrant>> read_grants(const std::string& directory) {
  const std::string path = directory + "/roles.sql";
  std::ifstream file(path);
  std::stringstream content;
  content << file.rdbuf();
  if (!file || !content) return not_found(path + " cannot be read");
  auto grants = grants_in(content.str());
  if (!grants) return refused(path + ": " + grants.error().message);
  return grants;
}

RoleFacts role_facts(Connection& connection, const std::vector<RoleGrant>& granted) {
  RoleFacts facts;
  facts.made = connection.number(kRoles) > 0;
  if (!facts.made) return facts;
  facts.missing = names(connection, kMissingRoles);
  facts.ungranted = ungranted(connection, granted);
  for (auto& grant : names(connection, kUnread)) facts.ungranted.push_back(std::move(grant));
  facts.readers = names(connection, kReaders);
  return facts;
}

}  // namespace portal
