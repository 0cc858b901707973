// Moves a portal from SQLite to PostgreSQL: makes the tables of `target` equal to those of
// `source`.
//
// follow() may be called while the site runs on `source`, as often as one likes; finish() once
// nothing writes there any more. Both compare the rows of both sides in the order of their keys,
// and write the difference only: what was ended in the middle, even by SIGKILL, goes on where it
// was. At the end they read both sides again and compare their digests.
//
// Until finish() is done the target is marked as the beginning of a copy of that source: check()
// refuses it, and rows that the source has no more are removed from it. Without the mark, a target
// with rows that the source has not is somebody's site: it is refused, as is a marked one with an
// audit of its own, before anything is written.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/database/database.h"

namespace portal {

struct CopiedTable {
  std::string name;
  std::int64_t rows = 0;  // on both sides alike
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t removed = 0;
  std::string sha256;  // of all rows in order, on both sides alike; hexadecimal
};

class Copy {
 public:
  // Of rows read, how many were, of all that must be.
  using Progress = std::function<void(std::int64_t done, std::int64_t all)>;

  // `target` needs two sessions. `name`: the source's, for the mark and for messages.
  Copy(Database& source, Database& target, std::string name)
      : source_(source), target_(target), name_(std::move(name)) {}

  // Tables in the order in which they were copied. Errors: kRefused and why, or a database's own.
  Result<std::vector<CopiedTable>> follow(const Progress& progress);

  // The same while nobody else can write to the source; then takes the mark away and runs `with`,
  // in one transaction of the target.
  Result<std::vector<CopiedTable>> finish(const Progress& progress,
                                          const std::function<void(Connection&)>& with);

 private:
  std::vector<CopiedTable> copy(Connection& source, const Progress& progress);

  Database& source_;
  Database& target_;
  const std::string name_;
};

}  // namespace portal
