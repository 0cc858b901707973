// What rosters come as: encodings, formats, headers, numbers in any writing, and broken rows.
#include "runner.h"

namespace portalctl_test {
namespace {

class RosterFile : public Portalctl {
 protected:
  void SetUp() override {
    Portalctl::SetUp();
    ASSERT_EQ(run("migrate").status, 0);
  }
  // Written as UTF-8, then converted.
  void write_as(const std::string& encoding, const std::string& name, const std::string& text) {
    write("utf8", text);
    const std::string command =
        "iconv -f UTF-8 -t " + encoding + " " + file("utf8") + " >" + file(name);
    ASSERT_EQ(std::system(command.c_str()), 0) << encoding;  // NOLINT: a test's own words
  }
  // `python`: statements that fill the sheet `s` of the workbook `w`.
  void write_workbook(const std::string& name, const std::string& python) {
    write("make.py", "import datetime, openpyxl\nw = openpyxl.Workbook()\ns = w.active\n" + python +
                         "\nw.save('" + file(name) + "')\n");
    const std::string command = "/usr/bin/python3 " + file("make.py");
    ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT: a test's own words
  }
  Ran import_file(const std::string& name, const std::string& options = "") {
    return run("roster import " + file(name) + " " + options);
  }
  void expect_clinic(const std::string& number, const std::string& line) {
    expect_has(run("roster show " + number).out, line + "\n");
  }
  std::string quarantine() { return run("roster quarantine").out; }
};

TEST_F(RosterFile, EveryEncodingKeepsEveryCharacter) {
  const std::string text =
      kHeader + "契0123456-7-8,①㈱髙﨑～－神接骨院,東京都港区∥1－2,03-0000-0001\n";
  write("utf8.csv", text);
  write("marked.csv", "\xEF\xBB\xBF" + text);
  write_as("CP932", "cp932.csv", text);
  for (const char* name : {"utf8.csv", "marked.csv", "cp932.csv"}) {
    const auto ran = import_file(name);
    EXPECT_EQ(ran.status, 0) << name << ran.error;
    EXPECT_EQ(ran.error, "") << name;
    expect_clinic("契0123456-7-8", "clinic_name: ①㈱髙﨑～－神接骨院");
    expect_clinic("契0123456-7-8", "address: 東京都港区∥1－2");
  }
  EXPECT_EQ(import_file("cp932.csv", "--encoding Shift_JIS --json").status, 0);
  EXPECT_EQ(import_file("cp932.csv", "--encoding utf-8").status, 1);
  EXPECT_EQ(import_file("cp932.csv", "--encoding latin1").status, 2);
}

// The pairs of characters whose JIS code Unicode's tables read in two ways: Windows's way.
TEST_F(RosterFile, Cp932IsReadAsWindowsReadsIt) {
  write("pairs.csv",
        "\x93\x6f\x98\x5e\x8b\x4c\x8d\x86\x94\xd4\x8d\x86,\x8e\x7b\x8f\x70\x8f\x8a\x96\xbc\r\n"
        "0123456789,\x81\x60\x81\x7c\x81\x5c\x81\x61\x87\x40\x87\x8a\xfb\xfc\xed\x95\r\n");
  ASSERT_EQ(import_file("pairs.csv").status, 0);
  expect_clinic("01234567-8-9", "clinic_name: ～－―∥①㈱髙﨑");
}

TEST_F(RosterFile, LineEndsQuotesPreambleAndTotals) {
  write("list.csv",
        "施術所一覧（令和8年4月1日現在）,,,\r\n\r\n,\"関東信越\n厚生局\",,\r\n"
        "備考,\"電話\n番号\",施術所の名称,施術所所在地,登録記号・番号（注）,指 定 年 月 日\r\n"
        "x,000-0000-0001,\"みなと\n整骨院\",札幌市,契０１２３４５６－７－８,R5.4.1\r\n"
        "\r\n"
        ",,,,,\r\n"
        "備考,電話番号,施術所の名称,施術所所在地,登録記号・番号,指定年月日\r\n"
        "\"x\ny\",,\"さくら, \"\"新\"\"接骨院\",,【協0123456-7-8】,\r\n"
        "合計,,2件,,,\r\n計 2,,,,,\r\n計,,,,2件,\r\n計良整骨院,,,,,");
  const auto ran = import_file("list.csv", "--json");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "\"new\":2,");
  expect_has(ran.out, "\"quarantined\":1,\"skipped\":5,");
  expect_has(ran.error, "list.csv:17: 登録記号番号 is empty");
  expect_clinic("契0123456-7-8", "clinic_name: みなと 整骨院");
  expect_clinic("契0123456-7-8", "designated_on: 2023-04-01");
  expect_clinic("協0123456-7-8", "clinic_name: さくら, \"新\"接骨院");
  write("mac.csv", "登録番号,名称\r契0000001-0-0,一\r契0000002-0-0,二\r");
  expect_has(import_file("mac.csv").out, "2 new,");
}

TEST_F(RosterFile, NumbersInAnyWriting) {
  const std::pair<const char*, const char*> cases[] = {
      {"契0123456-7-8", "契0123456-7-8"},   {"契０１２３４５６－７－８", "契0123456-7-8"},
      {"契012345678", "契0123456-7-8"},     {"【契0123456-7-8】", "契0123456-7-8"},
      {"[契]0123456 7 8", "契0123456-7-8"}, {"（協）0123456ー7ー8", "協0123456-7-8"},
      {"0123456789", "01234567-8-9"},       {"０１２３４５６７―８―９", "01234567-8-9"},
      {"「01234567‐8‐9」", "01234567-8-9"},
  };
  int i = 0;
  for (const auto& [written, number] : cases) {
    const std::string name = "院" + std::to_string(++i);
    ASSERT_EQ(import(std::string(written) + "," + name + ",,\n").status, 0) << written;
    expect_clinic(number, "clinic_name: " + name);
  }
}

TEST_F(RosterFile, ABrokenRowGoesToQuarantineAndTheRestIn) {
  const struct {
    std::string row;
    const char* words;
  } cases[] = {
      {"契01234-7-8,院,,\n", ":3: not a registration number: 契01234-7-8"},
      {",院,,\n", ":3: 登録記号番号 is empty"},
      {"協0123456-7-8, ,,\n", ":3: 施術所名 is empty"},
      {"協0123456-7-8,院\n", ":3: 2 columns, but the header has 4"},
      {"協0123456-7-8,院,,,x\n", ":3: 5 columns, but the header has 4"},
      {"協0123456-7-8,院\x01,,\n", ":3: 施術所名 has U+0001, which nobody can see, as character 2"},
      {"契0123456７8,院,,\n", ":3: 契0123456-7-8 is in line 2 already"},
      {"協0123456-7-8,\x83,,\n", ":3: has characters that are not in the file's encoding"},
      {"協0123456-7-8,院\"x,,\n", ":3: a quote is out of place"},
      {"協0123456-7-8,\"院,,\n", ":3: a quoted field does not end"},
      {"123456789,院,,\n", "dropped zeros; make the column text"},
      {"1.23457E+09,院,,\n", "dropped zeros; make the column text"},
  };
  ASSERT_EQ(import("契0123456-7-8,みなと整骨院,,\n").status, 0);
  int last = 0;
  for (const auto& test : cases) {
    const std::string after = "契000" + std::to_string(1000 + ++last) + "-0-0,後,,\n";
    const auto ran = import("契0123456-7-8,みなと整骨院,,\n" + test.row + after);
    EXPECT_EQ(ran.status, 0) << test.row;
    expect_has(ran.out, ", 1 in quarantine\n");
    expect_has(ran.out, "1 unchanged");
    expect_has(ran.error, file("roster.csv"));
    expect_has(ran.error, test.words);
    expect_clinic(after.substr(0, 14), "clinic_name: 後");
  }
  EXPECT_EQ(run("roster show 協0123456-7-8").status, 1);
}

TEST_F(RosterFile, OnlyTwentyProblemsAreSaid) {
  std::string rows = "契0123456-7-8,みなと整骨院,,\n";
  for (int i = 0; i < 23; ++i) rows += "x" + std::to_string(i) + ",院,,\n";
  const auto ran = import(rows);
  expect_has(ran.error, ":22: ");
  EXPECT_EQ(ran.error.find(":23: "), std::string::npos);
  expect_has(ran.error, "... and 3 more: portalctl roster quarantine\n");
}

TEST_F(RosterFile, ColumnsByMap) {
  write("odd.csv", "コード,屋号,場所,でんわ\n契0123456-7-8,みなと,札幌,011\n");
  write("bare.csv", "一覧\n\n011,契0000001-0-0,みなと二\n");
  EXPECT_EQ(import_file("odd.csv").status, 1);
  expect_has(import_file("odd.csv").error, "--map number=A,name=B");
  const auto named = import_file("odd.csv", "--map 'number=コード,name=屋号,address=C,phone=4'");
  EXPECT_EQ(named.status, 0) << named.error;
  expect_clinic("契0123456-7-8", "clinic_name: みなと");
  expect_clinic("契0123456-7-8", "address: 札幌");
  expect_clinic("契0123456-7-8", "phone: 011");
  const auto bare = import_file("bare.csv", "--map number=B,name=3,phone=A");
  EXPECT_EQ(bare.status, 0) << bare.error;
  expect_clinic("契0000001-0-0", "phone: 011");
  EXPECT_EQ(import_file("odd.csv", "--map nummer=A").status, 2);
  EXPECT_EQ(import_file("odd.csv", "--map 'number=ない,name=B'").status, 1);
}

TEST_F(RosterFile, AColumnThatTheFileLacksStays) {
  ASSERT_EQ(import("契0123456-7-8,みなと整骨院,札幌,011\n").status, 0);
  write("short.csv", "登録番号,名称\n契0123456-7-8,新みなと整骨院\n");
  ASSERT_EQ(import_file("short.csv").status, 0);
  expect_clinic("契0123456-7-8", "clinic_name: 新みなと整骨院");
  expect_clinic("契0123456-7-8", "address: 札幌");
}

TEST_F(RosterFile, AWorkbook) {
  if (const auto why = no_workbooks(); !why.empty()) GTEST_SKIP() << why;
  write_workbook("list.xlsx",
                 "s.append(['施術所一覧'])\ns.merge_cells('A1:D1')\ns.append([])\n"
                 "s.append(['登録記号\\n番号', '施術所名', '所在地', '電話番号', '指定年月日'])\n"
                 "s.append(['契0123456-7-8', 'みなと\\n整骨院', '髙﨑', '03-1', "
                 "datetime.date(2024, 4, 1)])\n"
                 "s.append([123456789, '零', None, None, None])\n"
                 "s.append([])\n"
                 "s.append([1300000101, '数', '=1+1', None, None])\n"
                 "t = w.create_sheet('追加')\nt.append(['登録番号', '名称'])\n"
                 "t.append(['協0123456-7-8', 'さくら'])\n");
  const auto ran = import_file("list.xlsx");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "3 new,");
  expect_has(ran.error, "list.xlsx [Sheet]:5: not a registration number: 123456789: a spreadsheet");
  expect_clinic("契0123456-7-8", "clinic_name: みなと 整骨院");
  expect_clinic("契0123456-7-8", "designated_on: 2024-04-01");
  expect_clinic("13000001-0-1", "clinic_name: 数");
  const auto other = import_file("list.xlsx", "--sheet 追加");
  EXPECT_EQ(other.status, 0) << other.error;
  expect_clinic("協0123456-7-8", "clinic_name: さくら");
  const auto none = import_file("list.xlsx", "--sheet 無");
  EXPECT_EQ(none.status, 1);
  expect_has(none.error, "has no sheet 無; it has Sheet, 追加");
}

TEST_F(RosterFile, AFileThatIsNoRosterIsSaidSo) {
  write("empty.csv", "");
  write("blank.csv", "\n\n");
  write("header.csv", kHeader);
  write("useless.csv", kHeader + "x,院,,\n");
  write("columns.csv", "登録記号番号,所在地\n契0123456-7-8,x\n");
  write("twice.csv", "登録記号番号,施術所名,所在地,電話番号,所在地\n");
  write("garbage.csv", "登録\x83\nx\x80\xff\xff\n\xff\xff\n");
  write("list.pdf.csv", "%PDF-1.7\n");
  write("utf16.csv", std::string("\xFF\xFE\x00\x00", 4));
  write("old.xls", "\xD0\xCF\x11\xE0\xA1\xB1");
  write("false.xlsx", "PK\x03\x04 no");
  const struct {
    const char* name;
    const char* words;
  } cases[] = {
      {"missing.csv", "missing.csv: No such file"},
      {"", ": is a directory"},
      {"empty.csv", "empty.csv: is empty"},
      {"blank.csv", "blank.csv: has no row"},
      {"header.csv", "header.csv: no row of it can be used"},
      {"useless.csv", "useless.csv: no row of it can be used (why, see above)"},
      {"columns.csv", "columns.csv: no row within the first 30 names the columns"},
      {"twice.csv", "twice.csv:1: column 所在地 is there twice"},
      {"garbage.csv", "garbage.csv:1: is neither UTF-8 nor Shift_JIS"},
      {"list.pdf.csv", "is a PDF: ask for the workbook"},
      {"utf16.csv", "is UTF-32: save it as"},
      {"old.xls", "is an old .xls workbook"},
      {"false.xlsx", "false.xlsx: is damaged, or was not copied to its end"},
  };
  for (const auto& test : cases) {
    const auto ran = import_file(test.name);
    EXPECT_EQ(ran.status, 1) << test.name;
    expect_has(ran.error, test.words);
    EXPECT_EQ(ran.out, "") << test.name;
  }
  EXPECT_EQ(quarantine(), "");
  if (geteuid() != 0) {  // root may read everything
    write("secret.csv", kHeader);
    fs::permissions(folder / "secret.csv", fs::perms::none);
    expect_has(import_file("secret.csv").error, "Permission denied");
  }
}

}  // namespace
}  // namespace portalctl_test
