// portalctl audit archive: what leaves the database is in a file that proves itself, and what is
// left goes on from it.
#include "core/base/japan_time.h"
#include "core/base/operator_name.h"
#include "core/database/engine/connection.h"
#include "core/journal/audit_chain.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using portal::Audit;
using portal::AuditRow;
using portal::Connection;
using portal::EpochSeconds;

EpochSeconds at(const std::string& date) {
  return portal::parse_japan_time(date).value();
}

class Archive : public MigratedPortal {
 protected:
  // Three seals: of two rows of 2023, one of 2024, one of 2025.
  void SetUp() override {
    MigratedPortal::SetUp();
    if (HasFatalFailure()) return;
    add({"1", at("2023-02-01"), "login", "a", "192.0.2.1", "request", "an old one", "web:member"});
    add({"2", at("2023-12-31T23:59"), "roster_undone", "", "", "", "詳細 \"quoted\"\n", "佐藤"});
    seal();
    add({"3", at("2024-01-01"), "login", "a", "2001:db8::/64", "", "", "web:member"});
    seal();
    add({"4", at("2025-06-01"), "logout", "a", "", "", "", ""});
    seal();
  }
  void add(const AuditRow& row) {
    on([&](Connection& connection) { Audit(connection).add(row); });
  }
  void seal() { ASSERT_EQ(run("audit seal").status, 0); }
  Ran archive(const std::string& before, const std::string& name) {
    return run("audit archive --before " + before + " " + file(name));
  }
  Ran verify(const std::string& name) { return run("audit verify --archive " + file(name)); }
  // The ids of the rows that the test made.
  std::string ids() {
    return on([](Connection& connection) {
      std::string all;
      for (const AuditRow& row : Audit(connection).list({})) {
        if (row.id.size() == 1) all += row.id;
      }
      return all;
    });
  }
};

TEST_F(Archive, WhatIsOldLeavesInAFileAndTheChainGoesOn) {
  const auto ran = archive("2024-01-01", "2023.jsonl");
  ASSERT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "first seal: 1\nlast seal: 1\nrows: 2\nremoved: 2\n");
  EXPECT_EQ(ids(), "34");
  EXPECT_EQ(fs::status(file("2023.jsonl")).permissions(), fs::perms(0600));
  const auto text = content_of(file("2023.jsonl"));
  expect_has(text, "\"detail\":\"an old one\"");
  expect_has(text, "佐藤");

  const auto rest = run("audit verify");
  EXPECT_EQ(rest.status, 0) << rest.error;
  expect_has(rest.out, "seals: 2\nrows: 2\nnot sealed yet: 1\n");
  expect_has(rest.out, "seals in archives: 1\n");
  const auto whole = verify("2023.jsonl");
  EXPECT_EQ(whole.status, 0) << whole.error;
  expect_has(whole.out, "first seal: 1\nlast seal: 1\nrows in it: 2\n");

  // Who did it is in the audit that is left, with the hash of the file.
  const auto listed = run("audit list --json --event audit_archived");
  expect_has(listed.out, "\"actor\":\"" + portal::operator_name() + "\"");
  expect_has(listed.out, "seals 1 to 1, 2 rows, SHA-256 ");

  // The next archive goes on from it.
  ASSERT_EQ(archive("2025-01-01", "2024.jsonl").status, 0);
  EXPECT_EQ(ids(), "4");
  for (const char* name : {"2023.jsonl", "2024.jsonl"}) EXPECT_EQ(verify(name).status, 0) << name;
  // And so do new rows and seals.
  add({"5", at("2025-07-01"), "login", "a", "", "", "", ""});
  seal();
  EXPECT_EQ(run("audit verify").status, 0);
}

TEST_F(Archive, TheNewestSealStays) {
  const auto ran = archive("2030-01-01", "all.jsonl");
  ASSERT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ids(), "4");
  EXPECT_EQ(run("audit verify").status, 0);
  const auto again = archive("2030-01-01", "again.jsonl");
  EXPECT_EQ(again.status, 1);
  expect_has(again.error, "no whole seal is older than 2030-01-01: nothing was archived");
  EXPECT_FALSE(fs::exists(file("again.jsonl")));
}

TEST_F(Archive, WithoutAWholeFileNothingLeaves) {
  write("there.jsonl", "mine");
  const auto there = archive("2024-01-01", "there.jsonl");
  EXPECT_EQ(there.status, 1);
  expect_has(there.error, "is there already: it is not replaced");
  EXPECT_EQ(content_of(file("there.jsonl")), "mine");
  EXPECT_EQ(archive("2024-01-01", "no folder/file.jsonl").status, 2)
      << "two words are two arguments";
  const auto nowhere = archive("2024-01-01", "none/file.jsonl");
  EXPECT_EQ(nowhere.status, 1);
  expect_has(nowhere.error, "No such file or directory");
  EXPECT_EQ(archive("yesterday", "file.jsonl").status, 2);
  EXPECT_EQ(run("audit archive " + file("file.jsonl")).status, 2);
  EXPECT_EQ(ids(), "1234");
  expect_has(run("audit verify").out, "seals: 3\n");
}

TEST_F(Archive, ADamagedAuditIsNotArchived) {
  on([](Connection& c) {
    c.execute_once(c.is_postgresql() ? "DROP TRIGGER audit_append_only ON audit"
                                     : "DROP TRIGGER audit_no_update");
    c.execute_once("UPDATE audit SET event = 'logout' WHERE id = '2'");
  });
  const auto ran = archive("2024-01-01", "2023.jsonl");
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "seal 1: its rows, their order, or the seal itself were changed");
  EXPECT_EQ(ids(), "1234");
  for (const auto& entry : fs::directory_iterator(folder)) {
    EXPECT_EQ(entry.path().string().find("2023.jsonl"), std::string::npos) << entry.path();
  }
}

TEST_F(Archive, AChangedFileIsFound) {
  ASSERT_EQ(archive("2025-01-01", "archive.jsonl").status, 0);
  const std::string text = content_of(file("archive.jsonl"));
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = text.find('\n', begin) + 1;
    lines.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  ASSERT_EQ(lines.size(), 7U) << "head, seal, 2 rows, seal, row, end";
  const auto joined = [](const std::vector<std::string>& some) {
    std::string all;
    for (const auto& line : some) all += line;
    return all;
  };
  const auto without = [&](std::size_t index) {
    auto rest = lines;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(index));
    return joined(rest);
  };
  const auto replaced = [&](const std::string& old, const std::string& fresh) {
    auto changed = text;
    changed.replace(changed.find(old), old.size(), fresh);
    return changed;
  };
  auto swapped = lines;
  std::swap(swapped[2], swapped[3]);
  const struct {
    const char* label;
    std::string text;
    const char* words;
  } cases[] = {
      {"a detail", replaced("an old one", "an odd one"), "seal 1: its rows"},
      {"a time", replaced(std::to_string(at("2024-01-01")), "1"), "seal 2: its rows"},
      {"order", joined(swapped), "seal 1: its rows"},
      {"a row less", without(2), ""},
      {"a seal less", without(1), ""},
      {"no end", without(6), "it is cut off"},
      {"cut off", text.substr(0, text.size() / 2), ""},
      {"no head", without(0), "this is no archive"},
      {"more behind it", text + lines[2], "something follows its end"},
      {"other white space", replaced("\"end\":", "\"end\": "), "not the file that was written"},
      {"empty", "", "it is cut off"},
      {"something else", "hello\n", "this is no archive"},
      {"no object", "[1]\n", "this is no archive"},
  };
  for (const auto& test : cases) {
    write("changed.jsonl", test.text);
    const auto ran = verify("changed.jsonl");
    EXPECT_EQ(ran.status, 1) << test.label << ran.out;
    expect_has(ran.error, test.words);
  }
  EXPECT_EQ(verify("archive.jsonl").status, 0);
  EXPECT_EQ(verify("nowhere.jsonl").status, 1);
}

TEST_F(Archive, AnotherPortalsFileIsFound) {
  ASSERT_EQ(archive("2024-01-01", "2023.jsonl").status, 0);
  ASSERT_EQ(archive("2025-01-01", "2024.jsonl").status, 0);
  on([](Connection& c) {
    c.execute_once(c.is_postgresql() ? "DROP TRIGGER audit_archive_append_only ON audit_archive"
                                     : "DROP TRIGGER audit_archive_no_delete");
    c.execute_once("DELETE FROM audit_archive WHERE through = 1");
  });
  const auto unknown = verify("2023.jsonl");
  EXPECT_EQ(unknown.status, 1);
  expect_has(unknown.error, "the database knows no archive that ends with seal 1");
  expect_has(verify("2024.jsonl").error, "it does not go on from the archive before it");
}

// The database itself lets go of what is in an archive, and of nothing else.
TEST_F(Archive, NothingElseCanBeRemoved) {
  const auto refused = [&](const std::string& statement) {
    const auto done = database->write([&](Connection& c) {
      c.execute_once(statement);
      return portal::Done{};
    });
    EXPECT_FALSE(done) << statement;
    if (!done) expect_has(done.error().message, "append only");
  };
  ASSERT_EQ(archive("2024-01-01", "2023.jsonl").status, 0);
  for (const char* table : {"audit", "audit_sealed", "audit_seal", "audit_archive"}) {
    refused(std::string("DELETE FROM ") + table);
  }
  refused("DELETE FROM audit WHERE id = '3'");
  refused("DELETE FROM audit WHERE event = 'audit_archived'");  // which no seal covers yet
  refused("UPDATE audit_archive SET through = 3");
  EXPECT_EQ(ids(), "34");
}

}  // namespace
}  // namespace portalctl_test
