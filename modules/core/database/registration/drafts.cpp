#include "core/database/registration/drafts.h"

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<Draft> kColumns = {
    {"id", &Draft::id},
    {"sealed", &Draft::sealed},
    {"expires_at", &Draft::expires_at},
    {"network", &Draft::network},
};

// During an upgrade, before the migration that adds the network: there is none yet.
constexpr std::int64_t kNetworkSince = 10;
const Columns<Draft> kColumnsBefore = kColumns.without("network");
const std::string kAdd = kColumns.insert_into("draft");
const std::string kAddBefore = kColumnsBefore.insert_into("draft");
const std::string kFind = kColumnsBefore.select_from("draft") + "WHERE id = $1 AND expires_at > $2";
const std::string kRemove = "DELETE FROM draft WHERE id = $1";
const std::string kDisplace =
    "DELETE FROM draft WHERE id IN (SELECT id FROM draft WHERE network = $1 "
    "ORDER BY expires_at DESC, id LIMIT $2 OFFSET $3)";
const std::string kPurge =
    "DELETE FROM draft WHERE id IN (SELECT id FROM draft WHERE expires_at <= $1 LIMIT $2)";

}  // namespace

void Drafts::add(const Draft& draft) {
  const bool before = connection_.schema() < kNetworkSince;
  connection_.execute(before ? kAddBefore : kAdd,
                      (before ? kColumnsBefore : kColumns).values(draft));
}

std::optional<Draft> Drafts::find(std::string_view id, EpochSeconds now) {
  return kColumnsBefore.first(connection_, kFind, {id, now});
}

void Drafts::remove(std::string_view id) {
  connection_.execute(kRemove, {id});
}

int Drafts::displace(std::string_view network, std::int64_t most) {
  constexpr int kTogether = 1000;  // a share that has shrunk takes several calls
  return static_cast<int>(connection_.execute(kDisplace, {network, kTogether, most}));
}

int Drafts::purge(EpochSeconds now, int most) {
  return static_cast<int>(connection_.execute(kPurge, {now, most}));
}

}  // namespace portal
