// How many mails the outbox has, by their state.
#pragma once

#include <vector>

#include "core/database/mail/outbox.h"

namespace portalctl {

// Of each state, also where there is none.
std::vector<portal::OutboxCount> counts_of_all_states(portal::Connection& connection);

}  // namespace portalctl
