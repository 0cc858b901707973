// Editions of the roster: one import each. An import stages the next edition in short transactions,
// invisible to readers, then publish() makes it the current one at once. It can be undone until the
// next one. What a killed import, a refused one or an undo leaves is invisible too, and is removed
// by sweep().
//
// Only one import at a time: begin() refuses while another one's lease runs, which each transaction
// of that import renews.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/database/roster/roster.h"

namespace portal {

struct RosterEdition {
  std::int64_t number = 0;
  std::int64_t previous = 0;  // the edition that it replaced; 0: the first one
  std::string state;          // staging, current, past, undone, failed
  std::string owner;          // of the import: "HOST PID"
  EpochSeconds leased_until = 0;
  EpochSeconds started_at = 0;
  EpochSeconds finished_at = 0;
  std::string file;
  std::string scope;   // of --complete; empty: none
  std::string counts;  // in words
};

class RosterEditions {
 public:
  explicit RosterEditions(Connection& connection) : connection_(connection) {}

  // For a session that fills the table: PostgreSQL would go on reading all of it by plans that it
  // made while the table was small.
  void avoid_full_scans();

  std::optional<RosterEdition> find(std::int64_t number);
  std::vector<RosterEdition> newest(int most);

  // The import that is under way, if there is one.
  std::optional<RosterEdition> staging();
  // A new edition in state staging. Others that were are failed from now on: the caller has made
  // sure that their imports have ended. The error: another import has just begun.
  Result<std::int64_t> begin(const RosterEdition& edition);
  // False: the edition is no longer staging, because another import took this one for dead. The
  // caller then returns an error from its transaction, so that nothing is written.
  bool renew(std::int64_t number, EpochSeconds until);

  // Into edition `number`: `clinics` (at most kBatch), which replace the versions that are there.
  void stage(std::int64_t number, const std::vector<Clinic>& clinics);
  // Into edition `number`: these clinics (at most kBatch) as closed.
  void stage_closed(std::int64_t number, const std::vector<RegistrationNumber>& numbers,
                    EpochSeconds at);

  // Nobody else changes the current edition, or what it points to, until this transaction ends.
  void lock();
  // Staging becomes current.
  void publish(const RosterEdition& edition);
  void fail(std::int64_t number, EpochSeconds now);
  // An import that found nothing to do leaves no edition, so that the one before can be undone.
  void drop(std::int64_t number);
  // The current edition, if undo() takes it back. The error: there is none to go back to.
  Result<RosterEdition> undoable();
  // The edition before that one is current again. Gives what was undone, as it was.
  Result<RosterEdition> undo(EpochSeconds now);

  // Removes a batch of what belongs to no edition that can be current again, and of the quarantine
  // of such editions. Gives how many rows it was; 0: that was all, or an import is staging and it
  // is not `own`, which calls this before it stages anything.
  std::size_t sweep(std::int64_t own);

 private:
  std::size_t sweep_rows(const std::string& what, std::int64_t edition);
  Connection& connection_;
};

}  // namespace portal
