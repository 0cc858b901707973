// The order in which the servers of a connection string are tried.
#include "core/database/engine/connection_string.h"

#include <gtest/gtest.h>

#include "core/database/engine/connection.h"

namespace portal {
namespace {

TEST(ConnectionString, BeginsWithTheServerThatAnsweredLast) {
  struct Case {
    std::string label;
    ServerName server;
    std::string connection;
    std::string more;  // what is added: the last word counts
  };
  const Case cases[] = {
      {"one host", {"db1", "5432"}, "host=db1 user=portal", ""},
      {"no host", {"/run/postgresql", "5432"}, "user=portal", ""},
      {"the first", {"db1", "5432"}, "host=db1,db2,db3", ""},
      {"the second", {"db2", "5432"}, "host=db1,db2,db3", " host=db2,db3,db1"},
      {"the last, one port", {"db3", "5433"}, "host=db1,db2,db3 port=5433", " host=db3,db1,db2"},
      {"by its port", {"db", "2"}, "port=1,2 host=db,db user=portal", " host=db,db port=2,1"},
      {"names and addresses",
       {"db2", "5432"},
       "host=db1,db2 hostaddr=192.0.2.1,192.0.2.2",
       " host=db2,db1 hostaddr=192.0.2.2,192.0.2.1"},
      {"addresses alone",
       {"192.0.2.2", "5432"},
       "hostaddr=192.0.2.1,192.0.2.2",
       " hostaddr=192.0.2.2,192.0.2.1"},
      {"given twice", {"b", "5432"}, "host=b,a host=a,b", " host=b,a"},
      {"unknown", {"elsewhere", "5432"}, "host=db1,db2", ""},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(begin_with(c.server, c.connection), c.connection + c.more) << c.label;
  }
}

TEST(ConnectionString, TheWordsOfTheSettingsComeLast) {
  EXPECT_EQ(join_connection("a=1", "  b=2  a=3 "), "a=1 b=2 a=3");
  EXPECT_THROW(join_connection("", "host=db password="), Failure);
  EXPECT_THROW(join_connection("", "host=db secret"), Failure);
}

}  // namespace
}  // namespace portal
