#include "core/queue/mail_limits.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "core/base/japan_time.h"
#include "core/base/log.h"
#include "core/database/account/known_devices.h"
#include "core/database/account/throttles.h"
#include "core/database/mail/mail_addresses.h"
#include "core/http/client_address.h"
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

// Who causes the mail: a device of the account whose address it is, or a network.
struct Cause {
  std::string text;
  bool of_owner = false;
};

Cause cause_of(Connection& connection, const Mailing& mailing, const MailLimits& limits,
               EpochSeconds now) {
  const std::string& device = mailing.row.device;
  const bool known =
      !device.empty() && !mailing.account_id.empty() &&
      KnownDevices(connection).knows(mailing.account_id, device, now - limits.device_lifetime);
  return known ? Cause{"device:" + device, true} : Cause{mailing.row.network};
}

std::string letter_of(const Mailing& mailing) {
  return std::string(name_of(mailing.letter)).append(" ").append(mailing.about);
}

// Sums of the mails to one address.
struct Sum {
  std::int64_t hour = 0;
  std::int64_t day = 0;
};

Sum sum_of(const std::vector<PreparedMails>& prepared, const std::string& network,
           std::size_t width) {
  Sum sum;
  for (const PreparedMails& mails : prepared) {
    const auto networks = counted_networks(mails.cause);
    if (width >= networks.size() || networks[width].text != network) continue;
    sum.hour += mails.within_hour;
    sum.day += mails.within_day;
  }
  return sum;
}

Obstruction enough(std::string reason) {
  return {MailObstacle::kAddressEnough, std::move(reason)};
}

// Whether the share of the address for this cause is used up.
std::optional<Obstruction> share_used_up(const std::vector<PreparedMails>& prepared,
                                         const Cause& cause, const MailLimits& limits) {
  const auto networks = counted_networks(cause.text);
  for (std::size_t i = 0; i < networks.size(); ++i) {
    const auto& [network, allowance] = networks[i];
    const Sum sum = sum_of(prepared, network, i);
    const bool hour = sum.hour >= limits.address_hour * allowance;
    if (!hour && sum.day < limits.address_day * allowance) continue;
    const std::int64_t most = (hour ? limits.address_hour : limits.address_day) * allowance;
    const std::string from = cause.of_owner ? ", from one device" : ", from " + network;
    return enough(std::to_string(most) + " such mails were made for this address within " +
                  (hour ? "an hour (mail.limit.address_hour)" : "a day (mail.limit.address_day)") +
                  (network.empty() ? "" : from));
  }
  return std::nullopt;
}

// The rules of a flood: see kFloodOfAddress.
std::optional<Obstruction> held_by_flood(const std::vector<PreparedMails>& prepared,
                                         const Mailing& mailing, const Cause& cause,
                                         EpochSeconds now) {
  const std::string letter = letter_of(mailing);
  for (const PreparedMails& mails : prepared) {
    if (mails.letter != letter || mails.newest <= now - kSameLetter) continue;
    return enough("the address gets too many mails, and the same letter left at " +
                  japan_timestamp(mails.newest));
  }
  const auto networks = counted_networks(cause.text);
  for (std::size_t i = 0; i < networks.size(); ++i) {
    const auto& [network, allowance] = networks[i];
    if (sum_of(prepared, network, i).hour < kLettersInFlood * allowance) continue;
    return enough("the address gets too many mails, and " + network +
                  " has caused its share of them within the hour");
  }
  return std::nullopt;
}

struct AddressFinding {
  std::optional<Obstruction> obstruction;
  std::optional<MailFlood> flood;
};

AddressFinding look_at_address(MailAddresses& addresses, const Mailing& mailing, const Cause& cause,
                               const MailLimits& limits, EpochSeconds now) {
  const auto prepared = addresses.prepared(mailing.email_key, now, mailing.row.id);
  AddressFinding finding;
  finding.obstruction = share_used_up(prepared, cause, limits);
  std::int64_t within_hour = 0;
  for (const PreparedMails& mails : prepared) within_hour += mails.within_hour;
  if (within_hour < kFloodOfAddress.most) return finding;
  finding.flood = {"address", log::mask_address(mailing.email_key), within_hour};
  if (finding.obstruction || cause.of_owner) return finding;
  finding.obstruction = held_by_flood(prepared, mailing, cause, now);
  return finding;
}

// What a mail is counted under, and what it means if that is full.
struct Counters {
  std::vector<Throttles::Counted> keys;
  std::vector<std::pair<MailObstacle, std::string_view>> meanings;
};

Counters counters_of(const Mailing& mailing, const MailLimits& limits) {
  Counters counters;
  if (is_this_machine(mailing.row.network)) return counters;
  const auto networks = counted_networks(mailing.row.network);
  const auto add = [&](Throttle throttle, const std::string& subject, std::int64_t most,
                       MailObstacle obstacle, std::string_view words) {
    for (const auto& [network, allowance] : networks) {
      const Limit limit = {most, throttle_kind(throttle).limit.window};
      counters.keys.push_back({throttle_key(throttle, subject, network), times(limit, allowance)});
      counters.meanings.emplace_back(obstacle, words);
    }
  };
  if (!mailing.number.empty()) {
    add(Throttle::kMailOfClinic, mailing.number.text(), limits.clinic_hour,
        MailObstacle::kClinicBusy, "for this clinic from this network (mail.limit.clinic_hour)");
  }
  add(Throttle::kMailOfNetwork, "", limits.network_hour, MailObstacle::kNetworkBusy,
      "caused by this network (mail.limit.network_hour)");
  return counters;
}

// The totals, which refuse nobody.
struct Total {
  Throttle throttle;
  std::string_view name;
  std::string of;
  std::int64_t most;  // mails; more are a flood
};

std::vector<Total> totals_of(const Mailing& mailing, const MailLimits& limits) {
  std::vector<Total> totals;
  if (!mailing.number.empty()) {
    totals.push_back({Throttle::kMailsOfClinic, "clinic", mailing.number.text(),
                      throttle_kind(Throttle::kMailsOfClinic).limit.most});
  }
  totals.push_back({Throttle::kMailOfSystem, "system", "", limits.system_hour});
  return totals;
}

std::vector<MailFlood> count_totals(Throttles& throttles, const Mailing& mailing,
                                    const MailLimits& limits, EpochSeconds now) {
  constexpr std::int64_t kUnlimited = std::numeric_limits<int>::max();
  std::vector<MailFlood> floods;
  for (const auto& [throttle, name, of, most] : totals_of(mailing, limits)) {
    const Limit unlimited = {kUnlimited, throttle_kind(throttle).limit.window};
    const int mails = throttles.take(throttle_key(throttle, of), now, unlimited).tries;
    if (mails > most) floods.push_back({name, of, mails});
  }
  return floods;
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
          .system_hour = settings.number("mail.limit.system_hour"),
          .device_lifetime = settings.number("retention.device_days") * kDay};
}

Admission apply_limits(Connection& connection, const Mailing& mailing, const MailLimits& limits,
                       EpochSeconds now) {
  if (!row_of(mailing.letter).limited) return {};
  // This lock comes first. A transaction plans several mails, whose addresses and clinics are in
  // any order, and two transactions that lock them in different orders would wait for each other.
  Throttles throttles(connection);
  throttles.lock(throttle_key(Throttle::kMailOfSystem));
  MailAddresses addresses(connection);
  const Cause cause = cause_of(connection, mailing, limits, now);
  const EpochSeconds until = addresses.prepare(mailing.email_key, now);
  if (auto why = stopped(until, now); why && !cause.of_owner) return {std::move(why), {}};
  if (addresses.was_prepared(mailing.email_key, mailing.row.id)) return {};
  AddressFinding address = look_at_address(addresses, mailing, cause, limits, now);
  Admission admission{std::move(address.obstruction), {}};
  if (address.flood) admission.floods.push_back(std::move(*address.flood));
  if (admission.obstruction) return admission;
  const Counters counters = counters_of(mailing, limits);
  admission.obstruction = too_much_for_now(counters, throttles.count_all(counters.keys, now), now);
  if (admission.obstruction) return admission;
  std::ranges::move(count_totals(throttles, mailing, limits, now),
                    std::back_inserter(admission.floods));
  admission.counted_now = true;
  return admission;
}

void uncount(Connection& connection, const Mailing& mailing, const MailLimits& limits,
             EpochSeconds now) {
  Throttles throttles(connection);
  for (const auto& counted : counters_of(mailing, limits).keys) {
    throttles.give_back(counted.key, now);
  }
  for (const Total& total : totals_of(mailing, limits)) {
    throttles.give_back(throttle_key(total.throttle, total.of), now);
  }
}

std::optional<Obstruction> foresee_limits(Connection& connection, const Mailing& mailing,
                                          const MailLimits& limits, EpochSeconds now) {
  MailAddresses addresses(connection);
  const Cause cause = cause_of(connection, mailing, limits, now);
  if (auto why = stopped(addresses.stopped_until(mailing.email_key), now); why && !cause.of_owner) {
    return why;
  }
  if (auto address = look_at_address(addresses, mailing, cause, limits, now); address.obstruction) {
    return address.obstruction;
  }
  const Counters counters = counters_of(mailing, limits);
  return too_much_for_now(counters, Throttles(connection).look(counters.keys, now), now);
}

std::string add_stop_link(Connection& connection, const Mailing& mailing, const MailLimits& limits,
                          EpochSeconds now) {
  std::string token = draw_token();
  MailAddresses(connection)
      .add_link({.token_hash = token_hash(token),
                 .outbox_id = mailing.row.id,
                 .email_key = mailing.email_key,
                 .registration_id = mailing.registration_id,
                 .sent_at = now,
                 .cause = cause_of(connection, mailing, limits, now).text,
                 .letter = letter_of(mailing)});
  return token;
}

}  // namespace portal
