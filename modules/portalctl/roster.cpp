// portalctl roster import, portalctl roster show
#include <Poco/JSONString.h>

#include <iostream>

#include "core/database/database.h"
#include "core/text/text.h"
#include "portalctl/roster_file.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Clinic;
using portal::Connection;

constexpr std::size_t kMostProblems = 100;  // that are printed

struct Counts {
  int added = 0;
  int updated = 0;
  int unchanged = 0;
};

Counts import(Connection& connection, const std::vector<Clinic>& clinics) {
  portal::Roster roster(connection);
  Counts counts;
  for (const Clinic& clinic : clinics) {
    if (roster.find(clinic.number) == clinic) {
      ++counts.unchanged;
    } else {
      ++(roster.put(clinic) ? counts.added : counts.updated);
    }
  }
  return counts;
}

int print_problems(const std::vector<std::string>& problems) {
  for (std::size_t i = 0; i < std::min(problems.size(), kMostProblems); ++i) {
    std::cerr << problems[i] << "\n";
  }
  if (problems.size() > kMostProblems) {
    std::cerr << "... and " << problems.size() - kMostProblems << " more\n";
  }
  return fail("nothing was imported: " + std::to_string(problems.size()) +
              (problems.size() == 1 ? " problem" : " problems"));
}

void print(const Clinic& clinic, const portal::RegistrationNumber& number, bool json) {
  const std::pair<std::string, std::string> fields[] = {
      {"registration_number", clinic.number},
      {"institution", std::string(code_of(number.institution()))},
      {"clinic_name", clinic.name},
      {"address", clinic.address},
      {"phone", clinic.phone},
  };
  std::string line;
  for (const auto& [name, value] : fields) {
    if (json) {
      line += (line.empty() ? "{" : ",") + Poco::toJSON(name) + ":" + Poco::toJSON(value);
    } else {
      line += name + ": " + value + "\n";
    }
  }
  std::cout << line << (json ? "}\n" : "");
}

}  // namespace

int roster_import(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const RosterFile file = read_roster(invocation.arguments[0]);
  if (!file.problems.empty()) return print_problems(file.problems);
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto counts =
      database.write([&](Connection& connection) { return import(connection, file.clinics); });
  if (!counts) return fail(counts.error().message);
  std::cout << counts->added << " new, " << counts->updated << " updated, " << counts->unchanged
            << " unchanged\n";
  return kDone;
}

int roster_show(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const std::string& text = invocation.arguments[0];
  const auto number =
      portal::text::valid_utf8(text) ? portal::RegistrationNumber::parse(text) : std::nullopt;
  if (!number) return fail(text + ": not a registration number, such as 契0123456-7-8");
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto clinic = database.read(
      [&](Connection& connection) { return portal::Roster(connection).find(number->text()); });
  if (!clinic) return fail(clinic.error().message);
  if (!*clinic) return fail(number->text() + " is not in the roster");
  print(**clinic, *number, invocation.options.json);
  return kDone;
}

}  // namespace portalctl
