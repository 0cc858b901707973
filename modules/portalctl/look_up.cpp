#include "portalctl/look_up.h"

#include <string>

#include "core/base/log.h"
#include "core/history/query.h"
#include "core/journal/audit.h"
#include "core/text/text.h"
#include "portalctl/options.h"

namespace portalctl {
namespace {

using portal::Done;
using portal::Result;

// The audit has no address or phone number in full.
std::string masked(const std::string& text) {
  constexpr std::size_t kShownDigits = 4;
  const auto query = portal::parse_query(text);
  if (!query) return portal::text::visible(portal::text::repaired(text));  // the id of a mail
  if (!query->email_key.empty()) return portal::log::mask_address(query->email_key);
  if (!query->phone.empty()) return "***" + query->phone.substr(query->phone.size() - kShownDigits);
  return query->number ? query->number->text() : query->request;
}

std::string detail_of(const Context& context, const LookUp& look_up) {
  std::string detail(context.words());
  for (const std::string& argument : context.arguments())
    detail.append(" ").append(masked(argument));
  if (look_up.rows != 1) detail.append(", ").append(std::to_string(look_up.rows)).append(" rows");
  const std::string reason = context.reason();
  return reason.empty() ? detail : detail.append("; ").append(reason);
}

}  // namespace

Result<Done> record_look_up(Context& context, const LookUp& look_up) {
  if (!context.has(kFull)) {
    if (context.reason().empty()) return Done{};
    return portal::wrong_usage("--reason: nothing is written down without --full");
  }
  const std::string detail = detail_of(context, look_up);
  const auto recorded = context.database().write([&](portal::Connection& connection) {
    portal::record_audit_event(connection, {.event = portal::AuditEvent::kLookedUp,
                                            .account_id = look_up.account_id,
                                            .at = portal::system_now(),
                                            .detail = detail});
    return Done{};
  });
  if (recorded) return Done{};
  return portal::Error{recorded.error().kind,
                       "nothing is shown, because the audit could not be written: " +
                           recorded.error().message + "; without --full nothing needs to be"};
}

}  // namespace portalctl
