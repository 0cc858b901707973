// portalctl roster export
#include <iostream>
#include <string>
#include <vector>

#include "portalctl/roster/clinics.h"
#include "portalctl/roster/csv_line.h"
#include "portalctl/roster/reading/columns.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

Result<Done> export_clinics(Context& context);

}  // namespace

constexpr Verb kRosterExport = {
    .usage = {.words = "roster export",
              .help = "Prints the open clinics as a CSV file that can be imported.",
              .example = "portalctl roster export > roster.csv"},
    .run = export_clinics};

namespace {

Result<Done> export_clinics(Context& context) {
  std::vector<std::string> cells;
  for (const RosterField& field : roster_fields()) cells.emplace_back(field.column);
  // The header is printed with the first clinic: nothing if the database is away.
  std::string header = kByteOrderMark + csv_line(cells);
  const auto done = for_each_clinic(
      context.database(), pages_of_current_edition(), [&](const portal::Clinic& clinic) {
        if (!clinic.open()) return;
        for (std::size_t i = 0; i < kRosterFields; ++i) {
          cells[i] = value_of(roster_fields()[i], clinic, clinic.number.text());
        }
        std::cout << header << csv_line(cells);
        header.clear();
      });
  if (!done) return done;
  std::cout << header;
  return Done{};
}

}  // namespace
}  // namespace portalctl
