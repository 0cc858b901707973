#include "mailer/limits.h"

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

std::optional<LetterChoice> enough_for_address(MailAddresses& addresses, const Mailing& mailing,
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
    const EpochSeconds since = now - limit.window + 1;
    if (addresses.prepared_since(mailing.email_key, since, mailing.row.id) < limit.most) continue;
    return NotNeeded{std::to_string(limit.most)
                         .append(" such mails were made for this address ")
                         .append(limit.words)};
  }
  return std::nullopt;
}

std::optional<LetterChoice> too_much_for_now(Connection& connection, const Mailing& mailing,
                                             const MailLimits& limits, EpochSeconds now) {
  const std::string& network = mailing.row.network;
  const auto counted_at = [](Throttle throttle, std::string_view name, std::int64_t most) {
    return Throttles::Counted{throttle_key(throttle, name),
                              {most, throttle_kind(throttle).limit.window}};
  };
  std::vector<Throttles::Counted> counted = {
      counted_at(Throttle::kMailOfClinic, mailing.number.text(), limits.clinic_hour)};
  std::vector<std::string_view> names = {"for this clinic (mail.limit.clinic_hour)"};
  if (!is_this_machine(network)) {
    counted.push_back(counted_at(Throttle::kMailOfNetwork, network, limits.network_hour));
    names.emplace_back("caused by this network (mail.limit.network_hour)");
  }
  counted.push_back(counted_at(Throttle::kMailOfSystem, "", limits.system_hour));
  names.emplace_back("altogether (mail.limit.system_hour)");
  const auto full = Throttles(connection).count_all(counted, now);
  if (!full) return std::nullopt;
  return Held{now + full->wait, std::to_string(counted[full->which].limit.most)
                                    .append(" such mails within an hour ")
                                    .append(names[full->which])};
}

}  // namespace

MailLimits mail_limits(const Settings& settings) {
  return {.address_hour = settings.number("mail.limit.address_hour"),
          .address_day = settings.number("mail.limit.address_day"),
          .clinic_hour = settings.number("mail.limit.clinic_hour"),
          .network_hour = settings.number("mail.limit.network_hour"),
          .system_hour = settings.number("mail.limit.system_hour")};
}

std::optional<LetterChoice> apply_limits(Connection& connection, const Mailing& mailing,
                                         const MailLimits& limits, EpochSeconds now) {
  // This lock comes first. A transaction plans several mails, whose addresses and clinics are in
  // any order, and two transactions that lock them in different orders would wait for each other.
  Throttles(connection).lock(throttle_key(Throttle::kMailOfSystem));
  MailAddresses addresses(connection);
  if (const EpochSeconds until = addresses.prepare(mailing.email_key, now); until != 0) {
    return NotNeeded{"the address asked for no more mail until " + japan_timestamp(until)};
  }
  if (addresses.was_prepared(mailing.email_key, mailing.row.id)) return std::nullopt;
  if (auto enough = enough_for_address(addresses, mailing, limits, now)) return enough;
  return too_much_for_now(connection, mailing, limits, now);
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
