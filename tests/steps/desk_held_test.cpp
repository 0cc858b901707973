// Rows that no import could take, as the desk shows them: the call centre needs no English.
#include "portalctl/roster/reading/cell_values.h"
#include "steps/desk_portal.h"

namespace portal::testing_portal {
namespace {

class DeskHeldTest : public DeskPortal {
 protected:
  // The page that finds the row which was held back for this reason.
  Response page_of(const std::string& reason) {
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
    return found("契1312345-0-0");
  }
};

std::string complaint_of(const ClinicDetails& details) {
  return portalctl::complaint(details, "契1312345-0-0");
}
std::string complaint_of_number(std::string_view cell) {
  return portalctl::roster_number(cell).error().message;
}

struct Case {
  std::string reason;
  std::string_view words;
};

// What the reading of rosters says of a row, and what the page says.
std::vector<Case> cases() {
  return {
      {complaint_of({.name = ""}), "施術所名が空欄です"},
      {complaint_of({.name = "a", .phone = std::string(999, '0')}), "電話番号が長すぎます"},
      {complaint_of({.name = "#REF!"}), "施術所名が、表計算ソフトのエラーになっています"},
      {complaint_of({.name = "みなと\u200b院"}), "施術所名に、見えない文字があります"},
      {complaint_of({.name = "\ue000院"}), "施術所名に、ほかのパソコンで表示できない文字"},
      {complaint_of_number(""), "登録記号番号が空欄です"},
      {complaint_of_number("みなと"), "登録記号番号として読み取れません"},
      {complaint_of_number("123456"), "登録記号番号として読み取れません"},
      {"契1312345-0-0 is in line 3 already", "同じ登録記号番号の行が、ほかにもあります"},
      {"3 columns, but the header has 4", "列の数が、見出しと違います"},
      {"取消年月日 is no date: x", "取消年月日を、日付として読み取れません"},
      {"a quotation mark is not closed", "ファイルの行を読み取れません"},
  };
}

TEST_F(DeskHeldTest, TheReasonIsSaidInJapanese) {
  for (const auto& [reason, words] : cases()) {
    ASSERT_FALSE(reason.empty()) << words;
    const Response page = page_of(reason);
    EXPECT_TRUE(shows(page, words)) << reason;
    EXPECT_FALSE(shows(page, reason)) << reason;
    on_database(
        [](Connection& connection) { return connection.execute("DELETE FROM roster_quarantine"); });
  }
}

}  // namespace
}  // namespace portal::testing_portal
