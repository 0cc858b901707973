#include "desk/quarantine_view.h"

#include <string>

#include "core/text/text.h"
#include "desk/actions.h"

namespace portal {
namespace {

constexpr int kMostRows = 2000;  // that are looked through

}  // namespace

std::vector<QuarantinedRow> quarantined_as(Connection& connection,
                                           const RegistrationNumber& number) {
  auto rows = RosterQuarantine(connection).list(0, kMostRows);
  std::erase_if(rows, [&](const QuarantinedRow& row) {
    return row.number != number && RegistrationNumber::find_in(row.given_number) != number;
  });
  return rows;
}

void show_quarantined(Data& data, const std::vector<QuarantinedRow>& rows, const Member& member,
                      std::string_view search) {
  if (rows.empty()) return;
  Data& all = data.include("HELD_ROWS", "desk/held.tpl");
  for (const QuarantinedRow& row : rows) {
    Data& shown = all.add("HELD").set("NUMBER", row.given_number).set("NAME", row.name);
    shown.set("REASON", text::visible(row.reason.in(Language::kJapanese)))
        .set("FILE", row.file)
        .set("LINE", std::to_string(row.line));
    if (!may(member.role, DeskAction::kFix)) continue;
    shown.add("FIX").set("SEARCH", search).set("RECORD", std::to_string(row.id));
  }
}

}  // namespace portal
