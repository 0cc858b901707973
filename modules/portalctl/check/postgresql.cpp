// The PostgreSQL server: what conf/postgresql.md asks of it, and the roles of sql/roles.sql.
#include <algorithm>
#include <numeric>

#include "core/database/database.h"
#include "core/database/schema/inspection.h"
#include "portalctl/check/probe.h"
#include "portalctl/check/steps.h"

namespace portalctl {
namespace {

using portal::ServerFacts;

constexpr std::int64_t kLeastVersion = 150000;
constexpr int kMailer = 1;

// One session for each thread of a responder, and one for the mailer.
int sessions_of_a_node() {
  return std::accumulate(std::begin(kSteps), std::end(kSteps), kMailer,
                         [](int sum, const Step& step) { return sum + step.threads; });
}

portal::Database open(const Subject& subject) {
  return {subject.settings, portal::Durability::kFull, 1, subject.patience};
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

void look_at_connections(const ServerFacts& facts, Findings& findings) {
  const int needed = sessions_of_a_node();
  if (facts.connections >= needed) return;
  findings.push_back(fault("it gives the portal " + std::to_string(facts.connections) +
                           " connections, and a node takes up to " + std::to_string(needed) +
                           ": raise max_connections (or the role's, or the database's limit)"));
}

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all.append(all.empty() ? "" : ", ").append(name);
  return all;
}

}  // namespace

Findings probe_postgresql(const Subject& subject) {
  if (!subject.postgresql()) return {not_applicable("database.connector = SQLite")};
  const auto facts = open(subject).read(
      [](portal::Connection& connection) { return portal::server_facts(connection); });
  if (!facts) return {not_applicable("it cannot be reached, see database")};
  Findings findings;
  for (const auto look : {look_at_server, look_at_durability, look_at_connections}) {
    look(*facts, findings);
  }
  if (findings.empty()) {
    findings.push_back(ok("version " + std::to_string(facts->version / 10000) + ", " +
                          facts->encoding + ", synchronous_commit = " + facts->synchronous_commit +
                          ", connections for " +
                          std::to_string(facts->connections / sessions_of_a_node()) + " nodes"));
  }
  return findings;
}

Findings probe_roles(const Subject& subject) {
  if (!subject.postgresql()) return {not_applicable("database.connector = SQLite")};
  const auto facts = open(subject).read(
      [](portal::Connection& connection) { return portal::role_facts(connection); });
  if (!facts) return {not_applicable("it cannot be reached, see database")};
  if (!facts->made) return {not_applicable("all programs have one role; roles.sql makes three")};
  Findings findings;
  if (!facts->untouched.empty()) {
    findings.push_back(fault("no role may use the tables " + joined(facts->untouched) +
                             ": run roles.sql again, as after each migration"));
  }
  if (!facts->readers.empty()) {
    findings.push_back(fault("password hashes can be read by " + joined(facts->readers) +
                             ": run roles.sql again"));
  }
  if (findings.empty()) findings.push_back(ok("portal_web, portal_mailer, portal_operator"));
  return findings;
}

}  // namespace portalctl
