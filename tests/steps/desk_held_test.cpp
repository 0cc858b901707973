// Rows that no import could take, as the desk shows them: the call centre needs no English.
#include "steps/desk_portal.h"

namespace portal::testing_portal {
namespace {

class DeskHeldTest : public DeskPortal {
 protected:
  // The page that finds the row which was held back for this reason.
  Response page_of(const RowReason& reason) {
    on_database([&](Connection& connection) {
      QuarantinedRow row;
      row.name = "ひだまり整骨院";
      row.given_number = "契1312345-0-0";
      row.file = "bureau.csv";
      row.line = 7;
      row.reason = reason;
      row.edition = Roster(connection).current_edition();
      RosterQuarantine(connection).add({row});
      return Done{};
    });
    Response page = found("契1312345-0-0");
    on_database(
        [](Connection& connection) { return connection.execute("DELETE FROM roster_quarantine"); });
    return page;
  }
};

TEST_F(DeskHeldTest, EachReasonIsSaidInJapanese) {
  for (const RowFaultRow& row : kRowFaultRows) {
    if (row.fault == RowFault::kNone) continue;
    const auto reason = RowReason::from_stored(std::string(row.name) + "\t値1\t値2\t値3");
    const Response page = page_of(reason);
    const auto escaped = [](std::string text) {
      for (const auto& [character, entity] :
           {std::pair('<', "&lt;"), std::pair('>', "&gt;"), std::pair('"', "&quot;")}) {
        for (auto at = text.find(character); at != std::string::npos; at = text.find(character)) {
          text.replace(at, 1, entity);
        }
      }
      return text;
    };
    EXPECT_TRUE(shows(page, escaped(reason.in(Language::kJapanese)))) << row.name;
    if (row.fault == RowFault::kOther) continue;
    EXPECT_FALSE(shows(page, escaped(reason.in(Language::kEnglish)))) << row.name;
  }
}

TEST_F(DeskHeldTest, ASentenceOfAnOlderVersionStandsInBrackets) {
  EXPECT_TRUE(shows(page_of(RowReason::from_stored("3 columns, but the header has 4")),
                    "ファイルの行を読み取れません（3 columns, but the header has 4）"));
}

TEST_F(DeskHeldTest, WhatNobodyCanSeeIsShown) {
  EXPECT_TRUE(
      shows(page_of(RowReason::of<RowFault::kNoDate>("令和\u200b6年")), "令和&lt;U+200B&gt;6年"));
}

}  // namespace
}  // namespace portal::testing_portal
