// portalctl roster show, roster list, roster export
#include <iostream>

#include "core/database/database.h"
#include "core/database/roster/roster_editions.h"
#include "core/text/text.h"
#include "portalctl/printing.h"
#include "portalctl/roster/csv_line.h"
#include "portalctl/roster/reading/columns.h"
#include "portalctl/verb.h"

namespace portalctl {
namespace {

using portal::Clinic;
using portal::ClinicVersion;
using portal::Connection;
using portal::Result;
using portal::Roster;

constexpr int kMost = 1000;  // that are read at once

void print(const Clinic& clinic, void (*print_fields)(Fields)) {
  const auto number = portal::RegistrationNumber::parse(clinic.number);
  print_fields({{"registration_number", clinic.number},
                {"institution", number ? std::string(code_of(number->institution())) : ""},
                {"clinic_name", clinic.name},
                {"address", clinic.address},
                {"phone", clinic.phone},
                {"designated_on", clinic.designated_on},
                {"closed", Time{clinic.closed_at}}});
}

// Each clinic that `page` lists, a page at a time: the roster is never in memory as a whole.
template <class Page, class Each>
Result<portal::Done> for_each_clinic(portal::Database& database, const Page& page,
                                     const Each& each) {
  std::string last;
  for (bool more = true; more;) {
    const auto clinics =
        database.read([&](Connection& connection) { return page(connection, last); });
    if (!clinics) return clinics.error();
    for (const Clinic& clinic : *clinics) each(clinic);
    more = clinics->size() == kMost;
    if (more) last = clinics->back().number;
  }
  return portal::Done{};
}

void print_history(const std::vector<ClinicVersion>& versions) {
  if (versions.size() < 2) return;
  for (const ClinicVersion& version : versions) {
    std::cout << "edition " << version.from << ": " << version.clinic.name << ", "
              << version.clinic.address << ", " << version.clinic.phone
              << (version.clinic.open() ? "" : ", closed") << "\n";
  }
}

struct Shown {
  std::optional<Clinic> clinic;
  std::vector<ClinicVersion> versions;
};

}  // namespace

int roster_show(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  const std::string& text = invocation.arguments[0];
  const auto number =
      portal::text::valid_utf8(text) ? portal::RegistrationNumber::parse(text) : std::nullopt;
  if (!number) return fail(text + ": not a registration number, such as 契0123456-7-8");
  portal::Database database(*settings, portal::Durability::kFull, 1);
  const auto shown = database.read([&](Connection& connection) {
    Roster roster(connection);
    return Shown{roster.find_any(number->text()), roster.history(number->text())};
  });
  if (!shown) return fail(shown.error().message);
  if (!shown->clinic) return fail(number->text() + " is not in the roster");
  print(*shown->clinic, invocation.options.json ? print_json : print_lines);
  if (!invocation.options.json) print_history(shown->versions);
  return kDone;
}

int roster_list(const Invocation& invocation) {
  const Options& options = invocation.options;
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  std::int64_t edition = 0;  // the same for all pages, though an import may end meanwhile
  const auto page = [&](Connection& connection, const std::string& last) {
    Roster roster(connection);
    if (edition == 0) edition = roster.current_edition();
    return options.closed ? roster.closed_with_account(last, kMost)
                          : roster.list(edition, last, kMost);
  };
  const auto done = for_each_clinic(database, page, [&](const Clinic& clinic) {
    print(clinic, options.json ? print_json : print_row);
  });
  return done ? kDone : fail(done.error().message);
}

int roster_export(const Invocation& invocation) {
  const auto settings = load_settings(invocation);
  if (!settings) return kWrongUsage;
  portal::Database database(*settings, portal::Durability::kFull, 1);
  std::int64_t edition = 0;
  const auto page = [&](Connection& connection, const std::string& last) {
    Roster roster(connection);
    if (edition == 0) edition = roster.current_edition();
    return roster.list(edition, last, kMost);
  };
  std::vector<std::string> cells;
  for (const RosterField& field : roster_fields()) cells.emplace_back(field.column);
  std::string text = kByteOrderMark + csv_line(cells);  // nothing if the database is away
  const auto done = for_each_clinic(database, page, [&](const Clinic& clinic) {
    if (!clinic.open()) return;
    for (std::size_t i = 0; i < kRosterFields; ++i) cells[i] = clinic.*roster_fields()[i].member;
    std::cout << text << csv_line(cells);
    text.clear();
  });
  if (!done) return fail(done.error().message);
  std::cout << text;
  return kDone;
}

}  // namespace portalctl
