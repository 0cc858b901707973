// The probe of the totals that refuse nobody (core/registration/policy.h): mail that somebody makes
// the portal send, and guesses at one account from many networks.
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "core/database/account/throttles.h"
#include "core/database/database.h"
#include "core/database/mail/mail_addresses.h"
#include "core/registration/policy.h"
#include "portalctl/check/probe.h"

namespace portalctl {
namespace {

using portal::Throttle;

constexpr int kShown = 3;  // of each kind; the log has all

struct Exceeded {
  std::vector<portal::FloodedAddress> addresses;
  std::vector<portal::Throttles::Over> clinics, system, accounts;
};

Exceeded look(portal::Connection& connection, const portal::Settings& settings,
              portal::EpochSeconds now) {
  portal::Throttles throttles(connection);
  const auto over = [&](Throttle throttle, std::int64_t most) {
    return throttles.over(throttle, {most, throttle_kind(throttle).limit.window}, now, kShown);
  };
  // Guesses stop at their limit; the other totals go on.
  const std::int64_t guesses = throttle_kind(Throttle::kPasswordsOfAccount).limit.most - 1;
  return {portal::MailAddresses(connection).flooded(portal::kFloodOfAddress, now, kShown),
          over(Throttle::kMailsOfClinic, throttle_kind(Throttle::kMailsOfClinic).limit.most),
          over(Throttle::kMailOfSystem, settings.number("mail.limit.system_hour")),
          over(Throttle::kPasswordsOfAccount, guesses)};
}

std::string within_hour(std::int64_t number) {
  return std::to_string(number) + " mails within an hour";
}

Findings judge(const Exceeded& exceeded) {
  constexpr auto kLog = "journalctl -S -1h -u portal-mailer -g mail_flood";
  Findings findings;
  for (const auto& [address, mails] : exceeded.addresses) {
    findings.push_back(warning(portal::log::mask_address(address) + " gets " + within_hour(mails) +
                                   ": somebody enters this address again and again: see limits.md",
                               kLog));
  }
  for (const auto& [clinic, mails] : exceeded.clinics) {
    findings.push_back(
        warning(within_hour(mails) + " are about " + clinic + ": see limits.md", kLog));
  }
  for (const auto& over : exceeded.system) {
    findings.push_back(warning("the portal sends " + within_hour(over.tries) +
                                   ", more than mail.limit.system_hour: see limits.md",
                               kLog));
  }
  for (const auto& over : exceeded.accounts) {
    findings.push_back(
        warning("somebody guesses the password of " +
                    (over.name.starts_with("none:") ? "an address without an account" : over.name) +
                    " from many networks; new browsers have to set a new password: see limits.md",
                "portalctl audit list"));
  }
  if (findings.empty()) findings.push_back(ok("no total of limits.md is exceeded"));
  return findings;
}

}  // namespace

Findings probe_limits(const Subject& subject) {
  portal::Database database(subject.settings, portal::Durability::kFull, 1, subject.patience);
  const auto now = database.now();
  const auto exceeded = database.read(
      [&](portal::Connection& connection) { return look(connection, subject.settings, now); });
  if (!exceeded) return {unknown("they cannot be read, see database", "portalctl check")};
  return judge(*exceeded);
}

}  // namespace portalctl
