// The roles of sql/roles.sql on PostgreSQL: what that file grants, and whether the owner of the
// tables has run it since a migration or a newer version of the portal asked for more.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace portal {

class Connection;

// One privilege of one role.
struct RoleGrant {
  std::string privilege;  // "UPDATE"
  std::string column;     // empty: on the whole object
  std::string object;     // "account"; a function with its arguments, "password_hash_of(TEXT)"
  bool is_function = false;
  std::string role;
};

// "UPDATE (last_login_at) ON account TO portal_mailer"
std::string text_of(const RoleGrant& grant);

// What the GRANT statements in that file's text grant. Those within its DO blocks are passed over:
// they follow from the catalogue. Refused with the first that is not of the form GRANT privileges
// ON objects TO roles.
Result<std::vector<RoleGrant>> grants_in(std::string_view sql);

// Those of the file roles.sql in that folder. Refused too if it cannot be read.
Result<std::vector<RoleGrant>> read_grants(const std::string& directory);

struct RoleFacts {
  bool made = false;                 // sql/roles.sql was run
  std::vector<std::string> missing;  // roles that a newer roles.sql makes
  // Grants that a newer roles.sql makes, as text_of() has them. Of a role, table or column that is
  // missing itself, none is named.
  std::vector<std::string> ungranted;
  std::vector<std::string> readers;  // roles that can read a column password_hash; none should
};

// Throws like the table classes.
RoleFacts role_facts(Connection& connection, const std::vector<RoleGrant>& granted);

}  // namespace portal
