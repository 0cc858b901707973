// The loadable module portal_postgresql.so contains Poco's PostgreSQL connector and, with it,
// libpq.
#include "core/database/engine/connector/postgresql.h"

#include <Poco/Data/PostgreSQL/Connector.h>
#include <Poco/Data/PostgreSQL/Utility.h>
#include <libpq-fe.h>

#include <memory>

#include "core/database/engine/connector/pooler.h"

namespace {

portal::PostgresqlConnector::Attempt attempt(const std::string& connection) {
  const std::unique_ptr<PGconn, decltype(&PQfinish)> session(PQconnectdb(connection.c_str()),
                                                             &PQfinish);
  if (PQstatus(session.get()) != CONNECTION_OK) {
    return {portal::PostgresqlConnector::kFailed + std::string(PQerrorMessage(session.get())), {}};
  }
  return {"", {PQhost(session.get()), PQport(session.get())}};
}

PGconn* native(Poco::Data::Session& session) {
  return *Poco::Data::PostgreSQL::Utility::handle(session);
}

portal::PostgresqlConnector::Greeting set_up(Poco::Data::Session& session) {
  PGconn* const connection = native(session);
  PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
  return {PQsocket(connection),
          PQserverVersion(connection),
          PQbackendPID(connection),
          {PQhost(connection), PQport(connection)}};
}

portal::PostgresqlConnector::Pooling pooling(Poco::Data::Session& session,
                                             const std::string& connection) {
  return portal::pooling_of(native(session), connection);
}

constexpr portal::PostgresqlConnector kConnector = {
    &Poco::Data::PostgreSQL::Connector::registerConnector, &attempt, &set_up, &pooling};

}  // namespace

const portal::PostgresqlConnector* portal_postgresql() {
  return &kConnector;
}
