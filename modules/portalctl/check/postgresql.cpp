// The PostgreSQL server: what conf/postgresql.md asks of it, and the roles of sql/roles.sql.
#include <algorithm>
#include <array>
#include <numeric>

#include "core/database/connection_tls.h"
#include "core/database/database.h"
#include "core/database/schema/inspection.h"
#include "core/database/schema/roles.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/steps.h"

namespace portalctl {
namespace {

using portal::ConnectionTls;
using portal::ServerFacts;

constexpr std::int64_t kLeastVersion = 150000;
constexpr int kMailer = 1;
// Encrypted, because the portal requires it of other machines.
constexpr auto kUnnamed =
    "; by TLS, but any server passes for yours: sslmode=verify-full sslrootcert=FILE tells it from "
    "others";
constexpr std::int64_t kFarBehind = 64L * 1024 * 1024;
constexpr std::int64_t kMuchKept = 1024L * 1024 * 1024;

// One session for each thread of a responder that runs, and one for the mailer.
int sessions_of_a_node(bool desk) {
  return std::accumulate(std::begin(kSteps), std::end(kSteps), kMailer,
                         [desk](int sum, const Step& step) {
                           return step.site == kPublicSite || desk ? sum + step.threads : sum;
                         });
}

portal::Database open(const Subject& subject) {
  return {subject.settings, portal::Durability::kFull, 1, subject.patience,
          portal::kNoSchemaNeeded};
}

// For whom it was switched on, and how to switch it off.
std::string set_for(const ServerFacts& facts) {
  const std::string off = " RESET default_transaction_read_only";
  if (facts.read_only == "database") return "this database: ALTER DATABASE …" + off;
  if (facts.read_only == "user") return "this role: ALTER ROLE " + facts.role + off;
  if (facts.read_only == "database user") {
    return "this role in this database: ALTER ROLE " + facts.role + " IN DATABASE …" + off;
  }
  if (facts.read_only == "client") return "this connection: see database.connection (options=)";
  return "the whole server (" + facts.read_only + "): ALTER SYSTEM" + off + " and reload it";
}

void look_at_server(const ServerFacts& facts, Findings& findings) {
  if (facts.version < kLeastVersion) {
    findings.push_back(
        fault("version " + std::to_string(facts.version / 10000) + ": 15 or newer is needed"));
  }
  if (facts.encoding != "UTF8") {
    findings.push_back(fault("the database's encoding is " + facts.encoding +
                             ": names would be refused or changed: createdb -E UTF8 -T template0"));
  }
  if (facts.in_recovery) {
    findings.push_back(
        fault("this server is a standby: target_session_attrs=read-write in "
              "database.connection finds the primary"));
  }
  if (!facts.in_recovery && !facts.read_only.empty()) {
    findings.push_back(fault("default_transaction_read_only is on for " + set_for(facts) +
                             ", so every form is answered with 503"));
  }
  if (facts.superuser) {
    findings.push_back(warning("the role " + facts.role +
                               " is a superuser: a fault of the portal would be one of the whole "
                               "server: a role of its own, see roles.sql"));
  }
}

void look_at_durability(const ServerFacts& facts, Findings& findings) {
  if (facts.fsync != "on" || facts.full_page_writes != "on") {
    findings.push_back(fault("fsync = " + facts.fsync +
                             ", full_page_writes = " + facts.full_page_writes +
                             ": a power failure damages the database: both on"));
  }
  if (facts.synchronous_commit == "off") {
    findings.push_back(
        warning("synchronous_commit = off: the portal raises it to on where a "
                "registration must not be lost; say on"));
  }
  if (facts.standbys.empty()) return;
  if (facts.synchronous_commit == "local") {
    findings.push_back(fault("synchronous_commit = local with synchronous_standby_names = " +
                             facts.standbys + ": a failover loses registrations: on"));
  }
}

void look_at_log(const ServerFacts& facts, Findings& findings) {
  if (facts.error_verbosity == "terse") return;
  findings.push_back(warning("log_error_verbosity = " + facts.error_verbosity +
                             ": the server's log quotes people's addresses where a unique "
                             "constraint refuses a row: ALTER SYSTEM SET log_error_verbosity = "
                             "terse, and reload it"));
}

void look_at_connections(const ServerFacts& facts, int needed, Findings& findings) {
  if (facts.connections >= needed) return;
  findings.push_back(fault("it gives the portal " + std::to_string(facts.connections) +
                           " connections, and a node takes up to " + std::to_string(needed) +
                           ": raise max_connections (or the role's, or the database's limit)"));
}

// Less than verify-full is said, or nothing is known because a service file says it.
void look_at_tls(const ConnectionTls& tls, const ServerFacts& facts, Findings& findings) {
  constexpr std::array kMayBeInTheClear = {"disable", "allow", "prefer"};
  const bool weak = std::ranges::find(kMayBeInTheClear, tls.mode) != kMayBeInTheClear.end();
  if (tls.leaves_machine && weak) {
    findings.push_back(warning("sslmode=" + tls.mode +
                               " to another machine: what people register may travel in the clear: "
                               "sslmode=verify-full sslrootcert=FILE in database.connection"));
  } else if (tls.by_service && facts.remote && !facts.encrypted) {
    findings.push_back(warning(
        "the service file leads to another machine without TLS: sslmode=verify-full in it"));
  }
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

// Enough to see what it is about: a database without any grant lacks hundreds.
std::string first_of(std::vector<std::string> names) {
  constexpr std::size_t kShown = 3;
  const auto others = names.size() - std::min(names.size(), kShown);
  names.resize(names.size() - others);
  return joined(names) + (others == 0 ? "" : " and " + std::to_string(others) + " more");
}

std::string megabytes(std::int64_t bytes) {
  return std::to_string(bytes / 1024 / 1024) + " MB";
}

Findings judge_replication(const ServerFacts& server, const portal::ReplicationFacts& facts) {
  Findings findings;
  if (!server.standbys.empty() && facts.standbys == 0) {
    findings.push_back(
        fault("synchronous_standby_names = " + server.standbys +
              ", but no standby is connected: every registration waits: start one, or empty it"));
  }
  if (facts.behind > kFarBehind) {
    findings.push_back(warning("a standby is " + megabytes(facts.behind) +
                               " behind: a failover would lose them or wait: see its log"));
  }
  if (facts.kept > kMuchKept) {
    findings.push_back(
        warning("the server keeps " + megabytes(facts.kept) +
                    " of WAL for a replication slot that nobody reads: its disk fills",
                "psql -c 'SELECT * FROM pg_replication_slots'"));
  }
  if (facts.archiving_fails) {
    findings.push_back(
        warning("archive_command fails: the server keeps all WAL, and its disk fills",
                "psql -c 'SELECT * FROM pg_stat_archiver'"));
  }
  if (!findings.empty()) return findings;
  if (facts.standbys == 0) return {ok("no standby")};
  const std::string count =
      std::to_string(facts.standbys) + (facts.standbys == 1 ? " standby" : " standbys");
  if (facts.behind < 0) {
    return {unknown(count + "; how far behind, this role may not see: GRANT pg_monitor TO " +
                    server.role)};
  }
  return {ok(count + ", " + megabytes(facts.behind) + " behind at most")};
}

}  // namespace

Findings probe_postgresql(const Subject& subject) {
  if (!subject.postgresql()) return {not_applicable("database.connector = SQLite")};
  const auto facts = open(subject).read(
      [](portal::Connection& connection) { return portal::server_facts(connection); });
  if (!facts) return {not_applicable("it cannot be reached, see database")};
  Findings findings;
  for (const auto look : {look_at_server, look_at_durability, look_at_log}) look(*facts, findings);
  const int sessions = sessions_of_a_node(subject.desk());
  look_at_connections(*facts, sessions, findings);
  const ConnectionTls tls = portal::tls_of(subject.settings.text("database.connection"));
  look_at_tls(tls, *facts, findings);
  if (findings.empty()) {
    findings.push_back(ok("version " + std::to_string(facts->version / 10000) + ", " +
                          facts->encoding + ", synchronous_commit = " + facts->synchronous_commit +
                          ", connections for " + std::to_string(facts->connections / sessions) +
                          " nodes" +
                          (facts->pooler ? ", through a pooler that keeps sessions" : "") +
                          (tls.words().empty() ? "" : kUnnamed)));
  }
  return findings;
}

Findings probe_replication(const Subject& subject) {
  if (!subject.postgresql()) return {not_applicable("database.connector = SQLite")};
  struct Facts {
    ServerFacts server;
    portal::ReplicationFacts replication;
  };
  const auto facts = open(subject).read([](portal::Connection& connection) {
    Facts found{portal::server_facts(connection), {}};
    if (!found.server.in_recovery) found.replication = portal::replication_facts(connection);
    return found;
  });
  if (!facts) return {not_applicable("it cannot be reached, see database")};
  if (facts->server.in_recovery) return {not_applicable("this server is a standby itself")};
  return judge_replication(facts->server, facts->replication);
}

Findings probe_roles(const Subject& subject) {
  if (!subject.postgresql()) return {not_applicable("database.connector = SQLite")};
  const auto granted = portal::read_grants(subject.sql_directory);
  const auto facts = open(subject).read([&](portal::Connection& connection) {
    return portal::role_facts(connection, granted ? *granted : std::vector<portal::RoleGrant>());
  });
  if (!facts) return {not_applicable("it cannot be reached, see database")};
  if (!facts->made) return {not_applicable("all programs have one role; roles.sql makes four")};
  Findings findings;
  if (!granted) findings.push_back(unknown(granted.error().message));
  if (!facts->missing.empty()) {
    findings.push_back(
        fault("there is no role " + joined(facts->missing) + ": run roles.sql again"));
  }
  if (!facts->ungranted.empty()) {
    findings.push_back(fault("not granted: " + first_of(facts->ungranted) +
                             ": run roles.sql again, as after each upgrade"));
  }
  if (!facts->readers.empty()) {
    findings.push_back(fault("password hashes can be read by " + joined(facts->readers) +
                             ": run roles.sql again"));
  }
  if (findings.empty())
    findings.push_back(ok("portal_web, portal_mailer, portal_operator, portal_desk"));
  return findings;
}

}  // namespace portalctl
