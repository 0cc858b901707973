// Which column of a roster's file is what: by the names in its header row, or by --map.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/database/roster/roster.h"

namespace portalctl {

struct RosterField {
  std::string_view key;     // of --map and of --json
  std::string_view column;  // in files that we write
  std::string portal::Clinic::*member;
  bool required;
  std::size_t most;                        // characters
  std::vector<std::string_view> synonyms;  // as heading() makes them; the best ones first
};

constexpr std::size_t kRosterFields = 5;
// The number is the first, the name the second.
const std::array<RosterField, kRosterFields>& roster_fields();

// A cell as headings are compared: NFKC, without white space, brackets and what is in them, dots.
std::string heading(std::string_view cell);

// Of each field, the column's index; nothing: the file lacks it.
using Places = std::array<std::optional<std::size_t>, kRosterFields>;

// Where --map says that fields are: a heading, a spreadsheet's letters or a number from 1 on.
class ColumnMap {
 public:
  // `text`: "number=登録番号,name=B,phone=5"; empty: nothing is said.
  static portal::Result<ColumnMap> parse(std::string_view text);

  // The places, if `cells` are the header row: number and name are found, by the map or by a
  // synonym. The error: it is, but a heading is there twice.
  portal::Result<std::optional<Places>> find_in(const std::vector<std::string>& cells) const;
  // The places, if the map gives all that is required by letter or number: no header is needed.
  std::optional<Places> without_header() const;

 private:
  std::array<std::string, kRosterFields> given_;  // headings as heading() makes them, or letters …
};

}  // namespace portalctl
