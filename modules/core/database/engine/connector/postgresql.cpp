// The loadable module portal_postgresql.so contains Poco's PostgreSQL connector and, with it,
// libpq.
#include "core/database/engine/connector/postgresql.h"

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/PostgreSQL/Utility.h>
#include <libpq-fe.h>

#include <memory>

namespace {

std::string why_not(const std::string& connection) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session(PQconnectdb(connection.c_str()),
                                                             &PQfinish);
  return PQstatus(session.get()) == CONNECTION_OK ? "" : PQerrorMessage(session.get());
}

int set_up(Poco::Data::Session& session) {
  PGconn* const native = *Poco::Data::PostgreSQL::Utility::handle(session);
  PQsetErrorVerbosity(native, PQERRORS_VERBOSE);
  return PQsocket(native);
}

constexpr portal::PostgresqlConnector kConnector = {
    &Poco::Data::PostgreSQL::Connector::registerConnector, &why_not, &set_up};

}  // namespace

const portal::PostgresqlConnector* portal_postgresql() {
  return &kConnector;
}
