// Moves a portal from SQLite to PostgreSQL: it makes the tables of `target` equal to those of
// `source`.
//
// follow() may be called any number of times while the site runs on `source`; finish() is called
// when nothing writes there any more. Both compare the rows of both sides in the order of their
// keys and write only the differences, so a copy that was interrupted, even by SIGKILL, goes on
// where it stopped. At the end they read both sides again and compare their digests.
//
// Until finish() has succeeded, a mark in the target says that it is the beginning of a copy of
// this source: check() refuses such a database, and rows that the source no longer has are removed
// from it. A target without the mark that has rows which the source has not belongs to another
// site. It is refused before anything is written, and so is a marked target with an audit of its
// own.
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
  std::int64_t rows = 0;  // the same on both sides
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t removed = 0;
  std::string sha256;  // over all rows in order, the same on both sides; hexadecimal
};

class Copy {
 public:
  // Called with the number of rows that were read, and of all rows that must be read.
  using Progress = std::function<void(std::int64_t done, std::int64_t all)>;

  // `target` needs two sessions. `name` is the name of the source, for the mark and for messages.
  Copy(Database& source, Database& target, std::string name)
      : source_(source), target_(target), name_(std::move(name)) {}

  // Returns the tables in the order in which they were copied. Errors: kRefused with the reason, or
  // the error of a database.
  Result<std::vector<CopiedTable>> follow(const Progress& progress);

  // Does the same while nobody else can write to the source. Then it removes the mark and calls
  // `with`, in one transaction of the target.
  Result<std::vector<CopiedTable>> finish(const Progress& progress,
                                          const std::function<void(Connection&)>& with);

 private:
  std::vector<CopiedTable> copy(Connection& source, const Progress& progress);

  Database& source_;
  Database& target_;
  const std::string name_;
};

}  // namespace portal
