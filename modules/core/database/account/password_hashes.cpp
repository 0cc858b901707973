#include "core/database/account/password_hashes.h"

#include "core/database/engine/connection.h"

namespace portal {
namespace {

const std::string kOnPostgresql = "SELECT password_hash_of($1)";
const std::string kOnSqlite =
    "SELECT COALESCE((SELECT password_hash FROM account WHERE id = $1), "
    "(SELECT password_hash FROM registration WHERE id = $1), '')";

}  // namespace

std::string PasswordHashes::of(std::string_view id) {
  const auto& sql = connection_.is_postgresql() ? kOnPostgresql : kOnSqlite;
  return connection_.select(sql, 1, {id}).at(0).at(0);
}

}  // namespace portal
