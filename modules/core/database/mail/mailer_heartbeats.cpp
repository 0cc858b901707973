#include "core/database/mail/mailer_heartbeats.h"

#include <Poco/NumberParser.h>

#include <algorithm>

#include "core/database/engine/connection.h"
#include "core/database/schema/inspection.h"

namespace portal {
namespace {

const std::string kBeat =
    "INSERT INTO mailer_heartbeat (host, at) VALUES ($1, $2) "
    "ON CONFLICT (host) DO UPDATE SET at = $2";
const std::string kForget = "DELETE FROM mailer_heartbeat WHERE at < $1 AND host <> $2";
const std::string kList = "SELECT host, at FROM mailer_heartbeat ORDER BY at DESC, host";

}  // namespace

EpochSeconds MailerHeartbeats::now() {
  return connection_.is_postgresql() ? server_time(connection_) : system_now();
}

void MailerHeartbeats::beat(std::string_view host) {
  const EpochSeconds at = now();
  connection_.execute(kBeat, {host, at});
  connection_.execute(kForget, {at - kMailerForgotten, host});
}

std::vector<MailerHeartbeat> MailerHeartbeats::list() {
  const EpochSeconds at = now();
  std::vector<MailerHeartbeat> all;
  for (Row& row : connection_.select(kList, 2)) {
    all.push_back(
        {std::move(row[0]), std::max<EpochSeconds>(at - Poco::NumberParser::parse64(row[1]), 0)});
  }
  return all;
}

}  // namespace portal
