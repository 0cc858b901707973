// portalctl audit: short for `portalctl audit list`.
#include "portalctl/audit/list.h"
#include "portalctl/verbs.h"

namespace portalctl {

constexpr Verb kAudit = {.usage = {.words = "audit",
                                   .options = kAuditListOptions,
                                   .help = "The same as audit list.",
                                   .example = "portalctl audit --event login_refused"},
                         .run = list_audit};

}  // namespace portalctl
