// Puts a backup of a SQLite database in the place of the database.
//
// The copy is made beside the database, is completed there by the caller, and then gets the
// database's name in one step, so that a program or a kill at any moment finds either the old
// database or the new one, and both are whole. What was there is kept under another name.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/descriptor.h"
#include "core/base/result.h"

namespace portal {

class Restore {
 public:
  // Copies `file` beside `database`, and proves the copy (integrity_check, foreign_key_check);
  // tells `progress` the pages that are done, and of all pages. Removes what an earlier restore
  // left that was killed. Errors: kRefused, programs have the database open, another restore runs,
  // or `file` is damaged or no database of the portal; kUnavailable, the system's reason.
  static Result<Restore> begin(const std::string& database, const std::string& file,
                               const std::function<void(std::int64_t, std::int64_t)>& progress);
  Restore(Restore&& other) noexcept = default;
  Restore& operator=(Restore&&) = delete;
  // Removes the copy, unless it has taken the place.
  ~Restore();

  // The copy. It may be opened and changed; all sessions must end before finish().
  const std::string& copy() const { return copy_; }

  // Gives the copy the old file's owner and mode, keeps the old file, and puts the copy in its
  // place. Returns the path under which the old file is kept; empty: there was none. Errors: as of
  // begin(); the old database is then still in its place.
  Result<std::string> finish();

 private:
  Restore(std::string database, Descriptor folder);
  Result<Done> give_owner() const;
  Result<std::string> replace();

  std::string database_;
  std::string copy_;
  Descriptor folder_;  // locked: one restore at a time
};

// The programs that have a file of that SQLite database open, such as "portal-form (process 4711)".
// Those of other users are seen only while they hold a lock, which every session of the portal
// does.
std::vector<std::string> programs_with_open(const std::string& database);

}  // namespace portal
