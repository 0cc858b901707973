// The chain of seals: what it proves, and each kind of tampering that it finds. On both databases.
#include "core/journal/audit_chain.h"

#include <atomic>
#include <set>
#include <thread>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

constexpr EpochSeconds kNow = 1'700'000'000;

AuditRow a_row(const std::string& id, EpochSeconds at) {
  return {id, at, "login", "account", "192.0.2.1", "request", "detail", "sato"};
}

TEST(SealHash, IsTheSameForTheSameAndDependsOnEachField) {
  const AuditSeal seal = {1, kNow, 2, ""};
  const std::vector<AuditRow> rows = {a_row("a", 1), a_row("b", 2)};
  const std::string hash = seal_hash("before", seal, rows);
  EXPECT_EQ(hash.size(), 43U);
  EXPECT_EQ(seal_hash("before", {1, kNow, 2, "its own hash is not part of it"}, rows), hash);

  std::set<std::string> hashes = {hash};
  const auto differs = [&](const char* label, const std::string& other) {
    EXPECT_TRUE(hashes.insert(other).second) << label;
  };
  differs("previous", seal_hash("", seal, rows));
  differs("number", seal_hash("before", {2, kNow, 2, ""}, rows));
  differs("time of sealing", seal_hash("before", {1, kNow + 1, 2, ""}, rows));
  differs("count", seal_hash("before", {1, kNow, 3, ""}, rows));
  differs("order", seal_hash("before", seal, {rows[1], rows[0]}));
  differs("a row less", seal_hash("before", seal, {rows[0]}));
  const auto changed = [&](auto change) {
    auto row = rows[1];
    change(row);
    return seal_hash("before", seal, {rows[0], row});
  };
  differs("id", changed([](AuditRow& row) { row.id = "x"; }));
  differs("at", changed([](AuditRow& row) { row.at = 3; }));
  differs("event", changed([](AuditRow& row) { row.event = "logout"; }));
  differs("account", changed([](AuditRow& row) { row.account_id = "x"; }));
  differs("network", changed([](AuditRow& row) { row.network = "x"; }));
  differs("request", changed([](AuditRow& row) { row.request_id = "x"; }));
  differs("detail", changed([](AuditRow& row) { row.detail = "x"; }));
  differs("actor", changed([](AuditRow& row) { row.actor = "x"; }));
  differs("format", seal_hash("before", {1, kNow, 2, "", 1}, rows));
  differs("shifted", changed([](AuditRow& row) {
            row.network += row.request_id.substr(0, 1);
            row.request_id.erase(0, 1);
          }));
}

// What earlier versions have sealed has this hash for ever.
TEST(SealHash, OfTheFirstFormatIsWhatItWas) {
  const std::vector<AuditRow> rows = {a_row("a", 1), a_row("b", 2)};
  const AuditSeal seal = {1, kNow, 2, "", 1};
  EXPECT_EQ(seal_hash("before", seal, rows), "zphSLyl1omFxPb9yEPpfIbGMfECgttn00DzFXJSBcyw");
  auto other = rows;
  other[0].actor = "sato";
  EXPECT_EQ(seal_hash("before", seal, other), seal_hash("before", seal, rows));
}

class ChainTest : public EachDatabase {
 protected:
  void add(const AuditRow& row) {
    value(database->write([&](Connection& c) {
      Audit(c).add(row);
      return Done{};
    }));
  }
  std::int64_t seal(EpochSeconds now) { return value(seal_audit(*database, now)); }
  AuditProof verify() { return value(verify_audit(*database)); }

  // Three seals of two rows each: a1 a2, b1 b2, c1 c2.
  void make_chain() {
    EpochSeconds at = kNow;
    for (const char* name : {"a", "b", "c"}) {
      add(a_row(std::string(name) + "1", at));
      add(a_row(std::string(name) + "2", at + 1));
      EXPECT_EQ(seal(at + kMinute), 2);
      at += kHour;
    }
  }

  // As somebody who owns the database.
  void tamper(const std::vector<std::string>& statements) {
    for (const char* table : {"audit", "audit_seal", "audit_sealed"}) {
      const std::string name(table);
      if (GetParam() == "SQLite") {
        execute("DROP TRIGGER " + name + "_no_update");
        execute("DROP TRIGGER " + name + "_no_delete");
      } else {
        execute("DROP TRIGGER " + name + "_append_only ON " + name);
        execute("DROP TRIGGER " + name + "_kept ON " + name);
      }
    }
    for (const std::string& statement : statements) execute(statement);
  }
  void execute(const std::string& statement) {
    value(database->write([&](Connection& c) {
      c.execute_once(statement);
      return Done{};
    }));
  }
};

TEST_P(ChainTest, AnEmptyAuditHolds) {
  EXPECT_EQ(seal(kNow), 0);
  const AuditProof proof = verify();
  EXPECT_EQ(proof.fault, "");
  EXPECT_EQ(proof.seals, 0);
  EXPECT_EQ(proof.newest_hash, "");
}

TEST_P(ChainTest, SealsWhatIsAFewSecondsOldAndOnce) {
  add(a_row("new", kNow));
  EXPECT_EQ(seal(kNow + kSealAfter - 1), 0);
  EXPECT_EQ(verify().unsealed, 1) << "not sealed yet is no fault";
  EXPECT_EQ(seal(kNow + kSealAfter), 1);
  EXPECT_EQ(seal(kNow + kSealAfter), 0);
  const AuditProof proof = verify();
  EXPECT_EQ(proof.fault, "");
  EXPECT_EQ(proof.seals, 1);
  EXPECT_EQ(proof.rows, 1);
  EXPECT_EQ(proof.unsealed, 0);
  EXPECT_EQ(proof.newest_hash.size(), 43U);
}

TEST_P(ChainTest, ALongBacklogBecomesSeveralSeals) {
  value(database->write([](Connection& c) {
    for (int i = 0; i < kMostSealed + 5; ++i) Audit(c).add(a_row(std::to_string(i), kNow + i));
    return Done{};
  }));
  EXPECT_EQ(seal(kNow + 3 * kDay), kMostSealed + 5);
  const AuditProof proof = verify();
  EXPECT_EQ(proof.fault, "");
  EXPECT_EQ(proof.seals, 2);
  EXPECT_EQ(proof.rows, kMostSealed + 5);
}

TEST_P(ChainTest, WhatComesLateIsSealedLater) {
  make_chain();
  add(a_row("an hour late", kNow + kHour));
  add(a_row("days late", kNow - 3 * kDay));
  EXPECT_EQ(seal(kNow + kDay), 1) << "the age of the audit costs nothing";
  EXPECT_EQ(value(seal_audit(*database, kNow + kDay, SealReach::kAll)), 1);
  const AuditProof proof = verify();
  EXPECT_EQ(proof.fault, "");
  EXPECT_EQ(proof.unsealed, 0);
}

TEST_P(ChainTest, AClockThatWasWrongHidesNothing) {
  add(a_row("far ahead", kNow + 400 * kDay));
  EXPECT_EQ(value(seal_audit(*database, kNow + 401 * kDay)), 1);
  add(a_row("now", kNow));
  EXPECT_EQ(seal(kNow + kMinute), 1);
}

TEST_P(ChainTest, FindsEachKindOfTampering) {
  const std::string of_b = " WHERE seal_number = 2";
  const struct {
    const char* label;
    std::vector<std::string> statements;
    const char* fault;
  } cases[] = {
      {"a changed row", {"UPDATE audit SET network = '192.0.2.9' WHERE id = 'b1'"}, "seal 2: "},
      {"another actor", {"UPDATE audit SET actor = 'tanaka' WHERE id = 'b1'"}, "seal 2: "},
      {"no actor", {"UPDATE audit SET actor = '' WHERE id = 'b1'"}, "seal 2: "},
      {"an older format", {"UPDATE audit_seal SET format = 1 WHERE number = 2"}, "seal 2: "},
      {"no format",
       {"UPDATE audit_seal SET format = 9 WHERE number = 2"},
       "seal 2 has a format that this version does not know"},
      {"a changed time", {"UPDATE audit SET at = at + 1 WHERE id = 'a2'"}, "seal 1: "},
      {"a removed row",
       {"DELETE FROM audit_sealed WHERE audit_id = 'b1'", "DELETE FROM audit WHERE id = 'b1'"},
       "seal 2 was made over 2 rows, and 1 are there"},
      {"a removed row, and the count with it",
       {"DELETE FROM audit_sealed WHERE audit_id = 'b1'", "DELETE FROM audit WHERE id = 'b1'",
        "UPDATE audit_seal SET row_count = 1 WHERE number = 2"},
       "seal 2: "},
      {"a swapped order",
       {"UPDATE audit_sealed SET position = 3 WHERE audit_id = 'b1'",
        "UPDATE audit_sealed SET position = 1 WHERE audit_id = 'b2'"},
       "seal 2: "},
      {"a row in another seal",
       {"UPDATE audit_sealed SET seal_number = 3, position = 3 WHERE audit_id = 'b2'"},
       "seal 2 was made over 2 rows, and 1 are there"},
      {"a row that was put in",
       {"INSERT INTO audit SELECT 'b3', at, event, account_id, network, request_id, detail, actor "
        "FROM audit WHERE id = 'b2'",
        "INSERT INTO audit_sealed (audit_id, seal_number, position) VALUES ('b3', 2, 3)",
        "UPDATE audit_seal SET row_count = 3 WHERE number = 2"},
       "seal 2: "},
      {"a removed seal in the middle",
       {"DELETE FROM audit_sealed" + of_b, "DELETE FROM audit_seal WHERE number = 2"},
       "seal 2 is missing"},
      {"a removed seal, and the next one in its place",
       {"DELETE FROM audit_sealed" + of_b, "DELETE FROM audit_seal WHERE number = 2",
        "INSERT INTO audit_seal SELECT 2, sealed_at, row_count, hash, format FROM audit_seal "
        "WHERE number = 3",
        "UPDATE audit_sealed SET seal_number = 2 WHERE seal_number = 3",
        "DELETE FROM audit_seal WHERE number = 3"},
       "seal 2: "},
      {"the first seal removed",
       {"DELETE FROM audit_sealed WHERE seal_number = 1",
        "DELETE FROM audit_seal WHERE number = 1"},
       "seal 1 is missing"},
      {"a changed hash", {"UPDATE audit_seal SET hash = 'x' WHERE number = 1"}, "seal 1: "},
      {"a changed time of sealing",
       {"UPDATE audit_seal SET sealed_at = sealed_at + 1 WHERE number = 3"},
       "seal 3: "},
  };
  for (const auto& test : cases) {
    if (database == nullptr) SetUp();
    make_chain();
    const AuditProof before = verify();
    EXPECT_EQ(before.fault, "") << test.label;
    EXPECT_EQ(before.seals, 3) << test.label;
    EXPECT_EQ(before.rows, 6) << test.label;
    tamper(test.statements);
    const std::string fault = verify().fault;
    EXPECT_TRUE(fault.starts_with(test.fault)) << test.label << ": " << fault;
    database.reset();
    std::error_code none_with_postgresql;
    std::filesystem::remove(folder.file("portal.db"), none_with_postgresql);
  }
}

// Earlier versions sealed without actors, which were all empty then; a mailer of such a version may
// run on while newer programs write actors.
TEST_P(ChainTest, SealsOfEarlierVersionsHoldAndSayWhatTheyDoNotProve) {
  const auto seal_as_before = [&](std::int64_t number, const std::string& id,
                                  const std::string& actor) {
    AuditRow row = a_row(id, kNow);
    row.actor = actor;
    add(row);
    value(database->write([&](Connection& c) {
      Audit audit(c);
      const auto previous = audit.newest_seal();
      AuditSeal seal = {number, kNow, 1, "", 1};
      seal.hash = seal_hash(previous ? previous->hash : "", seal, {row});
      audit.add_seal(seal, {row});
      return Done{};
    }));
  };
  seal_as_before(1, "old", "");
  EXPECT_EQ(verify().unproved_actors, 0);
  seal_as_before(2, "between", "sato");
  add(a_row("new", kNow + 1));
  EXPECT_EQ(seal(kNow + kMinute), 1);
  const AuditProof proof = verify();
  EXPECT_EQ(proof.fault, "");
  EXPECT_EQ(proof.seals, 3);
  EXPECT_EQ(proof.unproved_actors, 1);
  tamper({"UPDATE audit SET actor = 'tanaka' WHERE id = 'old'"});
  EXPECT_EQ(verify().unproved_actors, 2) << "who had none then has none now";
}

TEST_P(ChainTest, RowsAreAddedWhileOthersAreSealedByTwo) {
  constexpr int kRows = 60;
  std::atomic<int> adding = 2;
  std::vector<std::jthread> threads;
  for (int writer = 0; writer < 2; ++writer) {
    threads.emplace_back([&, name = std::string(1, static_cast<char>('a' + writer))] {
      for (int i = 0; i < kRows; ++i) add(a_row(name + std::to_string(i), kNow));
      --adding;
    });
  }
  std::atomic<std::int64_t> sealed = 0;
  for (int sealer = 0; sealer < 2; ++sealer) {
    threads.emplace_back([&] {
      do {
        sealed += seal(kNow + kMinute);
      } while (adding > 0);
    });
  }
  threads.clear();
  sealed += seal(kNow + kMinute);
  EXPECT_EQ(sealed, 2 * kRows);
  const AuditProof proof = verify();
  EXPECT_EQ(proof.fault, "");
  EXPECT_EQ(proof.rows, 2 * kRows);
  EXPECT_EQ(proof.unsealed, 0);
}

INSTANTIATE_TEST_SUITE_P(, ChainTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
