// Which column of a roster's file holds which field, by the headings of the file or by --map.
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

// A column of the roster in files and listings. Everything that reads, writes or prints columns
// goes through this table.
struct RosterField {
  std::string_view key;                        // of --map
  std::string_view json;                       // of --json, and in listings
  std::string_view column;                     // in files that we write
  std::string portal::ClinicDetails::*member;  // null: it is the number
  bool required;
  std::size_t most;                        // characters
  std::vector<std::string_view> synonyms;  // as heading() makes them; the best ones first
};

constexpr std::size_t kRosterFields = 5;
// The first one is the number, the second one the name.
const std::array<RosterField, kRosterFields>& roster_fields();

// The field of a clinic with that number, or of a row that was given that text for one.
std::string value_of(const RosterField& field, const portal::ClinicDetails& details,
                     const std::string& number);

// A heading in the form in which headings are compared: NFKC, without white space, dots, brackets
// and what stands in them.
std::string heading(std::string_view cell);

// The index of the column of each field; nothing: the file lacks the field.
using Places = std::array<std::optional<std::size_t>, kRosterFields>;

// What --map says: for a field its heading, the letters of its column in a spreadsheet, or its
// number from 1 on.
class ColumnMap {
 public:
  // `text`: "number=登録番号,name=B,phone=5"; it may be empty.
  static portal::Result<ColumnMap> parse(std::string_view text);

  // The places, if `cells` are the header row, which has number and name, by the map or by a
  // synonym. Error: they are the header row, but a heading stands there twice.
  portal::Result<std::optional<Places>> find_in(const std::vector<std::string>& cells) const;
  // The places, if the map gives all required fields by letter or number; then no header is needed.
  std::optional<Places> without_header() const;

 private:
  std::array<std::string, kRosterFields> given_;  // headings as heading() makes them, or letters …
};

}  // namespace portalctl
