// A pooler in session mode passes on what the server says to an idle session; in transaction or
// statement mode the idle session has no server's session, so nothing can reach it. So the session
// listens, is idle, and another one notifies it. The answer does not depend on how many sessions
// the pooler has with the server, nor on who else uses them, as it would if two process ids were
// compared.
#include "core/database/engine/connector/pooler.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>

namespace portal {
namespace {

using Clock = std::chrono::steady_clock;
using Pooling = PostgresqlConnector::Pooling;
using Session = std::unique_ptr<PGconn, decltype(&PQfinish)>;

// Until the pooler has a server's session to spare, and until the notification is there.
constexpr auto kLongestWait = std::chrono::seconds(5);

// Waits until there is something to read. False: not in time, or the session is lost.
bool more_to_read(PGconn* session, Clock::time_point deadline) {
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  pollfd state = {PQsocket(session), POLLIN, 0};
  return poll(&state, 1, static_cast<int>(std::max<std::int64_t>(left, 0))) > 0 &&
         PQconsumeInput(session) == 1;
}

// Returns an empty text if the command was done in time, otherwise the reason why not.
std::string command(PGconn* session, const std::string& sql) {
  const auto deadline = Clock::now() + kLongestWait;
  if (PQsendQuery(session, sql.c_str()) != 1) return PQerrorMessage(session);
  std::string reason;
  for (;;) {
    while (PQisBusy(session) == 1) {
      if (!more_to_read(session, deadline)) {
        return PQstatus(session) == CONNECTION_BAD ? PQerrorMessage(session) : "no answer in 5 s";
      }
    }
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQgetResult(session), &PQclear);
    if (!result) return reason;
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) reason = PQerrorMessage(session);
  }
}

bool is_notified(PGconn* session) {
  const auto deadline = Clock::now() + kLongestWait;
  do {
    const std::unique_ptr<PGnotify, decltype(&PQfreemem)> notification(PQnotifies(session),
                                                                       &PQfreemem);
    if (notification) return true;
  } while (more_to_read(session, deadline));
  return false;
}

}  // namespace

Pooling pooling_of(PGconn* session, const std::string& connection) {
  std::random_device random;
  const std::string channel = "portal_" + std::to_string(random()) + "_" + std::to_string(random());
  if (const auto reason = command(session, "LISTEN " + channel); !reason.empty()) {
    return {Pooling::Mode::kUnknown, reason};
  }
  const Session other(PQconnectdb(connection.c_str()), &PQfinish);
  if (PQstatus(other.get()) != CONNECTION_OK) {
    return {Pooling::Mode::kUnknown, PQerrorMessage(other.get())};
  }
  if (const auto reason = command(other.get(), "NOTIFY " + channel); !reason.empty()) {
    return {Pooling::Mode::kUnknown, reason};
  }
  if (!is_notified(session)) return {Pooling::Mode::kShared, ""};
  const auto reason = command(session, "UNLISTEN *");
  return {reason.empty() ? Pooling::Mode::kKept : Pooling::Mode::kUnknown, reason};
}

}  // namespace portal
