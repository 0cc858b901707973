// What is read of each kind of file, and what is said of each that cannot be read.
#include <algorithm>
#include <vector>

#include "runner.h"

namespace portalctl_test {
namespace {

constexpr const char* kMade = PORTAL_SOURCE_DIR "/tests/portalctl/roster_files.py";

class RosterKinds : public Portalctl {
 protected:
  void SetUp() override {
    Portalctl::SetUp();
    ASSERT_EQ(run("migrate").status, 0);
  }
  std::string said_of(const std::string& name, const std::string& options = "") {
    const auto ran = run("roster import " + name + " --dry-run " + options);
    EXPECT_EQ(ran.error.find("Traceback"), std::string::npos);
    return ran.out + ran.error;
  }
};

// Files that a program makes, once for all tests: some take seconds.
class RosterMade : public RosterKinds {
 protected:
  static void SetUpTestSuite() {
    if (!no_workbooks().empty()) return;
    std::string name = fs::temp_directory_path() / "roster-kinds-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    made = name;
    const std::string command = "/usr/bin/python3 -B '" + std::string(kMade) + "' '" + name + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT: a test's own words
  }
  static void TearDownTestSuite() {
    if (!made.empty()) fs::remove_all(made);
  }
  void SetUp() override {
    RosterKinds::SetUp();
    if (const auto why = no_workbooks(); !why.empty()) GTEST_SKIP() << why;
  }
  static std::string made_file(const std::string& name) { return made / name; }

  static inline fs::path made;
};

struct Kind {
  const char* file;
  const char* options;
  std::vector<const char*> words;  // all are in what is said
};

TEST_F(RosterMade, AWorkbookIsReadAsPeopleSeeIt) {
  const std::vector<Kind> cases = {
      {"hidden_sheets.xlsx",
       "",
       {"new 契9900003-0-0 東京院", "new 契9900004-0-0 大阪院", "would be: 2 new",
        "sheet 旧 is hidden: not read", "sheet 控 is hidden: not read",
        "sheet 表紙 does not name the columns: not read"}},
      {"hidden_sheets.xlsx", "--sheet 大阪", {"大阪院", "would be: 1 new"}},
      {"hidden_sheets.xlsx", "--sheet 控", {"控院", "would be: 1 new"}},
      {"hidden_sheets.xlsx", "--sheet 東京,大阪", {"would be: 2 new"}},
      {"hidden_sheets.xlsx", "--sheet 表紙", {"sheet 表紙 does not name the columns"}},
      {"hidden_sheets.xlsx",
       "--sheet 京都",
       {"has no sheet 京都; it has 表紙, 旧, 控, 東京, 大阪"}},
      {"hidden_rows.xlsx",
       "",
       {"見える院", "次の院", "would be: 2 new", "sheet Sheet: 1 row hidden",
        "sheet Sheet: hidden columns not read: D (電話番号)"}},
      {"hidden_number.xlsx",
       "",
       {"no row within the first 30", "hidden columns not read: A (登録記号番号)"}},
      {"only_hidden.xlsx", "", {"no row within the first 30", "sheet 名簿 is hidden: not read"}},
      {"errors.xlsx",
       "",
       {"new 契9900000-0-0 よい院", "new 契9900020-0-0 院", "would be: 2 new", "8 in quarantine",
        "errors.xlsx:3: 施術所名 (column B) is #N/A, an error of the spreadsheet", "#REF!",
        "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", ":10: 登録記号番号 (column A) is #N/A",
        "1 row with an error of the spreadsheet in 所在地 (column C), the first in row 11 "
        "(#SPILL!)"}},
      {"two_rows.xlsx", "", {"new 契9900001-0-0 二段院", "would be: 1 new", "0 in quarantine"}},
      {"spread_number.xlsx",
       "",
       {"契9900001-0-0 分かれた院", "協9900002-0-0 次の院", "0 in quarantine"}},
      {"three_rows.xlsx", "", {"new 契9900001-0-0 三段院", "would be: 1 new", "0 in quarantine"}},
      {"number_of_each_kind.xlsx",
       "",
       {"契9900001-0-0 柔整の院", "99000001-0-0 あはきの院", "would be: 2 new",
        ":5: not a registration number: 契9900002-0-0 / 99000002-0-0"}},
      {"merged_heading_only.xlsx", "", {"契9900001-0-0 一段の院", "would be: 1 new"}},
      {"columns_of_sheets.xlsx",
       "",
       {"契9900002-0-0 大阪院", "would be: 2 new", "2 in quarantine",
        "columns_of_sheets.xlsx [大阪]:3: 契9900001-0-0 is in line 2 of columns_of_sheets.xlsx "
        "[東京] "
        "already",
        "columns_of_sheets.xlsx [大阪]:4: 施術所名 is empty"}},
      {"merged.xlsx",
       "",
       {"契9900001-0-0 結合院", "協9900001-0-0 結合院", "99000001-0-0 結合院", "would be: 4 new",
        "0 in quarantine"}},
      {"numbers.xlsx",
       "",
       {"13990000-0-1 数の院", "00990000-0-3 書式の院", "契9900004-0-0 記号の院", "would be: 3 new",
        "numbers.xlsx:3: not a registration number: 123456789: a spreadsheet took it for a number "
        "and "
        "dropped zeros; make the column text (perhaps it was 01234567-8-9)"}},
      {"macros.XLSM", "", {"大文字の院"}},
      {"text_marks.xlsx", "", {"new 契9900001-0-0 =1+1"}},
      {"strict.xlsx", "", {"手書き院"}},
      {"marked.xlsx", "", {"手書き院"}},
      {"stored.xlsx", "", {"手書き院"}},
      {"streamed.xlsx", "", {"手書き院"}},
      {"phonetic.xlsx", "", {"new 契9900001-0-0 髙﨑 整骨院\n"}},
      {"far_away.xlsx", "", {"far_away.xlsx: is damaged: it has a row beyond the last"}},
  };
  for (const auto& [name, options, words] : cases) {
    const std::string said = said_of(made_file(name), options);
    for (const char* word : words) {
      EXPECT_NE(said.find(word), std::string::npos)
          << name << ": no \"" << word << "\" in: " << said;
    }
  }
}

TEST_F(RosterMade, DatesAndDetailsOfAWorkbook) {
  ASSERT_EQ(run("roster import " + made_file("dates.xlsx")).status, 0);
  const char* const days[] = {"2024-04-01", "2019-05-01", "2023-12-31", "2024-04-01"};
  for (int i = 1; i <= 4; ++i) {
    expect_has(run("roster show 契990000" + std::to_string(i) + "-0-0").out,
               "designated_on: " + std::string(days[i - 1]) + "\n");
  }
  ASSERT_EQ(run("roster import " + made_file("dates_of_1904.xlsx")).status, 0);
  expect_has(run("roster show 契9900001-0-0").out, "designated_on: 2024-04-01\n");
  ASSERT_EQ(run("roster import " + made_file("two_rows.xlsx")).status, 0);
  expect_has(run("roster show 契9900001-0-0").out, "address: 大分市\nphone: 097-1\n");
  ASSERT_EQ(run("roster import " + made_file("phonetic.xlsx")).status, 0);
  expect_has(run("roster show 契9900001-0-0").out, "address: 東京 都_x\n");
}

// A clinic in a hidden row is not closed, because the row is there.
TEST_F(RosterMade, AHiddenRowClosesNoClinic) {
  ASSERT_EQ(import("契9900002-0-0,隠れた院,,\n契9900004-0-0,なくなった院,,\n").status, 0);
  const auto ran = run("roster import " + made_file("hidden_rows.xlsx") +
                       " --complete judo --allow-removals --json");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "\"new\":2,\"changed\":0,\"renamed\":0,\"closed\":1,");
  expect_has(ran.out, "\"remarks\":\"sheet Sheet: 1 row hidden");
  EXPECT_EQ(
      run("roster show 契9900002-0-0 --json").out.find("\"closed\":null") == std::string::npos,
      false);
}

// Each sentence says what the file is, and how to save it instead.
TEST_F(RosterMade, WhatCannotBeReadIsSaidInASentence) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"protected.xlsx", "is a workbook that is protected with a password: open it, remove the"},
      {"old.xls", "is an old .xls workbook: save it as .xlsx, or as \"CSV UTF-8\""},
      {"old_named_new.xlsx", "is an old .xls workbook: save it as .xlsx"},
      {"word.doc", "is a text document (Word): ask for the list as a workbook"},
      {"letter.docx", "is a text document (Word): ask for the list as a workbook"},
      {"binary.xlsb", "is an .xlsb workbook: save it as .xlsx"},
      {"list.ods", "is an OpenDocument file (.ods): save it as .xlsx"},
      {"archive.zip", "is a zip archive with 名簿/東京.csv in it: unpack it"},
      {"empty.zip", "is an empty zip archive"},
      {"locked.xlsx", "is a zip archive with a password: unpack it"},
      {"saved_page.xls", "is a web page (HTML), whatever its name says: open it in a spreadsheet"},
      {"old_xml.xls", "is XML: open it in a spreadsheet program and save it as .xlsx"},
      {"scan.pdf", "is a PDF: ask for the workbook"},
      {"photo.jpg", "is a picture: ask for the workbook"},
      {"utf16.csv", "is UTF-16 (\"Unicode text\"): save it as \"CSV UTF-8\""},
      {"utf16_big.csv", "is UTF-16 (\"Unicode text\"): save it as \"CSV UTF-8\""},
      {"utf16_bare.csv", "is UTF-16 (\"Unicode text\"): save it as \"CSV UTF-8\""},
      {"utf32_bare.csv", "is UTF-32: save it as \"CSV UTF-8\""},
      {"utf32.csv", "is UTF-32: save it as \"CSV UTF-8\""},
      {"jis.csv", ":1: is in JIS (ISO-2022-JP): save the file as \"CSV UTF-8\""},
      {"euc.csv", ":1: is in EUC-JP: save the file as \"CSV UTF-8\""},
      {"noise.csv", ": is neither "},
      {"no_string.xlsx", "is damaged: a cell refers to a text that is not there"},
      {"laughs.xlsx", "xl/a/s.xml has a document type"},
      {"outside.xlsx", "xl/a/s.xml has a document type"},
      {"bomb.xlsx", "unpacks to more than any roster has"},
      {"long_token.xlsx", "has a cell that is longer than any"},
      {"deep.xlsx", "is damaged: its part xl/a/s.xml is not XML"},
      {"cut.xlsx", "is damaged"},
      {"flipped.xlsx", "is damaged, or was not copied to its end"},
  };
  for (const auto& [name, words] : cases) {
    const auto ran = run("roster import " + made_file(name));
    EXPECT_EQ(ran.status, 1) << name << ran.out;
    expect_has(ran.error, words);
    expect_has(ran.error, made_file(name));
    EXPECT_EQ(std::ranges::count(ran.error, '\n'), 1) << ran.error;
  }
  EXPECT_EQ(run("roster list").out, "");
}

// `text` is the whole file; `words` are in what is said of it.
TEST_F(RosterKinds, CsvAsPeopleSaveIt) {
  const struct {
    const char* what;
    std::string text;
    std::vector<const char*> words;
  } cases[] = {
      {"tabs", "登録番号\t名称\n契9900001-0-0\tタブ院\n", {"タブ院", "would be: 1 new"}},
      {"semicolons", "登録番号;名称\n契9900001-0-0;\"セミ;院\"\n", {"セミ;院"}},
      {"sep=", "sep=;\r\n登録番号;名称\r\n契9900001-0-0;院\r\n", {"契9900001-0-0 院", "1 new"}},
      {"commas in a file of tabs", "登録番号\t名称\n契9900001-0-0\t院,株\n", {"院,株"}},
      {"formula text", "登録番号,名称\n=\"契9900001-0-0\",=\"囲み,\"\"院\"\"\"\n", {"囲み,\"院\""}},
      {"formula text, quoted",
       "登録番号,名称\n\"=\"\"契9900001-0-0\"\"\",院\n",
       {"契9900001-0-0 院"}},
      {"no formula text",
       "登録番号,名称\n契9900001-0-0,\"=\"\"a\"\"&\"\"b\"\"\"\n",
       {"=\"a\"&\"b\""}},
      {"apostrophe", "登録番号,名称\n'9900000100,'院\n", {"99000001-0-0 院"}},
      {"other apostrophes",
       "登録番号,名称\n’9900000100,院\n＇契9900001-0-0,院\n",
       {"would be: 2 new"}},
      {"CR", "登録番号,名称\r契9900001-0-0,一\r契9900002-0-0,二\r", {"would be: 2 new"}},
      {"mixed line ends",
       "登録番号,名称\r\n契9900001-0-0,一\r契9900002-0-0,二\n",
       {"would be: 2 new"}},
      {"end of an old file", "登録番号,名称\n契9900001-0-0,一\n\x1A", {"1 new", "0 in quarantine"}},
      {"trailing separators",
       "登録番号,名称,,\n契9900001-0-0,一,,,\n契9900002-0-0,二\n",
       {"would be: 2 new", "0 in quarantine"}},
      {"NUL",
       std::string("登録番号,名称\n契9900001-0-0,一\n契9900002-0-0,\0\n", 70).substr(0, 66),
       {":3: has a NUL byte in it", "1 new"}},
      {"NULs",
       "登録番号,名称\n契9900001-0-0,一\n契9900002-0-0," + std::string(12, '\0') + "\n",
       {":3: has a NUL byte in it", "1 new"}},
      {"quote",
       "登録番号,名称\n契9900001-0-0,一\n契9900002-0-0,\"二\n契9900003-0-0,三\n",
       {":3: a quoted field does not end: its quote opens in line 3", "2 new"}},
      {"quote in the second line of a row",
       "登録番号,名称\n契9900001-0-0,一\n\"契\n\",\"二\n契9900003-0-0,三\n",
       {"a quoted field does not end: its quote opens in line 4"}},
      {"private use",
       "登録番号,名称,住所\n契9900001-0-0,一,\xEE\x80\x80町\n契9900002-0-0,二\xF3\xB0\x80\x80,"
       "\n契9900003-0-0,三,\n",
       {":2: 所在地 has U+E000, which other computers cannot show (外字), as character 1",
        ":3: 施術所名 has U+F0000, which other computers cannot show (外字), as character 2",
        "1 new"}},
      {"private use of Windows",
       "\x93\x6f\x98\x5e\x94\xd4\x8d\x86,\x96\xbc\x8f\xcc\n\x8c\x5f"
       "9900001-0-0,\xf0\x40\n",
       {":2: 施術所名 has U+E000"}},
      {"zero width",
       "登録番号,名称\n契9900001-0-0,整\xE2\x80\x8B骨院\n契9900002-0-0,"
       "\xE2\x80\xAE院\n\xE2\x80\xAD契9900003-0-0\xE2\x80\xAC,三\n",
       {":2: 施術所名 has U+200B, which nobody can see, as character 2: remove it",
        ":3: 施術所名 has U+202E", "契9900003-0-0 三"}},
      {"header of two rows",
       "番号,登録記号番号,施術所,,,管理者\n,,名称,所在地,電話番号,氏名\n1,契9900001-0-0,二段院,x,"
       "03,y\n",
       {"new 契9900001-0-0 二段院", "would be: 1 new", "0 in quarantine"}},
      {"notes below the header",
       "登録番号,名称\n①,②\n※必須,（正式名称）\n契9900001-0-0,院\n,名前だけの院\n",
       {"would be: 1 new", "1 in quarantine", ":5: 登録記号番号 is empty"}},
      {"a faulty row between two headers",
       "登録番号,名称\nx,院\n登録番号,名称\n契9900001-0-0,院\n",
       {":2: not a registration number: x", "would be: 1 new"}},
      {"twice",
       "登録番号,名称,登録番号\n契9900001-0-0,院,契9900002-0-0\n",
       {":1: column 登録記号番号 is there twice, as A (登録番号) and C (登録番号): say which one "
        "with --map number=A; to read both"}},
      {"errors",
       "登録番号,名称\n契9900001-0-0,#N/A\n契9900002-0-0,Err:502\n契9900003-0-0,#1整骨院\n",
       {":2: 施術所名 (column B) is #N/A", ":3: 施術所名 (column B) is Err:502", "#1整骨院"}},
  };
  for (const auto& test : cases) {
    write("list.csv", test.text);
    const std::string said = said_of(file("list.csv"));
    for (const char* word : test.words) {
      EXPECT_NE(said.find(word), std::string::npos)
          << test.what << ": no \"" << word << "\" in: " << said;
    }
  }
}

TEST_F(RosterKinds, DatesOfAnyEra) {
  const std::pair<const char*, const char*> cases[] = {
      {"令和六年四月一日", "2024-04-01"},
      {"令和6年4月1日（月）", "2024-04-01"},
      {"令和元年5月1日", "2019-05-01"},
      {"令和元.5.1", "2019-05-01"},
      {"㋿6年4月1日", "2024-04-01"},
      {"平成三十一年四月三十日", "2019-04-30"},
      {"昭和 62年 3月31日", "1987-03-31"},
      {"昭和五〇年一〇月一〇日", "1975-10-10"},
      {"大正15.12.25", "1926-12-25"},
      {"明治45年7月30日", "1912-07-30"},
      {"R06/04/01", "2024-04-01"},
      {"Ｒ６．４．１", "2024-04-01"},
      {"r6-4-1", "2024-04-01"},
      {"S500401", "1975-04-01"},
      {"5060401", "2024-04-01"},
      {"20240401", "2024-04-01"},
      {"2024年4月1日付", "2024-04-01"},
      {"２０２４／４／１", "2024-04-01"},
      {"2024/4/1 0:00:00", "2024-04-01"},
      {"二〇二四年四月一日", "2024-04-01"},
      {"45383", "2024-04-01"},
      {"令和6年4月", "2024-04"},
      {"2024年", "2024"},
      {"令和6年", "2024"},
      // These are no dates, and stay as they are.
      {"令和6年2月30日", "令和6年2月30日"},
      {"R6.13.1", "R6.13.1"},
      {"6.4.1", "6.4.1"},
      {"未定", "未定"},
  };
  std::string text = "登録番号,名称,指定年月日\n";
  std::string again = text;
  int number = 1'000'000;
  for (const auto& [written, date] : cases) {
    const std::string clinic = "契" + std::to_string(number++) + "-0-0";
    text += clinic + ",院," + written + "\n";
    again += clinic + ",院," + date + "\n";
  }
  write("list.csv", text);
  ASSERT_EQ(run("roster import " + file("list.csv")).status, 0);
  number = 1'000'000;
  for (const auto& [written, date] : cases) {
    expect_has(run("roster show 契" + std::to_string(number++) + "-0-0").out,
               "designated_on: " + std::string(date) + "\n");
  }
  write("again.csv", again);
  expect_has(run("roster import " + file("again.csv")).out, "0 new, 0 changed,");
}

TEST_F(RosterKinds, AClinicThatHasLeftIsNotInTheRoster) {
  ASSERT_EQ(import("契9900001-0-0,あった院,,\n契9900002-0-0,残る院,,\n").status, 0);
  write("list.csv",
        "登録番号,名称,指定年月日,廃止年月日\n"
        "契9900001-0-0,あった院,H10.4.1,令和2年3月31日\n"
        "契9900002-0-0,残る院,H10.4.1,－\n"
        "契9900003-0-0,いつかなくなる院,H10.4.1,2199/12/31\n"
        "契9900004-0-0,なかった院,H10.4.1,平成30年\n"
        "契9900005-0-0,また開いた院,R5.4.1,平成30年3月31日\n"
        "契9900006-0-0,古い行の院,H10.4.1,R1.5.1\n"
        "契9900006-0-0,新しい行の院,R2.4.1,\n"
        "契9900007-0-0,分からない院,H10.4.1,有\n");
  const auto ran = run("roster import " + file("list.csv"));
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "3 new, 1 changed, 1 closed, 0 reopened, 0 unchanged, 1 in quarantine\n");
  expect_has(ran.out,
             "3 rows with a 取消年月日 that is over: these clinics are not in the roster\n");
  expect_has(ran.out, "1 row with a 取消年月日 still to come: these clinics stay;");
  expect_has(ran.error, ":9: 取消年月日 is no date: 有");
  expect_has(run("roster export").out, "新しい行の院");
  EXPECT_EQ(run("roster export").out.find("あった院"), std::string::npos);
  EXPECT_EQ(run("roster show 契9900004-0-0").status, 1);
  expect_has(run("roster show 契9900003-0-0").out, "prefecture: \n");
}

TEST_F(RosterKinds, PrefecturesAreNamedInWords) {
  ASSERT_EQ(import("契4400001-0-0,大分院,,\n契1300001-0-0,東京院,,\n").status, 0);
  expect_has(run("roster show 契4400001-0-0").out, "prefecture: 大分県\n");
  expect_has(run("roster list").out, "prefecture=東京都");
  write("list.csv", kHeader + "契4400002-0-0,別府院,,\n");
  for (const char* scope : {"judo:44", "judo:大分県", "judo:大分", "judo:44:大分県"}) {
    const auto refused = run("roster import " + file("list.csv") + " --complete " + scope);
    EXPECT_EQ(refused.status, 1) << scope;
    expect_has(refused.error, "1 of the 1 clinics of judo 大分県 (44), more than");
  }
  for (const char* scope : {"judo:48", "judo:大", "judo:", "judo:44:東京都"}) {
    EXPECT_EQ(run("roster import " + file("list.csv") + " --complete " + scope).status, 2) << scope;
  }
  ASSERT_EQ(
      run("roster import " + file("list.csv") + " --complete judo:大分 --allow-removals").status,
      0);
  expect_has(run("roster editions").out, "complete=judo 大分県 (44)");
}

}  // namespace
}  // namespace portalctl_test
