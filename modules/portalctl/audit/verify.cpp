// portalctl audit verify
#include "core/journal/audit_chain.h"
#include "portalctl/printing.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> verify_audit(Context& context);

}  // namespace

constexpr Verb kAuditVerify = {
    .usage = {.words = "audit verify",
              .help = "Proves that no sealed row of the audit was changed, removed or moved.",
              .example = "portalctl audit verify"},
    .run = verify_audit};

namespace {

Result<Done> verify_audit(Context& context) {
  const auto proof = portal::verify_audit(context.database());
  if (!proof) return proof.error();
  if (!proof->fault.empty()) return portal::refused(proof->fault);
  print_lines({{"seals", std::to_string(proof->seals)},
               {"rows", std::to_string(proof->rows)},
               {"not sealed yet", std::to_string(proof->unsealed)},
               {"actors not sealed", std::to_string(proof->unproved_actors)},
               {"newest seal", proof->newest_hash}});
  return Done{};
}

}  // namespace
}  // namespace portalctl
