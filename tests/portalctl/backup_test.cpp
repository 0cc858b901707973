// portalctl backup, restore and restored: what they print, refuse and leave, and the copy while
// others write.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <iterator>
#include <set>
#include <thread>

#include <unistd.h>

#include "core/database/engine/connection.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;
using std::chrono::steady_clock;

class BackupVerbs : public MigratedPortal {
 protected:
  // A registration and its mail, in one transaction.
  static Result<Done> register_one(Database& database, int number) {
    return database.write([&](Connection& c) {
      Registration row;
      row.id = std::to_string(number);
      row.draft_id = "draft-" + row.id;
      row.signup_hash = "signup-" + row.id;
      row.number = a_number("契0123456-7-8");
      row.email = "taro@example.jp";
      row.email_key = row.email;
      row.expires_at = system_now() + kDay;
      Registrations(c).add(row);
      OutboxRow mail;
      mail.id = "mail-" + row.id;
      mail.kind = "activation";
      mail.registration_id = row.id;
      mail.recipient = row.email;
      Outbox(c).add(mail);
      return Done{};
    });
  }
};

TEST_F(BackupVerbs, BackupSaysWhatIsInIt) {
  ASSERT_TRUE(register_one(*database, 1));
  const auto made = run("backup " + file("copy.db"));
  EXPECT_EQ(made.status, 0) << made.error;
  expect_has(made.out, "file: " + file("copy.db") +
                           "\nbytes: " + std::to_string(fs::file_size(file("copy.db"))) +
                           "\noutbox: 1\nregistration: 1\n");
  const auto again = run("backup " + file("copy.db"));
  EXPECT_EQ(again.status, 1);
  expect_has(again.error, "copy.db is there already");
  const auto json = run("backup --json " + file("other.db"));
  EXPECT_EQ(json.status, 0) << json.error;
  expect_has(json.out, "{\"table\":\"registration\",\"rows\":1}\n");

  write("none.conf", "database.connection = " + file("none.db") + "\n");
  const auto none = run("backup " + file("none.copy"), "none.conf");
  EXPECT_EQ(none.status, 1);
  expect_has(none.error, "is not there");
  EXPECT_FALSE(fs::exists(folder / "none.copy"));
}

TEST_F(BackupVerbs, PostgreSQLHasACommandToPaste) {
  write("postgresql.conf",
        "database.connector = PostgreSQL\n"
        "database.connection = host=db.example.jp password=geheim user=portal  dbname=portal\n");
  const auto ran = run("backup \"" + file("it's.dump") + "\"", "postgresql.conf");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "(umask 077; pg_dump --format=custom --file='" + file("it'\\''s.dump") +
                         "' 'host=db.example.jp user=portal dbname=portal sslmode=require')\n");
  expect_has(ran.error, "PostgreSQL has its own program");
}

// Ten backups while two write without a pause: each has as many mails as registrations, is whole,
// and is not older than when it was begun.
TEST_F(BackupVerbs, BackupsUnderLoadAreConsistent) {
  std::atomic<bool> enough = false;
  std::atomic<int> written = 0;
  std::array<std::string, 2> failure = {};   // the last one of each
  std::array<std::int64_t, 2> longest = {};  // microseconds, of each
  const auto work = [&](std::size_t from) {
    Settings settings;
    ASSERT_TRUE(settings.set("database.connection", file("portal.db")));
    Database own(settings, Durability::kRelaxed, 1);
    for (int i = static_cast<int>(from); !enough; i += 2) {
      const auto start = steady_clock::now();
      if (const auto done = register_one(own, i); !done) failure[from] = done.error().message;
      const auto took =
          std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start);
      longest[from] = std::max<std::int64_t>(longest[from], took.count());
      ++written;
    }
  };
  std::thread even(work, 0);
  std::thread odd(work, 1);
  int meanwhile = 0;
  for (int i = 0; i < 10; ++i) {
    const int before = written;
    const std::string copy = file("copy" + std::to_string(i));
    const auto made = run("backup " + copy);
    EXPECT_EQ(made.status, 0) << made.error;
    meanwhile += written - before;
    Settings settings;
    EXPECT_TRUE(settings.set("database.connection", copy));
    Database restored(settings, Durability::kRelaxed, 1);
    const auto rows = restored.read([](Connection& c) {
      return std::pair(Registrations(c)
                           .list({.email_key = "", .number = {}, .state = "", .most = 1 << 30}, 0)
                           .size(),
                       Outbox(c).counts());
    });
    if (!rows) {
      ADD_FAILURE() << rows.error().message;
      continue;
    }
    EXPECT_GE(static_cast<int>(rows->first), before - 1);
    const auto mails = rows->second.empty() ? 0 : rows->second.front().rows;
    EXPECT_EQ(static_cast<std::int64_t>(rows->first), mails);
  }
  enough = true;
  even.join();
  odd.join();
  EXPECT_EQ(failure[0] + failure[1], "");
  EXPECT_GT(meanwhile, 10);
  std::cout << meanwhile << " writes during 10 backups, the longest "
            << std::max(longest[0], longest[1]) << " us\n";
}

TEST_F(BackupVerbs, RestoredEndsWhatIsPast) {
  on([](Connection& c) {
    Account account;
    account.id = "a";
    account.number = a_number("契0123456-7-8");
    account.email = "taro@example.jp";
    account.email_key = account.email;
    account.password_hash = "$argon2id$";
    Accounts(c).add(account);
    WebSession session;
    session.token_hash = "s";
    session.account_id = "a";
    session.created_at = session.seen_at = system_now();
    WebSessions(c).add(session);
    AccountLink link;
    link.token_hash = "l";
    link.account_id = "a";
    link.purpose = kResetPurpose;
    link.sent_at = system_now();
    AccountLinks(c).add(link);
  });
  ASSERT_TRUE(register_one(*database, 1));
  ASSERT_TRUE(register_one(*database, 2));
  on([](Connection& c) {
    Outbox outbox(c);
    outbox.lease("mailer", system_now(), kHour, 1);
    return Done{};
  });

  const auto silent = run("restored --yes");
  EXPECT_EQ(silent.status, 2);
  expect_has(silent.error, "--reason TEXT is missing");
  const auto ran = run("restored --yes --reason 'disk lost'");
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out, "sessions ended: 1\nlinks ended: 1\nmails withheld: 2\n");
  EXPECT_EQ(run("restored --yes --reason again").out,
            "sessions ended: 0\nlinks ended: 0\nmails withheld: 0\n");
  on([](Connection& c) {
    EXPECT_NE(AccountLinks(c).find("l")->used_at, 0);
    EXPECT_EQ(Outbox(c).find("mail-1")->last_reply, "a backup was restored: disk lost");
    EXPECT_FALSE(Outbox(c).mark_sent("mail-1", "mailer", 1, ""));
  });
  expect_has(run("mail list --state withheld").out, "id=mail-2");
  EXPECT_EQ(run("mail retry mail-2").status, 0);
  expect_has(run("audit list --event restored").out, "detail=disk lost");
}

class RestoreVerb : public BackupVerbs {
 protected:
  void SetUp() override {
    BackupVerbs::SetUp();
    backup = file("backup.db");
    ASSERT_TRUE(register_one(*database, 1));
    ASSERT_EQ(run("backup " + backup).status, 0);
    ASSERT_TRUE(register_one(*database, 2));
  }
  Ran restore(const std::string& more = "") {
    return run("restore " + backup + " --yes --reason 'disk lost' " + more);
  }
  static std::int64_t registrations(const std::string& path) {
    Settings settings;
    EXPECT_TRUE(settings.set("database.connection", path));
    Database own(settings, Durability::kFull, 1);
    const auto rows = own.read([](Connection& c) {
      return Registrations(c)
          .list({.email_key = "", .number = {}, .state = "", .most = 100}, 0)
          .size();
    });
    EXPECT_TRUE(rows) << (rows ? "" : rows.error().message);
    return rows ? static_cast<std::int64_t>(*rows) : -1;
  }
  std::string kept() const {
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename();
      if (name.starts_with("portal.db.before-restore-")) return entry.path();
    }
    return "";
  }

  std::string backup;
};

TEST_F(RestoreVerb, PutsTheBackupThereAndKeepsWhatWasThere) {
  database.reset();
  fs::permissions(file("portal.db"), fs::perms(0640));
  const auto ran = restore();
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "the old one is kept: " + kept() + "\n");
  expect_has(ran.out, "sessions ended: 0\nlinks ended: 0\nmails withheld: 1\n");
  EXPECT_EQ(fs::status(file("portal.db")).permissions(), fs::perms(0640));
  EXPECT_EQ(registrations(file("portal.db")), 1);
  EXPECT_EQ(registrations(kept()), 2);
  EXPECT_EQ(registrations(backup), 1);
  expect_has(run("audit list --event restored").out, "detail=disk lost");
  const auto json = restore("--json");
  EXPECT_EQ(json.status, 0) << json.error;
  expect_has(json.out, "\"mails_withheld\":1}\n");
}

TEST_F(RestoreVerb, RefusesWhileAProgramHasTheDatabaseOpen) {
  const auto ran = restore();
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "is in use: portalctl_test (process " + std::to_string(getpid()) + ")");
  EXPECT_EQ(registrations(file("portal.db")), 2);
  EXPECT_EQ(kept(), "");
}

TEST_F(RestoreVerb, RefusesWhatIsNoWholeBackupOfThePortal) {
  database.reset();
  write("text.db",
        "no database at all, but long enough to have a header of one hundred bytes, as "
        "it would have if it were one of SQLite's.");
  fs::copy_file(backup, file("damaged.db"));
  fs::resize_file(file("damaged.db"), fs::file_size(backup) / 2);
  fs::copy_file(backup, file("newer.db"));
  fs::copy_file(backup, file("changed.db"));
  const auto change = [&](const char* name, const char* sql) {
    Settings settings;
    EXPECT_TRUE(settings.set("database.connection", file(name)));
    Database own(settings, Durability::kFull, 1);
    const auto done = own.write([&](Connection& c) {
      c.execute_once(sql);
      return Done{};
    });
    EXPECT_TRUE(done) << done.error().message;
  };
  change("newer.db", "INSERT INTO schema_migration VALUES (99, 'next', 0)");
  change("changed.db",
         "INSERT INTO audit_seal (number, sealed_at, row_count, hash) VALUES (1, 1, 1, 'x')");
  const struct {
    const char* name;
    const char* words;
  } cases[] = {
      {"none.db", "is not there"},
      {"text.db", "not a database"},
      {"damaged.db", "malformed"},
      {"newer.db", "newer than this program"},
      {"changed.db", "the audit of the backup was changed: seal 1"},
      {"portal.db", "is the database itself"},
  };
  for (const auto& [name, words] : cases) {
    const auto ran = run("restore " + file(name) + " --yes --reason x");
    EXPECT_EQ(ran.status, 1) << name;
    expect_has(ran.error, words);
    EXPECT_EQ(kept(), "") << name;
    EXPECT_FALSE(fs::exists(file("portal.db.restoring"))) << name;
  }
  EXPECT_EQ(registrations(file("portal.db")), 2);
}

TEST_F(RestoreVerb, BringsAnOlderBackupUpToThisVersion) {
  database.reset();
  fs::create_directory(file("sql"));
  std::set<fs::path> migrations;
  for (const auto& entry : fs::directory_iterator(PORTAL_SOURCE_DIR "/sql")) {
    if (entry.path().filename().string().starts_with("0")) migrations.insert(entry.path());
  }
  migrations.erase(std::prev(migrations.end()));
  for (const auto& each : migrations) fs::copy_file(each, folder / "sql" / each.filename());
  fs::remove(file("portal.db"));
  fs::remove(backup);
  const auto older = run("migrate --directory " + file("sql"));
  ASSERT_EQ(older.status, 0) << older.error;
  ASSERT_EQ(run("backup " + backup).status, 0);
  const auto ran = restore();
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "migrations applied: ");
  EXPECT_EQ(run("migrate --pending").out, "0\n");
}

TEST_F(RestoreVerb, PostgreSQLHasACommandToPaste) {
  write("postgresql.conf",
        "database.connector = PostgreSQL\n"
        "database.connection = host=db.example.jp password=geheim user=portal dbname=portal\n");
  const auto ran = run("restore " + file("portal.dump") + " --yes --reason x", "postgresql.conf");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out,
            "pg_restore --clean --if-exists --no-owner --single-transaction "
            "--dbname='host=db.example.jp user=portal dbname=portal sslmode=require' '" +
                file("portal.dump") + "'\n");
  expect_has(ran.error, "PostgreSQL has its own program");
}

}  // namespace
}  // namespace portalctl_test
