// 0009_operators.sql on a database of the version before: which letters had left, as far as that
// can be known, and an audit that is as it was. On both databases.
#include <algorithm>
#include <map>

#include "core/database/engine/connection.h"
#include "support/test_database.h"

namespace portal {
namespace {

namespace fs = std::filesystem;

constexpr EpochSeconds kThen = 1'700'000'000;

class OperatorsMigration : public testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    settings = sqlite_settings(folder.file("portal.db"));
    if (GetParam() == "PostgreSQL") {
      const auto postgresql = new_postgresql();
      if (!postgresql) GTEST_SKIP() << "PostgreSQL is not installed";
      settings = *postgresql;
    }
    database = std::make_unique<Database>(settings, Durability::kRelaxed, 1);
    fs::create_directory(folder.file("earlier"));
    for (const auto& file : fs::directory_iterator(kMigrations)) {
      const std::string name = file.path().filename();
      if (name >= "0001" && name < "0009") fs::copy(file.path(), folder.file("earlier/" + name));
    }
    value(database->migrate(folder.file("earlier")));
  }
  void execute(const std::string& sql, const Values& values = {}) {
    value(database->write([&](Connection& c) {
      c.execute(sql, values);
      return Done{};
    }));
  }
  void add_registration(const std::string& id) {
    execute(
        "INSERT INTO registration (id, draft_id, signup_hash, family_name, given_name, "
        "registration_number, phone, email, email_key, password_hash, created_at, expires_at, "
        "activated_at) VALUES ($1, $2, $3, '', '', '契0123456-7-8', '', '', '', '', 1, 2, 0)",
        {id, id, id});
  }
  void add_mail(const std::string& id, const std::string& kind, const std::string& state,
                const std::string& registration) {
    execute(
        "INSERT INTO outbox (id, kind, registration_id, account_id, recipient, network, state, "
        "created_at, next_attempt_at, attempts, lease_owner, leased_until, done_at, last_reply) "
        "VALUES ($1, $2, $3, '', 'a@example.jp', '', $4, 1, 1, 1, '', 0, 1, '')",
        {id, kind, registration, state});
  }
  void add_attempt(const std::string& mail, EpochSeconds at, const std::string& outcome) {
    execute(
        "INSERT INTO mail_attempt (id, outbox_id, at, outcome, reply) VALUES ($1, $2, $3, $4, '')",
        {mail + std::to_string(at), mail, at, outcome});
  }
  void add_link(const std::string& registration, EpochSeconds sent_at) {
    execute("INSERT INTO activation_link VALUES ($1, $2, $3, 0)",
            {registration + std::to_string(sent_at), registration, sent_at});
  }

  Folder folder;
  Settings settings;
  std::unique_ptr<Database> database;
};

TEST_P(OperatorsMigration, SaysWhichLettersHadLeft) {
  add_registration("linked");
  add_mail("link", "activation", "sent", "linked");
  add_attempt("link", kThen, "try_later");
  add_attempt("link", kThen + 200, "delivered");
  add_link("linked", kThen - 1);
  add_link("linked", kThen + 199);
  add_mail("later", "activation", "bounced", "linked");  // the account had come into being
  add_attempt("later", kThen + 3600, "delivered");
  add_attempt("later", kThen + 3700, "bounced");
  add_mail("purged", "activation", "sent", "gone");
  add_attempt("purged", kThen, "delivered");
  add_mail("waits", "activation", "queued", "linked");
  add_attempt("waits", kThen, "try_later");
  add_mail("listed", "listed", "sent", "waiting");
  add_attempt("listed", kThen, "delivered");
  add_mail("reset", "reset", "sent", "");
  add_attempt("reset", kThen, "delivered");
  EXPECT_EQ(value(database->migrate(kMigrations)), 1);
  const std::map<std::string, std::string> letters = {
      {"link", "activation"}, {"later", "registered"}, {"purged", ""},
      {"waits", ""},          {"listed", "listed"},    {"reset", ""}};
  for (const auto& [id, letter] : letters) {
    value(database->read([&, mail = id, expected = letter](Connection& c) {
      EXPECT_EQ(Outbox(c).find(mail)->letter, expected) << mail;
      for (const MailAttempt& attempt : MailAttempts(c).of(mail)) {
        EXPECT_EQ(attempt.letter, attempt.outcome == "delivered" ? expected : "") << mail;
      }
      return Done{};
    }));
  }
}

TEST_P(OperatorsMigration, LeavesTheAuditAsItWas) {
  execute(
      "INSERT INTO audit (id, at, event, account_id, network, request_id, detail) "
      "VALUES ('a', 1, 'login', 'account', '192.0.2.1', 'request', 'detail')");
  execute("INSERT INTO audit_seal (number, sealed_at, row_count, hash) VALUES (1, 2, 1, 'hash')");
  execute("INSERT INTO audit_sealed (audit_id, seal_number, position) VALUES ('a', 1, 1)");
  EXPECT_EQ(value(database->migrate(kMigrations)), 1);
  value(database->read([](Connection& c) {
    const auto rows = Audit(c).sealed_by(1);
    EXPECT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows.at(0).actor, "");
    EXPECT_EQ(rows.at(0).detail, "detail");
    EXPECT_EQ(Audit(c).newest_seal()->format, 1);
    return Done{};
  }));
}

INSTANTIATE_TEST_SUITE_P(, OperatorsMigration, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
