#include "portalctl/roster/reading/columns.h"

#include <Poco/StringTokenizer.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "core/text/text.h"
#include "portalctl/roster/reading/stacked_headings.h"

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

// The columns of the first synonym of a field that is among the headings.
std::vector<std::size_t> by_synonym(const std::vector<std::string_view>& synonyms,
                                    const std::vector<StackedHeading>& headings) {
  for (std::size_t level = 0; level < std::tuple_size_v<decltype(StackedHeading::names)>; ++level) {
    for (const auto synonym : synonyms) {
      auto columns = columns_named(headings, level, synonym);
      if (!columns.empty()) return columns;
    }
  }
  return {};
}

// How many columns the highest words of this one stand over.
std::size_t columns_below(const std::vector<StackedHeading>& headings, std::size_t column) {
  std::size_t columns = 1;
  while (column + columns < headings.size() && headings[column + columns].spread) ++columns;
  return columns;
}

// "column 登録記号番号 is there twice: A (登録記号番号) and B (登録記号番号)"
portal::Error there_twice(const RosterField& field, const std::vector<std::size_t>& columns,
                          const std::vector<StackedHeading>& headings) {
  std::string where;
  for (const auto column : columns) {
    where +=
        (where.empty() ? "" : " and ") + letters_of(column) + " (" + headings[column].shown + ")";
  }
  return refused("column " + std::string(field.column) + " is there " +
                 (columns.size() == 2 ? "twice" : std::to_string(columns.size()) + " times") +
                 ", as " + where + ": say which one with --map " + std::string(field.key) + "=" +
                 letters_of(columns.front()) +
                 (field.member == nullptr ? "; to read both, import the file once with each" : ""));
}

std::size_t last_named(const std::vector<StackedHeading>& headings) {
  std::size_t columns = headings.size();
  while (columns > 0 && headings[columns - 1].shown.empty()) --columns;
  return columns;
}

// When a clinic left, which is no field of the roster: it is closed then.
const std::vector<std::string_view>& cancelled_synonyms() {
  static const std::vector<std::string_view> synonyms({"取消年月日",
                                                       "廃止年月日",
                                                       "中止年月日",
                                                       "辞退年月日",
                                                       "抹消年月日",
                                                       "廃業年月日",
                                                       "登録取消年月日",
                                                       "指定取消年月日",
                                                       "登録抹消年月日",
                                                       "受領委任取消年月日",
                                                       "受領委任中止年月日",
                                                       "受領委任の取扱い中止年月日",
                                                       "取扱中止年月日",
                                                       "取扱い中止年月日",
                                                       "取消日",
                                                       "廃止日",
                                                       "中止日",
                                                       "辞退日",
                                                       "抹消日",
                                                       "閉院日",
                                                       "廃業日",
                                                       "cancelledon"});
  return synonyms;
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

std::string letters_of(std::size_t column) {
  constexpr std::size_t kLetters = 26;
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / kLetters) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % kLetters));
  }
  return letters;
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

std::size_t Header::fields() const {
  const auto found =
      std::ranges::count_if(places, [](const auto& place) { return place.has_value(); });
  return static_cast<std::size_t>(found) + (cancelled ? 1 : 0);
}

ColumnMap::Found ColumnMap::columns_of(std::size_t field,
                                       const std::vector<StackedHeading>& headings) const {
  const std::string& given = given_[field];
  auto columns = given.empty() ? by_synonym(roster_fields()[field].synonyms, headings)
                               : by_synonym({given}, headings);
  if (!columns.empty()) return {std::move(columns), true};
  const auto place = position(given);
  return place ? Found{{*place}, false} : Found{};
}

Result<std::optional<Header>> ColumnMap::find_in(std::span<const Record> rows) const {
  const auto headings = stacked_headings(rows);
  Header header;
  Places& places = header.places;
  bool named = false;  // a heading is there, not only what the map gives by letters
  std::optional<portal::Error> twice;
  for (const bool given : {true, false}) {
    for (std::size_t i = 0; i < kRosterFields; ++i) {
      if (given_[i].empty() == given) continue;
      const auto [columns, by_heading] = columns_of(i, headings);
      if (columns.empty() && given) return std::optional<Header>();  // it is not in these rows
      if (columns.empty()) continue;
      const bool taken = std::ranges::find(places, columns.front()) != places.end();
      if (taken && !given) continue;
      if (columns.size() > 1 && !twice) twice = there_twice(roster_fields()[i], columns, headings);
      places[i] = columns.front();
      named = named || by_heading;
    }
  }
  if (!named || !places[0] || !places[1]) return std::optional<Header>();
  if (twice) return *twice;
  const auto cancelled = by_synonym(cancelled_synonyms(), headings);
  if (!cancelled.empty()) header.cancelled = cancelled.front();
  // A number has at most twelve characters, each of which some lists give a column of its own.
  constexpr std::size_t kMostOfNumber = 20;
  header.number_columns = std::min(kMostOfNumber, columns_below(headings, *places[0]));
  header.columns = last_named(headings);
  header.rows = rows.size();
  return std::optional(header);
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
