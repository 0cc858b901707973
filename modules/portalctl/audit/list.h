// portalctl audit list, and audit, which is short for it.
#pragma once

#include <array>

#include "portalctl/verb.h"

namespace portalctl {

inline constexpr Option kAccount = {"account", "ACCOUNT",
                                    "audit list: only this account; its address, number or id"};
inline constexpr Option kEvent = {"event", "EVENT",
                                  "audit list: only this event, such as login_refused"};
inline constexpr Option kActor = {"actor", "NAME",
                                  "audit list: only what this operator did, or web:member"};
inline constexpr std::array kAuditListOptions = {kAccount, kEvent, kActor, kSince, kJson};

Result<Done> list_audit(Context& context);

}  // namespace portalctl
