// portalctl audit seal
#include <iostream>

#include "core/journal/audit_chain.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> seal_audit(Context& context);

}  // namespace

constexpr Verb kAuditSeal = {
    .usage = {.words = "audit seal",
              .help = "Seals new rows of the audit, as portal-mailer does every 20 s.",
              .example = "portalctl audit seal"},
    .run = seal_audit};

namespace {

Result<Done> seal_audit(Context& context) {
  portal::Database& database = context.database();
  const auto sealed = portal::seal_audit(database, database.now(), portal::SealReach::kAll);
  if (!sealed) return sealed.error();
  std::cout << *sealed << " rows sealed\n";
  return Done{};
}

}  // namespace
}  // namespace portalctl
