#include "core/database/registration/drafts.h"

#include "core/database/engine/columns.h"

namespace portal {
namespace {

const Columns<Draft> kColumns = {
    {"id", &Draft::id},
    {"sealed", &Draft::sealed},
    {"expires_at", &Draft::expires_at},
};

const std::string kAdd = kColumns.insert_into("draft");
const std::string kFind = kColumns.select_from("draft") + "WHERE id = $1 AND expires_at > $2";
const std::string kRemove = "DELETE FROM draft WHERE id = $1";
const std::string kPurge =
    "DELETE FROM draft WHERE id IN (SELECT id FROM draft WHERE expires_at <= $1 LIMIT $2)";

}  // namespace

void Drafts::add(const Draft& draft) {
  connection_.execute(kAdd, kColumns.values(draft));
}

std::optional<Draft> Drafts::find(std::string_view id, EpochSeconds now) {
  return kColumns.first(connection_, kFind, {id, now});
}

void Drafts::remove(std::string_view id) {
  connection_.execute(kRemove, {id});
}

int Drafts::purge(EpochSeconds now, int most) {
  return static_cast<int>(connection_.execute(kPurge, {now, most}));
}

}  // namespace portal
