// Whether TLS is required of a connection string that does not say.
#include "core/database/connection_tls.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace portal {
namespace {

constexpr auto kRequired = " sslmode=require";

TEST(ConnectionTls, IsRequiredOfOtherMachinesUnlessTheStringSaysOtherwise) {
  const struct {
    const char* label;
    const char* connection;
    const char* words;
  } cases[] = {
      {"a name", "host=db.example.jp dbname=portal", kRequired},
      {"an address", "host=192.0.2.1", kRequired},
      {"an address of IPv6", "host=2001:db8::1", kRequired},
      {"every address of this machine", "host=0.0.0.0", kRequired},
      {"one of several", "host=127.0.0.1,db2.example.jp", kRequired},
      {"an address behind a local name", "host=localhost hostaddr=192.0.2.1", kRequired},
      {"given twice", "host=/run/postgresql host=db", kRequired},
      {"a name that only begins as the loopback", "host=127.example.jp", kRequired},
      {"the loopback", "host=127.0.0.1 port=5432", ""},
      {"localhost", "host=localhost", ""},
      {"the loopback of IPv6", "host=::1", ""},
      {"a tunnel that ends here", "host=db.example.jp hostaddr=127.0.0.1", ""},
      {"a socket", "host=/run/postgresql", ""},
      {"an abstract socket", "host=@postgresql", ""},
      {"the usual socket", "dbname=portal user=portal", ""},
      {"an empty place in the list", "host=/run/postgresql,", ""},
      {"weaker, and said", "host=db sslmode=disable", ""},
      {"stronger, and said", "host=db sslmode=verify-full sslrootcert=/ca", ""},
      {"a service file", "service=portal", ""},
  };
  for (const auto& c : cases) EXPECT_EQ(tls_of(c.connection).words(), c.words) << c.label;
}

TEST(ConnectionTls, TheModeThatCountsIsTheLastOne) {
  EXPECT_EQ(tls_of("host=db sslmode=disable sslmode=verify-full").mode, "verify-full");
  EXPECT_EQ(tls_of("host=db").mode, "");
}

TEST(ConnectionTls, TheEnvironmentOfLibpqCountsWhereTheStringIsSilent) {
  const auto with = [](const char* name, const char* value, const char* connection) {
    setenv(name, value, 1);
    const auto tls = tls_of(connection);
    unsetenv(name);
    return tls;
  };
  EXPECT_EQ(with("PGHOST", "db.example.jp", "dbname=portal").words(), kRequired);
  EXPECT_EQ(with("PGHOSTADDR", "192.0.2.1", "dbname=portal").words(), kRequired);
  EXPECT_EQ(with("PGHOST", "db.example.jp", "host=127.0.0.1").words(), "");
  EXPECT_EQ(with("PGSSLMODE", "verify-full", "host=db.example.jp").words(), "");
  EXPECT_EQ(with("PGSSLMODE", "verify-full", "host=db.example.jp").mode, "verify-full");
  EXPECT_EQ(with("PGSERVICE", "portal", "host=db.example.jp").words(), "");
}

}  // namespace
}  // namespace portal
