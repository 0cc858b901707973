// Includes the class of every table. Rows are plain values, times are epoch seconds, and ids are
// text (token.h).
#pragma once

#include "core/database/account/account_links.h"
#include "core/database/account/accounts.h"
#include "core/database/account/known_devices.h"
#include "core/database/account/password_hashes.h"
#include "core/database/account/throttles.h"
#include "core/database/account/web_sessions.h"
#include "core/database/journal/audit.h"
#include "core/database/journal/timeline_events.h"
#include "core/database/mail/mail_addresses.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/mail_pause.h"
#include "core/database/mail/outbox.h"
#include "core/database/registration/activation_links.h"
#include "core/database/registration/drafts.h"
#include "core/database/registration/registrations.h"
#include "core/database/registration/waiting.h"
#include "core/database/report/figures.h"
#include "core/database/roster/roster.h"
#include "core/database/roster/roster_editions.h"
#include "core/database/roster/roster_quarantine.h"
