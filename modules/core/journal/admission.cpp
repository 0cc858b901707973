#include "core/journal/admission.h"

#include <vector>

#include "core/base/log.h"
#include "core/database/account/throttles.h"
#include "core/database/registration/drafts.h"
#include "core/database/storage/storage_hours.h"
#include "core/http/client_address.h"

namespace portal {
namespace {

// Keys of table throttle, apart from those of the table of throttles; of IPv6 also the networks
// around it, of which a stranger may have thousands.
std::vector<Throttles::Counted> keys_of(const StoreKind& kind, const std::string& network) {
  std::vector<Throttles::Counted> keys;
  for (const auto& [text, allowance] : counted_networks(network)) {
    keys.push_back(
        {"store:" + std::string(kind.name) + ":" + text, times(kind.of_network, allowance)});
  }
  return keys;
}

}  // namespace

void count_not_kept(Connection& connection, Store store, EpochSeconds now, std::int64_t rows,
                    std::string_view network) {
  if (StorageHours(connection).count_not_kept(store, now, rows) != rows) return;
  after_commit(connection, [name = store_kind(store).name, network = std::string(network)] {
    log::warning("storage_bounded", {{"store", std::string(name)}, {"client", network}});
  });
}

bool admit_row(Connection& connection, Store store, const std::optional<std::string>& network,
               EpochSeconds now) {
  StorageHours hours(connection);
  if (!hours.there()) return true;
  bool full = hours.is_full(store, now);
  if (!full && network) {
    const auto keys = keys_of(store_kind(store), *network);
    full = Throttles(connection).count_all(keys, now).has_value();
  }
  if (full) count_not_kept(connection, store, now, 1, network.value_or(""));
  return !full;
}

void bound_drafts(Connection& connection, const std::optional<std::string>& network,
                  EpochSeconds now) {
  StorageHours hours(connection);
  if (!hours.there()) return;
  const StoreKind& kind = store_kind(Store::kDrafts);
  const bool full = hours.is_full(Store::kDrafts, now);
  const std::string owner = network_of_draft(network);
  // Who is unknown may be everybody behind a load balancer: they share what all may have.
  const std::int64_t share = owner.empty() ? kind.alarm.most
                             : full        ? kDraftsWhenFull
                                           : kind.of_network.most;
  const int gone = Drafts(connection).displace(owner, share);
  if (gone > 0) count_not_kept(connection, Store::kDrafts, now, gone, owner);
}

std::string network_of_draft(const std::optional<std::string>& network) {
  return network ? counted_networks(*network).back().text : "";
}

}  // namespace portal
