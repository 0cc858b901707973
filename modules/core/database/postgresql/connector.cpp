// The loadable module portal_postgresql.so: Poco's PostgreSQL connector, and libpq with it.
#include <Poco/Data/PostgreSQL/Connector.h>

extern "C" void portal_register_connector() {
  Poco::Data::PostgreSQL::Connector::registerConnector();
}
