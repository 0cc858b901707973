// Which column of a roster's file holds which field, by the headings of the file or by --map.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/database/roster/roster.h"
#include "portalctl/roster/reading/record.h"

namespace portalctl {

struct StackedHeading;

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

// The letters of a column in a spreadsheet: 0 is A, 26 is AA.
std::string letters_of(std::size_t column);

// The index of the column of each field; nothing: the file lacks the field.
using Places = std::array<std::optional<std::size_t>, kRosterFields>;

struct Header {
  Places places = {};
  std::optional<std::size_t> cancelled = {};  // the column of 取消年月日
  // Above 1: a merged heading stands over so many columns, and the number is spread over them.
  std::size_t number_columns = 1;
  std::size_t columns = 0;  // up to the last one that has a heading; 0: there is no header
  std::size_t rows = 0;     // that the header takes

  std::size_t fields() const;  // how many were found
};

// What --map says: for a field its heading, the letters of its column in a spreadsheet, or its
// number from 1 on.
class ColumnMap {
 public:
  // `text`: "number=登録番号,name=B,phone=5"; it may be empty.
  static portal::Result<ColumnMap> parse(std::string_view text);

  // The header, if these rows together are one: they name number and name, by the map or by a
  // synonym. In two rows a heading stands above others (施術所 above 名称 and 所在地): then the
  // words of both, the lower ones or the upper ones may be a synonym. Error: they are a header, but
  // a heading stands there twice.
  portal::Result<std::optional<Header>> find_in(std::span<const Record> rows) const;
  // The places, if the map gives all required fields by letter or number; then no header is needed.
  std::optional<Places> without_header() const;

 private:
  struct Found {
    std::vector<std::size_t> columns = {};  // more than one: the heading is there so often
    bool by_heading = false;                // else by its letter or number
  };
  Found columns_of(std::size_t field, const std::vector<StackedHeading>& headings) const;

  std::array<std::string, kRosterFields> given_;  // headings as heading() makes them, or letters …
};

}  // namespace portalctl
