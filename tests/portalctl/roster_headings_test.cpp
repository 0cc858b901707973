// Which rows name the columns, which column is which, and what a cell may hold.
#include <vector>

#include "runner.h"

namespace portalctl_test {
namespace {

class RosterHeadings : public Portalctl {
 protected:
  void SetUp() override {
    Portalctl::SetUp();
    ASSERT_EQ(run("migrate").status, 0);
  }
  // All that is said of a file with this text.
  std::string said_of(const std::string& text, const std::string& options = "") {
    write("list.csv", text);
    const auto ran = run("roster import " + file("list.csv") + " --dry-run --json " + options);
    return ran.out + ran.error;
  }
};

struct Said {
  const char* label;
  std::string text;
  std::vector<const char*> words;
  const char* options = "";
};

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST_F(RosterHeadings, AreFoundAndTold) {
  const std::string clinic = "契9900001-0-0";
  const std::vector<Said> cases = {
      {"a remark in brackets is no part of a heading",
       "登録番号（必須）,名称(正式),住所 [県から]\n" + clinic + ",院,\n",
       {"\"new\":1,"}},
      {"a heading that is nothing but brackets names no column",
       "(登録番号),(名称)\n" + clinic + ",院\n",
       {"no row within the first 30 names the columns"}},
      {"an ordinal in brackets before it does not hide the heading's place",
       "(1)登録番号,(2)名称\n" + clinic + ",院\n",
       {"no row within the first 30 names the columns"}},
      {"the same header again, on the next page",
       "登録番号,名称\n" + clinic + ",院\n登録番号,名称\n契9900002-0-0,次の院\n",
       {"\"new\":2,", "\"quarantined\":0,", "\"skipped\":1,"}},
      {"another header is no repetition: its rows would be read wrongly",
       "登録番号,名称\n" + clinic + ",院\n名称,登録番号\n契9900002-0-0,次の院\n",
       {"\"new\":2,", "\"quarantined\":1,", "\"skipped\":0,",
        ":3: not a registration number: 名称"}},
      {"but it can be given",
       "(登録番号),(名称)\n" + clinic + ",院\n",
       {"\"new\":1,"},
       "--map 'number=(登録番号),name=(名称)'"},
      {"what is there twice is told once the columns are known",
       "登録番号,名称,所在地,所在地\n" + clinic + ",院,a,b\n",
       {"column 所在地 is there twice, as C (所在地) and D (所在地)"}},
      {"twice, but mapped",
       "登録番号,名称,所在地,所在地\n" + clinic + ",院,a,b\n",
       {"\"new\":1,"},
       "--map address=D"},
      {"a line that repeats a heading above the header is no header",
       "所在地,所在地\n登録番号,名称\n" + clinic + ",院\n",
       {"\"new\":1,"}},
      {"by letters, without a header",
       clinic + ",院,札幌\n",
       {"\"new\":1,"},
       "--map number=A,name=B,address=C"},
      {"by letters and a heading: then there must be one",
       clinic + ",院,札幌\n",
       {"no row within the first 30 names the columns"},
       "--map number=A,name=B,address=所在"},
      {"by letters, without the name's",
       clinic + ",院\n",
       {"no row within the first 30 names the columns"},
       "--map number=A"},
  };
  for (const Said& c : cases) {
    const std::string said = said_of(c.text, c.options);
    for (const char* words : c.words) {
      EXPECT_NE(said.find(words), std::string::npos)
          << c.label << ": no " << words << " in " << said;
    }
  }
}

// 連絡先 would be the telephone number, but somebody says that it is the address.
TEST_F(RosterHeadings, AColumnIsOneFieldsOnly) {
  write("list.csv", "登録番号,名称,連絡先\n契9900001-0-0,院,札幌\n");
  ASSERT_EQ(run("roster import " + file("list.csv") + " --map address=連絡先").status, 0);
  const auto shown = run("roster show 契9900001-0-0").out;
  expect_has(shown, "address: 札幌\n");
  expect_has(shown, "phone: \n");
}

// As long as its column of the database, in characters, not in bytes.
TEST_F(RosterHeadings, AValueMayBeAsLongAsItsColumn) {
  const struct {
    const char* column;
    int most;
    const char* before;
    const char* after;
  } columns[] = {
      {"施術所名", 200, "契9900001-0-0,", ",,,"},
      {"所在地", 300, "契9900001-0-0,院,", ",,"},
      {"電話番号", 40, "契9900001-0-0,院,,", ","},
      {"指定年月日", 40, "契9900001-0-0,院,,,", ""},
  };
  const std::string header = "登録記号番号,施術所名,所在地,電話番号,指定年月日\n";
  for (const auto& c : columns) {
    const auto row = [&](int length) {
      return header + c.before + repeated("髙", length) + c.after + "\n";
    };
    expect_has(said_of(row(c.most)), "\"new\":1,");
    expect_has(said_of(row(c.most + 1)),
               std::string(c.column) + " is longer than " + std::to_string(c.most) + " characters");
  }
}

TEST_F(RosterHeadings, BlanksAreNoNumber) {
  for (const std::string blank : {"", " ", "　", "\t ", "\xC2\xA0"}) {
    const std::string said = said_of("登録番号,名称\n" + blank + ",院\n契9900001-0-0,次の院\n");
    expect_has(said, ":2: 登録記号番号 is empty");
    expect_has(said, "\"new\":1,");
  }
}

// The two marks of UTF-16, and that of UTF-32, which begins like one of them.
TEST_F(RosterHeadings, AMarkOfAnotherEncodingIsNamed) {
  const struct {
    std::string bytes;
    const char* words;
  } cases[] = {
      {std::string("\xFF\xFE"
                   "a\0",
                   4),
       "is UTF-16"},
      {std::string("\xFE\xFF"
                   "\0a",
                   4),
       "is UTF-16"},
      {std::string("\xFF\xFE\0\0a\0\0\0", 8), "is UTF-32"},
      {std::string("\0\0\xFE\xFF\0\0\0a", 8), "is UTF-32"},
  };
  for (const auto& c : cases) {
    const std::string said = said_of(c.bytes);
    expect_has(said, c.words);
    expect_has(said, "save it as \"CSV UTF-8\"");
  }
}

}  // namespace
}  // namespace portalctl_test
