// Table roster_quarantine: rows of imported files that could not be used, in their original text.
// They stay until they are corrected or dropped, or until a later file contains the clinic. Rows of
// an edition that is not published are not visible.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/database/roster/roster.h"
#include "core/database/roster/row_reason.h"

namespace portal {

struct QuarantinedRow : ClinicDetails {
  std::int64_t id = 0;  // short, because people say it on the telephone
  std::int64_t edition = 0;
  std::string file = {};  // without its folder
  std::int64_t line = 0;
  RowReason reason = {};
  std::optional<RegistrationNumber> number = {};  // nothing: it could not be read
  std::string given_number = {};
};

class RosterQuarantine {
 public:
  explicit RosterQuarantine(Connection& connection) : connection_(connection) {}

  // Adds rows with new ids. Only the running import calls it.
  void add(std::vector<QuarantinedRow> rows);
  std::optional<QuarantinedRow> find(std::int64_t id);
  // The rows with ids after `id`, in the order of ids; at most `most`.
  std::vector<QuarantinedRow> list(std::int64_t id, int most);
  std::int64_t count();
  // False if there is no such row.
  bool remove(std::int64_t id);
  // Removes a batch of any rows. Returns their number.
  std::size_t clear(int most);
  // Removes a batch of rows older than `edition` that this edition has again (with the same number
  // and name in the original text). Returns their number.
  std::size_t remove_repeated(std::int64_t edition, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
