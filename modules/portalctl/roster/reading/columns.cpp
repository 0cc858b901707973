#include "portalctl/roster/reading/columns.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>

#include "core/text/text.h"

namespace portalctl {
namespace {

using portal::ClinicDetails;
using portal::refused;
using portal::Result;

constexpr std::size_t kMostColumns = 16384;  // of a spreadsheet

// The index of column "C" or "3", which is 2. Nothing: it is neither letters nor a number.
std::optional<std::size_t> position(std::string_view text) {
  if (text.empty() || text.size() > 5) return std::nullopt;
  const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  const std::string lower = portal::text::ascii_lower(text);
  const bool letters = std::ranges::all_of(lower, [](char c) { return c >= 'a' && c <= 'z'; });
  std::size_t number = 0;
  if (digits) {
    for (const char c : lower) number = number * 10 + static_cast<std::size_t>(c - '0');
  } else if (letters) {
    for (const char c : lower) number = number * 26 + static_cast<std::size_t>(c - 'a' + 1);
  }
  if (number == 0 || number > kMostColumns) return std::nullopt;
  return number - 1;
}

std::size_t index_of(const std::vector<std::string>& headings, std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(headings, name) - headings.begin());
}

// The column of the first synonym of the field that is among the headings.
Result<std::optional<std::size_t>> by_synonym(const RosterField& field,
                                              const std::vector<std::string>& headings) {
  for (const auto synonym : field.synonyms) {
    const auto count = std::ranges::count(headings, synonym);
    if (count > 1) {
      return refused("column " + std::string(synonym) +
                     " is there twice: say which one with --map " + std::string(field.key) + "=C");
    }
    if (count == 1) return std::optional(index_of(headings, synonym));
  }
  return std::optional<std::size_t>();
}

}  // namespace

const std::array<RosterField, kRosterFields>& roster_fields() {
  static const std::array<RosterField, kRosterFields> fields = {{
      {"number",
       "registration_number",
       "登録記号番号",
       nullptr,
       true,
       40,
       {"登録記号番号", "受領委任登録記号番号", "登録記号・番号", "登録記号及び番号", "登録番号",
        "登録記号", "登録記号番号等", "記号番号", "受領委任番号", "施術所登録記号番号",
        "registrationnumber"}},
      {"name",
       "clinic_name",
       "施術所名",
       &ClinicDetails::name,
       true,
       200,
       {"施術所名", "施術所名称", "施術所の名称", "施術所名等", "施術所", "施設名", "施設名称",
        "施術所・出張専門名称", "院名", "名称", "clinicname"}},
      {"address",
       "address",
       "所在地",
       &ClinicDetails::address,
       false,
       300,
       {"所在地", "施術所所在地", "施術所の所在地", "施術所在地", "施術所住所", "施術所の住所",
        "施設所在地", "住所", "address"}},
      {"phone",
       "phone",
       "電話番号",
       &ClinicDetails::phone,
       false,
       40,
       {"電話番号", "施術所電話番号", "施術所の電話番号", "電話", "TEL", "Tel", "tel", "連絡先",
        "phone"}},
      {"designated",
       "designated_on",
       "指定年月日",
       &ClinicDetails::designated_on,
       false,
       40,
       {"指定年月日", "登録年月日", "指定日", "登録日", "承諾年月日", "受領委任承諾年月日",
        "受領委任の承諾年月日", "受領委任登録年月日", "受領委任の取扱い開始年月日",
        "取扱開始年月日", "開始年月日", "designatedon"}},
  }};
  return fields;
}

std::string value_of(const RosterField& field, const ClinicDetails& details,
                     const std::string& number) {
  return field.member == nullptr ? number : details.*field.member;
}

std::string heading(std::string_view cell) {
  std::string name = portal::text::fold_digits(portal::text::nfkc(cell));
  if (const auto bracket = name.find('('); bracket != std::string::npos && bracket > 0) {
    name.erase(bracket);
  }
  std::erase_if(name, [](char c) { return c == '*' || c == '.' || c == '_'; });
  return name;
}

Result<ColumnMap> ColumnMap::parse(std::string_view text) {
  ColumnMap map;
  const Poco::StringTokenizer parts(std::string(text), ",",
                                    Poco::StringTokenizer::TOK_IGNORE_EMPTY);
  for (const std::string& part : parts) {
    const auto equals = part.find('=');
    const std::string key(portal::text::trim(part.substr(0, equals)));
    const auto field = std::ranges::find(roster_fields(), key, &RosterField::key);
    if (field == roster_fields().end() || equals == std::string::npos ||
        heading(part.substr(equals + 1)).empty()) {
      return refused("--map: " + part +
                     ": expected number, name, address, phone or designated, = and a column's "
                     "heading, letter or number");
    }
    map.given_[static_cast<std::size_t>(field - roster_fields().begin())] =
        heading(part.substr(equals + 1));
  }
  return map;
}

Result<std::optional<Places>> ColumnMap::find_in(const std::vector<std::string>& cells) const {
  std::vector<std::string> headings;
  for (const auto& cell : cells) headings.push_back(heading(cell));
  Places places;
  bool named = false;  // a heading is there, not only what the map gives by letters
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    if (given_[i].empty()) continue;
    places[i] = index_of(headings, given_[i]);
    if (*places[i] < headings.size()) {
      named = true;
    } else {
      places[i] = position(given_[i]);
    }
    if (!places[i]) return std::optional<Places>();  // its heading is not in this row
  }
  const auto taken = [&](std::size_t place) {
    return std::ranges::find(places, place) != places.end();
  };
  std::optional<portal::Error> twice;
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    if (!given_[i].empty()) continue;
    const auto found = by_synonym(roster_fields()[i], headings);
    if (!found) twice = found.error();
    if (!found || !*found || taken(**found)) continue;
    places[i] = *found;
    named = true;
  }
  const bool header = named && places[0] && places[1];
  if (header && twice) return *twice;
  return header ? std::optional(places) : std::nullopt;
}

std::optional<Places> ColumnMap::without_header() const {
  Places places;
  for (std::size_t i = 0; i < kRosterFields; ++i) {
    places[i] = position(given_[i]);
    if (!places[i] && (roster_fields()[i].required || !given_[i].empty())) return std::nullopt;
  }
  return places;
}

}  // namespace portalctl
