// Every table's class. Rows are plain values; times are epoch seconds; ids are text (token.h).
#pragma once

#include "core/database/account_links.h"
#include "core/database/accounts.h"
#include "core/database/audit.h"
#include "core/database/drafts.h"
#include "core/database/links.h"
#include "core/database/outbox.h"
#include "core/database/registrations.h"
#include "core/database/roster.h"
#include "core/database/throttles.h"
#include "core/database/web_sessions.h"
