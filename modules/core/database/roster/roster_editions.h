// Editions of the roster. Each import makes one. An import stages the next edition in short
// transactions, which readers do not see; then publish() makes it the current edition at once. It
// can be undone until the next import. Rows that a killed or refused import or an undo leaves are
// not visible either, and sweep() removes them.
//
// Only one import may run at a time: begin() refuses while the lease of another import runs. Each
// transaction of an import renews its lease.
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
  std::int64_t previous = 0;  // the edition that it replaced; 0 for the first one
  std::string state;          // staging, current, past, undone, failed
  std::string owner;          // the process of the import: "HOST PID"
  EpochSeconds leased_until = 0;
  EpochSeconds started_at = 0;
  EpochSeconds finished_at = 0;
  std::string file;
  std::string scope;   // the value of --complete; may be empty
  std::string counts;  // in words
};

class RosterEditions {
 public:
  explicit RosterEditions(Connection& connection) : connection_(connection) {}

  // For a session that fills the table: otherwise PostgreSQL would go on reading the whole table,
  // with plans that it made while the table was small.
  void avoid_full_scans();

  std::optional<RosterEdition> find(std::int64_t number);
  std::vector<RosterEdition> newest(int most);

  // The edition of the import that is running. Nothing if none is.
  std::optional<RosterEdition> staging();
  // Makes a new edition in state staging. Other staging editions become failed: the caller must
  // have made sure that their imports have ended. It is an error if another import has just begun.
  Result<std::int64_t> begin(const RosterEdition& edition);
  // Renews the lease. False if the edition is no longer staging, because another import took this
  // one for dead. The caller then returns an error from its transaction, so that nothing is
  // written.
  bool renew(std::int64_t number, EpochSeconds until);

  // Puts `clinics` (at most kBatch) into edition `number`. They replace existing versions.
  void stage(std::int64_t number, const std::vector<Clinic>& clinics);
  // Puts these clinics (at most kBatch) into edition `number` as closed.
  void stage_closed(std::int64_t number, const std::vector<RegistrationNumber>& numbers,
                    EpochSeconds at);

  // Until this transaction ends, nobody else can change the current edition or choose another one.
  void lock();
  // Makes a staging edition the current one.
  void publish(const RosterEdition& edition);
  void fail(std::int64_t number, EpochSeconds now);
  // Removes the edition of an import that changed nothing, so that the one before can be undone.
  void drop(std::int64_t number);
  // The current edition, if undo() can undo it. It is an error if there is no edition before it.
  Result<RosterEdition> undoable();
  // Makes the edition before the current one current again. Returns the edition that was undone.
  Result<RosterEdition> undo(EpochSeconds now);

  // Removes a batch of rows, also from quarantine, that belong only to editions which cannot become
  // current again. Returns the number of removed rows. 0 means that nothing is left, or that an
  // import other than `own` is staging. The import `own` calls this before it stages anything.
  std::size_t sweep(std::int64_t own);

 private:
  std::size_t sweep_rows(const std::string& what, std::int64_t edition);
  Connection& connection_;
};

}  // namespace portal
