// Whatever stands in the cells of a file, nothing of it does something in a terminal or in a
// spreadsheet, and what the roster takes comes out of it and in again as it was.
#include <algorithm>
#include <array>
#include <random>
#include <vector>

#include "runner.h"

namespace portalctl_test {
namespace {

class HostileCells : public Portalctl {
 protected:
  void SetUp() override {
    Portalctl::SetUp();
    ASSERT_EQ(run("migrate").status, 0);
    fs::create_directories(folder / "other");
    write("other.conf", "database.connection = " + file("other/portal.db") + "\n");
    ASSERT_EQ(run("migrate", "other.conf").status, 0);
  }
};

std::string hostile(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "=",      "+",       "-",      "@",      "＝",     "＋",    "－",
      "＠",     "'",       "\"",     " ",      "\u3000", "\t",    "\r",
      "\n",     "1+1",     "cmd|/C", "髙﨑",   ",",      ";",     "=\"a\"",
      "\u00A0", "\x1B[2J", "|",      "\a",     "𠮷",     "\x7F",  "葛\U000E0100",
      "\u202E", "\u200B",  "\u009B", "\uE000", "<U+",    "001B>", "院",
      "院",     "院",      "院",     "院",     "#N/A"};
  std::string text;
  for (auto i = random() % 5; i > 0; --i) text += pieces[random() % pieces.size()];
  return text;
}

std::string quoted_cell(const std::string& text) {
  std::string cell = "\"";
  for (const char c : text) cell.append(c == '"' ? 2 : 1, c);
  return cell + "\"";
}

// The cells of a CSV file in which each cell is in quotes.
std::vector<std::string> cells_of(const std::string& csv) {
  std::vector<std::string> cells;
  for (auto at = csv.find('"'); at != std::string::npos; at = csv.find('"', at + 1)) {
    std::string cell;
    for (++at; csv[at] != '"' || csv[at + 1] == '"'; ++at) {
      cell += csv[at];
      if (csv[at] == '"') ++at;
    }
    cells.push_back(cell);
  }
  return cells;
}

// Whether a spreadsheet could take the cell for a formula.
bool is_live(std::string_view cell) {
  constexpr std::array kBefore = {" ", "\"", "\u3000", "\u00A0"};
  constexpr std::array kSigns = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
  const auto begins_with = [&](std::string_view text) { return cell.starts_with(text); };
  for (const char* const* before = nullptr;;) {
    before = std::ranges::find_if(kBefore, begins_with);
    if (before == kBefore.end()) break;
    cell.remove_prefix(std::string_view(*before).size());
  }
  return std::ranges::any_of(kSigns, begins_with);
}

// `text` does nothing on a terminal; a file may have a byte-order mark and CR LF.
void expect_harmless(std::string text) {
  if (text.starts_with("\uFEFF")) text.erase(0, 3);
  for (auto at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at)) {
    text.erase(at, 1);
  }
  for (const std::string_view piece :
       {"\x1B", "\u202E", "\u200B", "\u009B", "\x7F", "\a", "\r", "\t", "\uFEFF"}) {
    EXPECT_EQ(text.find(piece), std::string::npos) << text;
  }
}

TEST_F(HostileCells, ExportedAndImportedIsTheSameRoster) {
  std::mt19937 random(14);  // NOLINT: the same cells each time
  std::string text = kHeader;
  for (int i = 0; i < 1500; ++i) {
    text += "契" + std::to_string(1'000'000 + i) + "-0-0";
    for (int column = 0; column < 3; ++column) text += "," + quoted_cell(hostile(random));
    text += "\n";
  }
  write("hostile.csv", text);
  const auto ran = run("roster import " + file("hostile.csv"));
  ASSERT_EQ(ran.status, 0) << ran.error;
  expect_harmless(ran.out + ran.error);
  for (const char* verb : {"roster list", "roster list --json", "roster quarantine",
                           "roster quarantine --json", "roster editions"}) {
    expect_harmless(run(verb).out);
  }

  const std::string exported = run("roster export").out;
  ASSERT_GT(cells_of(exported).size(), 1000U);
  expect_harmless(exported);
  for (const std::string& cell : cells_of(exported)) EXPECT_FALSE(is_live(cell)) << cell;
  write("exported.csv", exported);
  const auto again = run("roster import " + file("exported.csv"), "other.conf");
  ASSERT_EQ(again.status, 0) << again.error;
  expect_has(again.out, " 0 in quarantine\n");
  EXPECT_EQ(run("roster list --json", "other.conf").out, run("roster list --json").out);
  EXPECT_EQ(run("roster export", "other.conf").out, exported);
}

TEST_F(HostileCells, QuarantineAsAFileIsHarmlessAndTheMendedRowsGoIn) {
  std::mt19937 random(15);  // NOLINT: the same cells each time
  std::string text = kHeader + "契1000000-0-0,最初の院,,\n";
  constexpr int kRows = 500;
  for (int i = 0; i < kRows; ++i) {
    text += "x," + quoted_cell(hostile(random) + "名") + "," + quoted_cell(hostile(random)) + ",\n";
  }
  write("hostile.csv", text);
  ASSERT_EQ(run("roster import " + file("hostile.csv")).status, 0);
  std::string csv = run("roster quarantine --csv").out;
  expect_harmless(csv);
  for (const std::string& cell : cells_of(csv)) EXPECT_FALSE(is_live(cell)) << cell;

  // Somebody finds the numbers. The same rows with these numbers at first give the same roster.
  for (std::string* file_text : {&csv, &text}) {
    int number = 2'000'000;
    const std::string before = file_text == &csv ? "\"x\"," : "\nx,";
    for (auto at = file_text->find(before); at != std::string::npos;
         at = file_text->find(before, at)) {
      file_text->replace(at, before.size(),
                         (file_text == &csv ? "\"契" : "\n契") + std::to_string(number++) +
                             (file_text == &csv ? "-0-0\"," : "-0-0,"));
    }
    ASSERT_EQ(number, 2'000'000 + kRows);
  }
  write("mended.csv", csv);
  write("right.csv", text);
  const auto mended = run("roster import " + file("mended.csv"));
  ASSERT_EQ(mended.status, 0) << mended.error;
  expect_harmless(mended.out + mended.error);
  ASSERT_EQ(run("roster import " + file("right.csv"), "other.conf").status, 0);
  EXPECT_EQ(run("roster export").out, run("roster export", "other.conf").out);
}

TEST_F(HostileCells, FileNamesAreHarmless) {
  const std::string name = "a\x1B[31m\u202E\nportalctl: all is well.csv";
  write(name, kHeader + "x,院,,\n契1000000-0-0,院,,\n");
  const auto ran = run("roster import \"" + file(name) + "\"");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_harmless(ran.out + ran.error);
  EXPECT_EQ(ran.error.find("\nportalctl: all is well"), std::string::npos) << ran.error;
  for (const char* verb : {"roster editions", "roster quarantine", "audit list"}) {
    const std::string listed = run(verb).out;
    expect_harmless(listed);
    expect_has(listed, "a<U+001B>[31m<U+202E><U+000A>portalctl: all is well.csv");
  }
  expect_has(run("roster editions --json").out, "a\\u001B[31m\\u202E\\nportalctl: all is well.csv");
  const auto missing = run("roster import \"" + file("b\x1B[2J.csv") + "\"");
  EXPECT_EQ(missing.status, 1);
  expect_has(missing.error, "b<U+001B>[2J.csv: No such file");
}

}  // namespace
}  // namespace portalctl_test
