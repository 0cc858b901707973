// Each reason why a row is held back, from a file to the database: its name and values are stored,
// and its words follow from the table (core/database/roster/row_reason.h).
#include <algorithm>
#include <vector>

#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using portal::RowFault;
using portal::RowReason;

struct Case {
  RowFault fault;
  std::string row;  // the second of two, below the headings
  std::string stored;
  std::string english;
};

const std::string kHeadings = "登録記号番号,施術所名,所在地,取消年月日\n";

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {RowFault::kNulByte, "契9900002-0-0," + std::string(1, '\0') + ",,\n", "nul_byte",
       "has a NUL byte in it"},
      {RowFault::kNotDecoded, "契9900002-0-0,\x83,,\n", "not_decoded",
       "has characters that are not in the file's encoding"},
      {RowFault::kQuoteMisplaced, "契9900002-0-0,院\"x,,\n", "quote_misplaced",
       "a quote is out of place"},
      {RowFault::kQuoteOpen, "契9900002-0-0,\"院,,\n", "quote_open\t3",
       "a quoted field does not end: its quote opens in line 3"},
      {RowFault::kTooWide, "契9900002-0-0,院" + std::string(1100, ',') + "x\n", "too_wide\t1024",
       "has more than 1024 columns"},
      {RowFault::kOtherWidth, "契9900002-0-0,院\n", "other_width\t2\t4",
       "2 columns, but the header has 4"},
      {RowFault::kFormulaError, "契9900002-0-0,#N/A,,\n", "formula_error\t施術所名\tB\t#N/A",
       "施術所名 (column B) is #N/A, an error of the spreadsheet: mend its formula there"},
      {RowFault::kZerosDropped, "12345678,院,,\n", "zeros_dropped\t12345678",
       "not a registration number: 12345678: a spreadsheet took it for a number and dropped "
       "zeros; make the column text"},
      {RowFault::kZeroDropped, "123456789,院,,\n", "zero_dropped\t123456789\t01234567-8-9",
       "not a registration number: 123456789: a spreadsheet took it for a number and dropped "
       "zeros; make the column text (perhaps it was 01234567-8-9)"},
      {RowFault::kNoNumber, "契01234-7-8,院,,\n", "no_number\t契01234-7-8",
       "not a registration number: 契01234-7-8"},
      {RowFault::kEmpty, "契9900002-0-0,,町,\n", "empty\t施術所名", "施術所名 is empty"},
      {RowFault::kTooLong, "契9900002-0-0," + std::string(500, 'x') + ",,\n",
       "too_long\t施術所名\t200", "施術所名 is longer than 200 characters"},
      {RowFault::kUnseen, "契9900002-0-0,院\u200b,,\n", "unseen\t施術所名\tU+200B\t2",
       "施術所名 has U+200B, which nobody can see, as character 2: remove it"},
      {RowFault::kUnseenWritten, "契9900002-0-0,院<U+200B>,,\n", "unseen_written\t施術所名",
       "施術所名 has a character that nobody can see, written as <U+ …>: remove it"},
      {RowFault::kUnshowable, "契9900002-0-0,院\ue000,,\n", "unshowable\t施術所名\tU+E000\t2",
       "施術所名 has U+E000, which other computers cannot show (外字), as character 2: write it "
       "in characters that all have"},
      {RowFault::kNoDate, "契9900002-0-0,院,,有\n", "no_date\t有", "取消年月日 is no date: 有"},
      {RowFault::kTwice, "契9900001-0-0,院,,\n", "twice\t契9900001-0-0\t2",
       "契9900001-0-0 is in line 2 already"},
  };
  return all;
}

class RosterReasons : public MigratedPortal {
 protected:
  // The only row that is held back.
  portal::QuarantinedRow held() {
    auto rows = on([](portal::Connection& c) { return portal::RosterQuarantine(c).list(0, 9); });
    EXPECT_EQ(rows.size(), 1U);
    rows.resize(1);
    return rows.front();
  }
};

TEST_F(RosterReasons, EachIsStoredByItsNameAndSaidInTheWordsOfTheTable) {
  for (const Case& test : cases()) {
    write("list.csv", kHeadings + "契9900001-0-0,よい院,,\n" + test.row);
    const auto ran = run("roster import " + file("list.csv"));
    EXPECT_EQ(ran.status, 0) << test.stored << ran.error;
    const auto row = held();
    EXPECT_EQ(row.reason.stored(), test.stored);
    EXPECT_EQ(row.reason.fault(), test.fault) << test.stored;
    EXPECT_EQ(ran.error, file("list.csv") + ":3: " + test.english + "\n");
    EXPECT_EQ(row.reason.in(portal::Language::kEnglish), test.english);
    expect_has(run("roster quarantine").out, test.english);
    ASSERT_TRUE(on([&](portal::Connection& c) {
      return portal::RosterQuarantine(c).remove(row.id);
    })) << test.stored;
  }
}

TEST_F(RosterReasons, AnotherSheetIsNamed) {
  if (const auto why = no_workbooks(); !why.empty()) GTEST_SKIP() << why;
  write("make.py",
        "import openpyxl\nw = openpyxl.Workbook()\nw.active.title = '東京'\n"
        "for s in (w.active, w.create_sheet('大阪')):\n"
        "  s.append(['登録番号', '名称'])\n  s.append(['契9900001-0-0', '院'])\n"
        "w.save('" +
            file("list.xlsx") + "')\n");
  ASSERT_EQ(std::system(("/usr/bin/python3 " + file("make.py")).c_str()), 0);  // NOLINT: own words
  ASSERT_EQ(run("roster import " + file("list.xlsx")).status, 0);
  EXPECT_EQ(held().reason,
            RowReason::of<RowFault::kTwiceElsewhere>("契9900001-0-0", 2, "list.xlsx [東京]"));
}

// An import says in which column of its file the error is; a name that is given has none.
TEST_F(RosterReasons, ARowIsNotMendedWithAnError) {
  ASSERT_EQ(import("x,院,,\n契9900001-0-0,よい院,,\n").status, 0);
  expect_has(
      run("roster fix 1 契9900002-0-0 '#N/A'").error,
      RowReason::of<RowFault::kCellError>("施術所名", "#N/A").in(portal::Language::kEnglish));
}

TEST(RosterReasonCases, AreOfEachReason) {
  std::vector<RowFault> tested = {RowFault::kNone, RowFault::kOther, RowFault::kTwiceElsewhere,
                                  RowFault::kCellError};
  for (const Case& test : cases()) tested.push_back(test.fault);
  for (const portal::RowFaultRow& row : portal::kRowFaultRows) {
    EXPECT_EQ(std::ranges::count(tested, row.fault), 1) << row.name;
  }
}

// What an older version has stored is shown as it stands.
TEST_F(RosterReasons, ASentenceOfAnOlderVersionIsShown) {
  ASSERT_EQ(import("x,院,,\n契9900001-0-0,よい院,,\n").status, 0);
  sql("UPDATE roster_quarantine SET reason = '施術所名 is empty'");
  expect_has(run("roster quarantine --json").out, "\"reason\":\"施術所名 is empty\"");
}

}  // namespace
}  // namespace portalctl_test
