// What must not come to life again when a backup has taken the database's place: `portalctl
// restored`, and `portalctl restore`, which does the same to the copy.
#pragma once

#include <string>

#include "core/database/database.h"
#include "portalctl/printing.h"

namespace portalctl {

struct EndedPast {
  int sessions = 0;
  int links = 0;
  int mails = 0;
};

// Ends all sessions and links, withholds all queued mails, and notes it in the audit, in one
// transaction.
portal::Result<EndedPast> end_what_is_past(portal::Database& database, const std::string& reason);

// As lines for an operator.
Fields lines_of(const EndedPast& ended);

}  // namespace portalctl
