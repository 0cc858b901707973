// portalctl roster quarantine
#include <array>
#include <iostream>

#include "core/database/roster/roster_quarantine.h"
#include "portalctl/printing.h"
#include "portalctl/roster/csv_line.h"
#include "portalctl/roster/reading/columns.h"
#include "portalctl/verbs.h"

namespace portalctl {
namespace {

constexpr Option kCsv = {"csv", "", "roster quarantine: as a file to import"};
constexpr std::array kOptions = {kCsv, kJson};

Result<Done> list_quarantine(Context& context);

}  // namespace

constexpr Verb kRosterQuarantine = {
    .usage = {.words = "roster quarantine",
              .options = kOptions,
              .help = "Lists the rows that an import could not use, and why; --csv to mend and "
                      "import them.",
              .example = "portalctl roster quarantine --csv > to_mend.csv"},
    .run = list_quarantine};

namespace {

using portal::QuarantinedRow;

constexpr int kRowsOfPage = 500;

// The columns of an import, then the reason and the id, which an import does not know and ignores.
void print_csv_header() {
  std::vector<std::string> cells;
  for (const RosterField& field : roster_fields()) cells.emplace_back(field.column);
  cells.insert(cells.end(), {"理由", "ID"});
  std::cout << kByteOrderMark << csv_line(cells);
}

void print(const QuarantinedRow& row, const Context& context) {
  if (context.has(kCsv)) {
    std::vector<std::string> cells;
    for (const RosterField& field : roster_fields()) {
      cells.push_back(value_of(field, row, row.given_number));
    }
    cells.insert(cells.end(), {row.reason.in(portal::Language::kEnglish), std::to_string(row.id)});
    std::cout << csv_line(cells);
    return;
  }
  Fields fields = {{"id", row.id},
                   {"file", row.file},
                   {"row", row.line},
                   {"reason", row.reason.in(portal::Language::kEnglish)}};
  for (const RosterField& field : roster_fields()) {
    fields.emplace_back(field.json, value_of(field, row, row.given_number));
  }
  fields.emplace_back("edition", row.edition);
  (context.has(kJson) ? print_json : print_row)(std::move(fields));
}

Result<Done> list_quarantine(Context& context) {
  if (context.has(kCsv)) print_csv_header();
  std::int64_t last = 0;
  for (bool more = true; more;) {
    const auto rows = context.database().read([&](portal::Connection& connection) {
      return portal::RosterQuarantine(connection).list(last, kRowsOfPage);
    });
    if (!rows) return rows.error();
    for (const QuarantinedRow& row : *rows) print(row, context);
    more = rows->size() == kRowsOfPage;
    if (more) last = rows->back().id;
  }
  return Done{};
}

}  // namespace
}  // namespace portalctl
