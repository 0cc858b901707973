// A case file: everything that is known of one hit of a search, for who answers the telephone.
#pragma once

#include <optional>
#include <vector>

#include "core/base/clock.h"
#include "core/database/account/accounts.h"
#include "core/database/account/web_sessions.h"
#include "core/database/database.h"
#include "core/database/registration/registrations.h"
#include "core/database/roster/roster.h"
#include "core/history/history.h"
#include "core/history/search.h"
#include "core/history/verdict.h"

namespace portal {

struct CaseFile {
  EpochSeconds read_at = 0;
  History history;  // registrations, mails with their attempts, waiting, rivals …; newest first
  Verdict verdict;
  std::vector<HistoryEntry> entries;  // oldest first
  // Of the attempt that the verdict is about; nothing: there is none.
  std::optional<Registration> registration;
  std::optional<Account> account;
  std::vector<WebSession> sessions;  // of the account, that have not ended; newest first
  // The clinic that it is about, and how the roster had it, oldest first. Nothing: none is known,
  // or it is not in the roster.
  std::optional<Clinic> clinic;
  std::vector<ClinicVersion> clinic_versions;
};

CaseFile read_case(Connection& connection, const Subject& subject, const SessionLimits& limits,
                   EpochSeconds now);

}  // namespace portal
