// Finds out whether a pooler keeps the server's session for a program's session.
#pragma once

#include <libpq-fe.h>

#include <string>

#include "core/database/engine/connector/postgresql.h"

namespace portal {

// `session` is idle, outside a transaction. `connection` is the connection string with which it was
// opened. Takes a few milliseconds if the session is kept, and kLongestWait otherwise.
PostgresqlConnector::Pooling pooling_of(PGconn* session, const std::string& connection);

}  // namespace portal
