// What is read out of sql/roles.sql. That PostgreSQL is asked for it, tests/portalctl shows.
#include "core/database/schema/roles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

using Texts = std::vector<std::string>;

Texts texts_of(const std::vector<RoleGrant>& grants) {
  Texts texts;
  for (const auto& grant : grants) texts.push_back(text_of(grant));
  return texts;
}

TEST(Roles, EachPrivilegeOfEachRoleIsRead) {
  struct Case {
    const char* sql;
    Texts granted;
  };
  const Case cases[] = {
      {"", {}},
      {"GRANT SELECT ON event TO portal_web;", {"SELECT ON event TO portal_web"}},
      {"GRANT SELECT, DELETE ON event,\n  waiting TO portal_web, portal_desk;",
       {"SELECT ON event TO portal_web", "DELETE ON event TO portal_web",
        "SELECT ON waiting TO portal_web", "DELETE ON waiting TO portal_web",
        "SELECT ON event TO portal_desk", "DELETE ON event TO portal_desk",
        "SELECT ON waiting TO portal_desk", "DELETE ON waiting TO portal_desk"}},
      {"GRANT INSERT,\n  UPDATE (phone, email) ON account TO portal_web;",
       {"INSERT ON account TO portal_web", "UPDATE (phone) ON account TO portal_web",
        "UPDATE (email) ON account TO portal_web"}},
      {"GRANT EXECUTE ON FUNCTION password_hash_of(TEXT) TO portal_web;",
       {"EXECUTE ON FUNCTION password_hash_of(TEXT) TO portal_web"}},
      {"-- GRANT SELECT ON a TO b; more\nREVOKE ALL ON a FROM b;\nGRANT SELECT ON c TO d; -- why",
       {"SELECT ON c TO d"}},
      {"DO $body$ BEGIN EXECUTE format('GRANT SELECT; ON %I'); END $body$;\nGRANT SELECT ON c TO "
       "d;",
       {"SELECT ON c TO d"}},
  };
  for (const Case& c : cases) {
    const auto granted = grants_in(c.sql);
    ASSERT_TRUE(granted) << c.sql;
    EXPECT_EQ(texts_of(*granted), c.granted) << c.sql;
  }
}

TEST(Roles, WhatCannotBeReadIsNamed) {
  for (const char* sql : {"GRANT SELECT ON 'a' TO b;", "GRANT ALL ON SCHEMA public TO b;",
                          "GRANT b TO c;", "GRANT UPDATE (a'b) ON c TO d;"}) {
    const auto granted = grants_in(sql);
    ASSERT_FALSE(granted) << sql;
    EXPECT_NE(granted.error().message.find("cannot be read"), std::string::npos);
  }
  EXPECT_FALSE(read_grants("/missing"));
}

TEST(Roles, AllOfTheFileIsRead) {
  const auto granted = read_grants(PORTAL_SOURCE_DIR "/sql");
  ASSERT_TRUE(granted) << granted.error().message;
  const Texts texts = texts_of(*granted);
  for (const char* one :
       {"UPDATE (last_login_at) ON account TO portal_mailer",
        "SELECT ON schema_migration TO portal_desk", "DELETE ON roster_quarantine TO portal_desk",
        "EXECUTE ON FUNCTION password_hash_of(TEXT) TO portal_web"}) {
    EXPECT_NE(std::ranges::find(texts, one), texts.end()) << one;
  }
}

// `portalctl check` does not miss what the file itself forgets.
TEST(Roles, TheFileGrantsSomethingOnEachTable) {
  const Folder folder;
  Database database = open_database(sqlite_settings(folder.file("portal.db")));
  ASSERT_TRUE(database.migrate(kMigrations));
  const auto tables = database.read([](Connection& connection) {
    return connection.select(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", 1);
  });
  ASSERT_TRUE(tables && !tables->empty());
  const auto granted = read_grants(PORTAL_SOURCE_DIR "/sql");
  ASSERT_TRUE(granted) << granted.error().message;
  for (const Row& table : *tables) {
    EXPECT_NE(std::ranges::find(*granted, table[0], &RoleGrant::object), granted->end())
        << table[0];
  }
}

}  // namespace
}  // namespace portal
