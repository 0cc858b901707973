#include "core/queue/mail_limits.h"

#include <array>
#include <string_view>
#include <vector>

#include "core/base/japan_time.h"
#include "core/database/account/throttles.h"
#include "core/database/mail/mail_addresses.h"
#include "core/registration/policy.h"
#include "core/security/token.h"

namespace portal {
namespace {

// The names are those of client_network(). nginx gives "unix:" for a client of a Unix socket.
bool is_this_machine(std::string_view network) {
  return network.empty() || network.starts_with("127.") || network == "::/64" || network == "unix:";
}

std::optional<Obstruction> stopped(EpochSeconds until, EpochSeconds now) {
  if (until <= now) return std::nullopt;
  return Obstruction{MailObstacle::kAddressStopped,
                     "the address asked for no more mail until " + japan_timestamp(until)};
}

std::optional<Obstruction> enough_for_address(MailAddresses& addresses, const Mailing& mailing,
                                              const MailLimits& limits, EpochSeconds now) {
  struct AddressLimit {
    std::int64_t most;
    EpochSeconds window;
    std::string_view words;
  };
  const std::array<AddressLimit, 2> kinds = {{
      {limits.address_hour, kHour, "within an hour (mail.limit.address_hour)"},
      {limits.address_day, kDay, "within a day (mail.limit.address_day)"},
  }};
  for (const AddressLimit& limit : kinds) {
    if (addresses.prepared_within(mailing.email_key, limit.window, now, mailing.row.id) <
        limit.most) {
      continue;
    }
    return Obstruction{MailObstacle::kAddressEnough,
                       std::to_string(limit.most)
                           .append(" such mails were made for this address ")
                           .append(limit.words)};
  }
  return std::nullopt;
}

// What a mail is counted under, and what it means if that is full.
struct Counters {
  std::vector<Throttles::Counted> keys;
  std::vector<std::pair<MailObstacle, std::string_view>> meanings;
};

Counters counters_of(const Mailing& mailing, const MailLimits& limits) {
  const std::string& network = mailing.row.network;
  Counters counters;
  const auto add = [&](Throttle throttle, std::string_view name, std::int64_t most,
                       MailObstacle obstacle, std::string_view words) {
    counters.keys.push_back(
        {throttle_key(throttle, name), {most, throttle_kind(throttle).limit.window}});
    counters.meanings.emplace_back(obstacle, words);
  };
  add(Throttle::kMailOfClinic, mailing.number.text(), limits.clinic_hour, MailObstacle::kClinicBusy,
      "for this clinic (mail.limit.clinic_hour)");
  if (!is_this_machine(network)) {
    add(Throttle::kMailOfNetwork, network, limits.network_hour, MailObstacle::kNetworkBusy,
        "caused by this network (mail.limit.network_hour)");
  }
  add(Throttle::kMailOfSystem, "", limits.system_hour, MailObstacle::kSystemBusy,
      "altogether (mail.limit.system_hour)");
  return counters;
}

std::optional<Obstruction> too_much_for_now(const Counters& counters,
                                            const std::optional<Throttles::Full>& full,
                                            EpochSeconds now) {
  if (!full) return std::nullopt;
  const auto& [obstacle, words] = counters.meanings[full->which];
  return Obstruction{obstacle,
                     std::to_string(counters.keys[full->which].limit.most)
                         .append(" such mails within an hour ")
                         .append(words),
                     now + full->wait};
}

}  // namespace

MailLimits mail_limits(const Settings& settings) {
  return {.address_hour = settings.number("mail.limit.address_hour"),
          .address_day = settings.number("mail.limit.address_day"),
          .clinic_hour = settings.number("mail.limit.clinic_hour"),
          .network_hour = settings.number("mail.limit.network_hour"),
          .system_hour = settings.number("mail.limit.system_hour")};
}

std::optional<Obstruction> apply_limits(Connection& connection, const Mailing& mailing,
                                        const MailLimits& limits, EpochSeconds now) {
  // This lock comes first. A transaction plans several mails, whose addresses and clinics are in
  // any order, and two transactions that lock them in different orders would wait for each other.
  Throttles throttles(connection);
  throttles.lock(throttle_key(Throttle::kMailOfSystem));
  MailAddresses addresses(connection);
  if (auto why = stopped(addresses.prepare(mailing.email_key, now), now)) return why;
  if (addresses.was_prepared(mailing.email_key, mailing.row.id)) return std::nullopt;
  if (auto why = enough_for_address(addresses, mailing, limits, now)) return why;
  const Counters counters = counters_of(mailing, limits);
  return too_much_for_now(counters, throttles.count_all(counters.keys, now), now);
}

std::optional<Obstruction> foresee_limits(Connection& connection, const Mailing& mailing,
                                          const MailLimits& limits, EpochSeconds now) {
  MailAddresses addresses(connection);
  if (auto why = stopped(addresses.stopped_until(mailing.email_key), now)) return why;
  if (auto why = enough_for_address(addresses, mailing, limits, now)) return why;
  const Counters counters = counters_of(mailing, limits);
  return too_much_for_now(counters, Throttles(connection).look(counters.keys, now), now);
}

std::string add_stop_link(Connection& connection, const Mailing& mailing, EpochSeconds now) {
  std::string token = draw_token();
  MailAddresses(connection)
      .add_link({.token_hash = token_hash(token),
                 .outbox_id = mailing.row.id,
                 .email_key = mailing.email_key,
                 .registration_id = mailing.row.registration_id,
                 .sent_at = now});
  return token;
}

}  // namespace portal
