// Table roster_quarantine: rows of imported files that could not be used, as they were given, until
// they are mended, dropped, or a later file brings them. Those of an edition that is not published
// are not seen.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/database/roster/roster.h"

namespace portal {

struct QuarantinedRow : ClinicDetails {
  std::int64_t id = 0;  // short: it is said on the phone
  std::int64_t edition = 0;
  std::string file = {};  // without its folder
  std::int64_t line = 0;
  std::string reason = {};
  std::optional<RegistrationNumber> number = {};  // nothing: it could not be read
  std::string given_number = {};
};

class RosterQuarantine {
 public:
  explicit RosterQuarantine(Connection& connection) : connection_(connection) {}

  // With ids drawn here. By the one import that is under way.
  void add(std::vector<QuarantinedRow> rows);
  std::optional<QuarantinedRow> find(std::int64_t id);
  // By id; those after `id`, at most `most`.
  std::vector<QuarantinedRow> list(std::int64_t id, int most);
  std::int64_t count();
  // False: it is not there.
  bool remove(std::int64_t id);
  // A batch of all; gives how many.
  std::size_t clear(int most);
  // A batch of rows older than `edition`, after `id`, that it has again (same number and name as
  // they were given). Gives how many.
  std::size_t remove_repeated(std::int64_t edition, int most);

 private:
  Connection& connection_;
};

}  // namespace portal
