#include "portalctl/roster_file.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "core/text/text.h"
#include "portalctl/csv_file.h"

namespace portalctl {
namespace {

using portal::Clinic;

struct Field {
  std::string_view column;
  std::string Clinic::*member;
  bool required;
  std::size_t most;  // characters
};

constexpr std::array kFields = {
    Field{"登録記号番号", &Clinic::number, true, 40},
    Field{"施術所名", &Clinic::name, true, 200},
    Field{"所在地", &Clinic::address, false, 300},
    Field{"電話番号", &Clinic::phone, false, 40},
};

using Places = std::array<std::size_t, kFields.size()>;  // of kFields in a record

// The error says which column is missing.
portal::Result<Places> find_columns(const std::vector<std::string>& header) {
  std::vector<std::string> names;
  for (const auto& name : header) names.push_back(portal::text::tidy(name));
  Places places = {};
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    const auto count = std::count(names.begin(), names.end(), kFields[i].column);
    if (count != 1) {
      return portal::refused("column " + std::string(kFields[i].column) +
                             (count == 0 ? " is missing" : " is there twice") +
                             ": the first row names the columns");
    }
    const auto found = std::find(names.begin(), names.end(), kFields[i].column);
    places[i] = static_cast<std::size_t>(found - names.begin());
  }
  return places;
}

// What is wrong with the value, or nothing.
std::string complaint(const Field& field, const std::string& value) {
  const std::string column(field.column);
  if (field.required && value.empty()) return column + " is empty";
  if (portal::text::has_control(value)) return column + " has a control character in it";
  if (portal::text::code_points(value) > field.most) {
    return column + " is longer than " + std::to_string(field.most) + " characters";
  }
  return "";
}

portal::Result<Clinic> read_clinic(const CsvRecord& record, const Places& places) {
  Clinic clinic;
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    std::string& value = clinic.*kFields[i].member;
    value = portal::text::tidy(record.fields[places[i]]);
    if (const auto reason = complaint(kFields[i], value); !reason.empty()) {
      return portal::refused(reason);
    }
  }
  const auto number = portal::RegistrationNumber::parse(clinic.number);
  if (!number) return portal::refused("not a registration number: " + clinic.number);
  clinic.number = number->text();
  return clinic;
}

}  // namespace

RosterFile read_roster(const std::string& path) {
  const auto records = read_csv(path);
  if (!records) return {{}, {records.error().message}};
  if (records->empty()) return {{}, {path + ": has no row"}};
  const auto at = [&](int line) { return path + ":" + std::to_string(line) + ": "; };
  const CsvRecord& header = records->front();
  const auto places = find_columns(header.fields);
  if (!places) return {{}, {at(header.line) + places.error().message}};
  if (records->size() == 1) return {{}, {path + ": has no row but the columns' names"}};

  RosterFile file;
  std::map<std::string, int> lines;  // of each number
  for (auto record = records->begin() + 1; record != records->end(); ++record) {
    if (record->fields.size() != header.fields.size()) {
      file.problems.push_back(at(record->line) + std::to_string(record->fields.size()) +
                              " columns, but the first row has " +
                              std::to_string(header.fields.size()));
      continue;
    }
    const auto clinic = read_clinic(*record, *places);
    if (!clinic) {
      file.problems.push_back(at(record->line) + clinic.error().message);
      continue;
    }
    const auto [first, is_new] = lines.emplace(clinic->number, record->line);
    if (!is_new) {
      file.problems.push_back(at(record->line) + clinic->number + " is in line " +
                              std::to_string(first->second) + " already");
    }
    file.clinics.push_back(*clinic);
  }
  return file;
}

}  // namespace portalctl
