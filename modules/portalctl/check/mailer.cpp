// The probe of the mailers: whether one was heard of lately.
#include "core/database/database.h"
#include "core/database/mail/mailer_heartbeats.h"
#include "portalctl/check/probe.h"
#include "portalctl/listing.h"

namespace portalctl {
namespace {

constexpr auto kStart = "systemctl start portal-mailer";

}  // namespace

Findings probe_mailer(const Subject& subject) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto all = database.read(
      [](portal::Connection& connection) { return portal::MailerHeartbeats(connection).list(); });
  if (!all) return {unknown("it cannot be read, see database", "portalctl check")};
  if (all->empty()) return {fault("no mailer ever ran, so no mail leaves", kStart)};
  const auto& newest = all->front();
  if (newest.age > portal::kMailerSilent) {
    return {fault("no mailer runs, so no mail leaves: the last was heard of " + age(newest.age) +
                      " ago, on " + newest.host,
                  kStart)};
  }
  Findings findings;
  for (const auto& [host, seconds] : *all) {
    if (seconds <= portal::kMailerSilent) continue;
    findings.push_back(warning("the mailer of " + host + " was heard of " + age(seconds) +
                                   " ago, while another works: start it there",
                               kStart));
  }
  if (findings.empty()) {
    findings.push_back(
        ok("heard of " + age(newest.age) + " ago, on " + newest.host +
           (all->size() > 1 ? " and " + std::to_string(all->size() - 1) + " more" : "")));
  }
  return findings;
}

}  // namespace portalctl
