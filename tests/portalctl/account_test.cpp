// portalctl account, audit and purge: from an account in the database to what is printed.
#include <map>
#include <memory>

#include "core/database/database.h"
#include "core/database/engine/connection.h"
#include "core/database/tables.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

constexpr SessionLimits kLimits = {kHour, kDay};
const std::string kNumber = "契0123456-7-8";

class AccountVerbs : public MigratedPortal {
 protected:
  void SetUp() override {
    MigratedPortal::SetUp();
    Account account = an_account("account-1", "Hanako@example.jp", kNumber);
    account.created_at = 1'700'000'000;
    EXPECT_TRUE(on([&](Connection& c) { return Accounts(c).add(account); }));
    // Not by an import, which is in the audit.
    EXPECT_TRUE(on([](Connection& c) { return Roster(c).put(a_clinic(kNumber, "みなと整骨院")); }));
  }

  std::vector<AuditRow> audit() {
    return on([](Connection& c) { return Audit(c).list({}); });
  }
  void add_session(const std::string& hash, EpochSeconds seen_at) {
    on([&](Connection& c) {
      WebSession session;
      session.token_hash = hash;
      session.account_id = "account-1";
      session.created_at = seen_at;
      session.seen_at = seen_at;
      WebSessions(c).add(session);
      return Done{};
    });
  }
  void expect_refused(const std::string& arguments, int status, std::string_view words) {
    const auto ran = run(arguments + " </dev/null");
    EXPECT_EQ(ran.status, status) << arguments << ": " << ran.error;
    expect_has(ran.error, words);
    EXPECT_EQ(ran.out, "") << arguments;
    EXPECT_TRUE(audit().empty()) << arguments;
  }
};

TEST_F(AccountVerbs, ShowFindsByAddressAndByNumber) {
  on([](Connection& c) {
    return Accounts(c).set_last_login("account-1", 1'700'000'060, "192.0.2.1");
  });
  for (const char* which : {"HANAKO@example.jp", "契0123456-7-8", "契０１２３４５６７８"}) {
    const auto ran = run(std::string("account show ") + which);
    EXPECT_EQ(ran.status, 0) << which << ran.error;
    for (const char* line :
         {"name: 髙﨑 花子\n", "clinic_name: みなと整骨院\n",
          "registration_number: 契0123456-7-8\n", "email: H***@example.jp\n", "state: active\n",
          "registered: 2023-11-15 07:13:20 JST\n", "last_login: 2023-11-15 07:14:20 JST\n",
          "last_login_from: 192.0.2.1\n"}) {
      expect_has(ran.out, line);
    }
  }
  expect_has(run("account show --full hanako@example.jp").out, "email: Hanako@example.jp\n");
  const auto json = run("account show --json --full hanako@example.jp");
  expect_has(json.out, "{\"name\":\"髙﨑 花子\",\"clinic_name\":\"みなと整骨院\",");
  expect_has(json.out, "\"email\":\"Hanako@example.jp\"");
  EXPECT_EQ(json.out.find('\n'), json.out.size() - 1);
}

TEST_F(AccountVerbs, WhatIsUnknownOrIncompleteIsRefused) {
  expect_refused("account show nobody@example.jp", 1, "nobody@example.jp has no account");
  expect_refused("account show 契9900000-0-0", 1, "契9900000-0-0 has no account");
  expect_refused("account show hanako", 1, "neither an address nor a number");
  expect_refused("account disable --yes --reason x nobody@example.jp", 1, "has no account");
  expect_refused("account disable --yes hanako@example.jp", 2, "--reason TEXT is missing");
  expect_refused("account disable --yes --reason ' ' hanako@example.jp", 2, "not a line of text");
  expect_refused("account disable --yes --reason \"$(printf 'a\\nb')\" hanako@example.jp", 2,
                 "not a line of text");
  expect_refused("account disable --yes --reason $(printf '%0201d' 1) hanako@example.jp", 2,
                 "longer than 200 characters");
  expect_refused("account disable --reason x hanako@example.jp", 2, "give --yes");
  expect_refused("account enable --yes --reason x hanako@example.jp", 1, "is not disabled");
  expect_refused("account release --yes --reason x hanako@example.jp", 1,
                 "not a registration number");
  expect_refused("account release --yes --reason x 契9900000-0-0", 1, "has no account");
  expect_refused("account show --yes hanako@example.jp", 2, "account show takes no --yes");
  expect_refused("account show", 2, "account show takes ADDRESS|NUMBER");
}

TEST_F(AccountVerbs, DisableEndsTheSessionsAndEnableOpensAgain) {
  add_session("s1", system_now());
  add_session("s2", system_now());
  const auto disabled = run("account disable --yes --reason '電話での依頼' hanako@example.jp");
  EXPECT_EQ(disabled.status, 0) << disabled.error;
  EXPECT_EQ(disabled.out, kNumber + ": disabled, 2 sessions ended\n");
  EXPECT_FALSE(on([](Connection& c) { return Accounts(c).find("account-1"); })->active());
  EXPECT_TRUE(on([](Connection& c) {
                return WebSessions(c).of_account("account-1", system_now(), kLimits);
              }).empty());
  expect_has(run("account show hanako@example.jp").out, "state: disabled\n");
  const auto again = run("account disable --yes --reason x hanako@example.jp");
  EXPECT_EQ(again.status, 1);
  expect_has(again.error, "disabled already");
  EXPECT_EQ(run("account enable --yes --reason y " + kNumber).status, 0);
  EXPECT_TRUE(on([](Connection& c) { return Accounts(c).find("account-1"); })->active());
  const auto rows = audit();
  ASSERT_EQ(rows.size(), 2U) << "what was refused is not in it";
  std::map<std::string, std::string> details;  // both may be of the same second
  for (const auto& row : rows) {
    EXPECT_EQ(row.account_id, "account-1");
    EXPECT_EQ(row.network, "");
    details[row.event] = row.detail;
  }
  EXPECT_EQ(details["account_disabled"], "電話での依頼");
  EXPECT_EQ(details["account_enabled"], "y");
}

using AccountVerbsOnTerminal = OnTerminal<AccountVerbs>;

// On a terminal it asks.
TEST_F(AccountVerbsOnTerminal, AnythingButYesChangesNothing) {
  const auto answer = [&](const std::string& text) {
    return run_on_terminal("account disable --reason x hanako@example.jp", text);
  };
  for (const char* text : {"no", "", "y", "yes!"}) {
    const Ran ran = answer(text);
    EXPECT_EQ(ran.status, 1) << text;
    expect_has(ran.out, "Disable the account of " + kNumber + " (髙﨑 花子)? Type yes: ");
    expect_has(ran.out, "nothing was changed");
  }
  EXPECT_TRUE(audit().empty());
  const Ran ran = answer("yes");
  EXPECT_EQ(ran.status, 0);
  expect_has(ran.out, "disabled, 0 sessions ended");
  EXPECT_EQ(audit().size(), 1U);
}

TEST_F(AccountVerbs, UnlockForgetsThePausesOfThatAccount) {
  constexpr ThrottlePolicy kPolicy = {0, 1, 900, 3600};
  const auto take = [&](std::string_view key) {
    return on([&](Connection& c) { return Throttles(c).take(key, system_now(), kPolicy); }).wait;
  };
  const auto keys = {"account:account-1|a", "account:account-1|b", "device:account-1|a",
                     "attacked:account-1", "told:account-1"};
  const auto others = {"account:account-10|a", "device:account-10|a", "attacked:account-10",
                       "told:other"};
  for (const char* key : keys) take(key);
  for (const char* key : others) take(key);
  const auto ran = run("account unlock --yes --reason x hanako@example.jp");
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out, kNumber + ": unlocked, 3 throttles forgotten\n");
  for (const char* key : keys) EXPECT_EQ(take(key), 0) << key;
  for (const char* key : others) EXPECT_GT(take(key), 0) << key;
  EXPECT_EQ(audit().at(0).event, "account_unlocked");
}

TEST_F(AccountVerbs, ReleaseFreesTheClinicAndTellsTheOwner) {
  const auto ran = run("account release --yes --reason '開設者の変更' " + kNumber);
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "released");
  EXPECT_FALSE(on([](Connection& c) { return Accounts(c).find_by_number(a_number(kNumber)); }));
  const auto mails = on([](Connection& c) { return Outbox(c).lease("t", system_now(), 1, 9); });
  ASSERT_EQ(mails.size(), 1U);
  EXPECT_EQ(mails[0].kind, "account_released");
  EXPECT_EQ(mails[0].recipient, "Hanako@example.jp");
  EXPECT_EQ(mails[0].account_id, "account-1");
  ASSERT_EQ(audit().size(), 1U);
  EXPECT_EQ(audit()[0].event, "account_released");
  EXPECT_EQ(audit()[0].detail, "開設者の変更");
}

TEST_F(AccountVerbs, AuditIsListedByWhatIsAskedFor) {
  on([](Connection& c) {
    Audit(c).add({"1", 1'700'000'000, "login", "account-1", "192.0.2.1", "r1", "", "web:member"});
    Audit(c).add({"2", 1'700'100'000, "logout", "account-1", "192.0.2.1", "r2", ""});
    Audit(c).add({"3", 1'700'200'000, "login_refused", "account-2", "192.0.2.9", "r3", "wrong"});
    return Done{};
  });
  const std::string first =
      "2023-11-15 07:13:20 JST login actor=web:member account=account-1 network=192.0.2.1 "
      "request=r1\n";
  const std::string second =
      "2023-11-16 11:00:00 JST logout account=account-1 network=192.0.2.1 request=r2\n";
  const std::string third =
      "2023-11-17 14:46:40 JST login_refused account=account-2 network=192.0.2.9 request=r3 "
      "detail=wrong\n";
  const std::pair<const char*, std::string> cases[] = {
      {"", first + second + third},
      {"--account hanako@example.jp", first + second},
      {"--account 契0123456-7-8 --event logout", second},
      {"--account account-2", third},
      {"--account nobody", ""},
      {"--event login_refused", third},
      {"--actor web:member", first},
      {"--actor sato", ""},
      {"--since 2023-11-16", second + third},
      {"--since 2023-11-16T11:00", second + third},
      {"--since 2023-11-16T11:01", third},
  };
  for (const auto& [options, expected] : cases) {
    const auto ran = run(std::string("audit list ") + options);
    EXPECT_EQ(ran.status, 0) << options << ran.error;
    EXPECT_EQ(ran.out, expected) << options;
  }
  EXPECT_EQ(run("audit --json --event login").out, run("audit list --json --event login").out);
  EXPECT_EQ(run("audit list --json --event login").out,
            "{\"time\":\"2023-11-15 07:13:20 JST\",\"event\":\"login\",\"actor\":\"web:member\","
            "\"account\":\"account-1\","
            "\"network\":\"192.0.2.1\",\"request\":\"r1\",\"detail\":\"\",\"id\":\"1\"}\n");
  for (const char* options : {"--event logim", "--since yesterday", "--since 2023-13-01",
                              "--since 2023-02-30", "--since 2023-11-16T25:00", "--full"}) {
    EXPECT_EQ(run(std::string("audit list ") + options).status, 2) << options;
  }
}

TEST_F(AccountVerbs, AuditIsSealedAndVerified) {
  on([](Connection& c) {
    for (const char* id : {"1", "2"}) Audit(c).add({id, 1'700'000'000, "login", "a", "", "", ""});
    return Done{};
  });
  EXPECT_EQ(run("audit seal").out, "2 rows sealed\n");
  EXPECT_EQ(run("audit seal").out, "0 rows sealed\n");
  const auto whole = run("audit verify");
  EXPECT_EQ(whole.status, 0) << whole.error;
  expect_has(whole.out,
             "seals: 1\nrows: 2\nnot sealed yet: 0\nactors not sealed: 0\nnewest seal: ");
  on([](Connection& c) {
    c.execute_once(c.is_postgresql() ? "DROP TRIGGER audit_append_only ON audit"
                                     : "DROP TRIGGER audit_no_update");
    c.execute_once("UPDATE audit SET event = 'logout' WHERE id = '2'");
    return Done{};
  });
  const auto changed = run("audit verify");
  EXPECT_EQ(changed.status, 1);
  EXPECT_EQ(changed.out, "");
  expect_has(changed.error, "seal 1: its rows, their order, or the seal itself were changed");
}

TEST_F(AccountVerbs, PurgeTakesWhatHasExpired) {
  const EpochSeconds now = system_now();
  add_session("old", now - 2 * kDay);
  add_session("new", now);
  on([&](Connection& c) {
    for (int i = 0; i < 501; ++i)
      Drafts(c).add({std::to_string(i), "sealed", now - kPurgeDelay - 1});
    Drafts(c).add({"kept", "sealed", now + kHour});
    AccountLinks(c).add({"old", "account-1", std::string(kResetPurpose), "", now - 3 * kDay, 0});
    AccountLinks(c).add({"new", "account-1", std::string(kResetPurpose), "", now, 0});
    for (const char* id : {"pending", "left", "account-1"}) {
      Registration registration;
      registration.number = a_number(kNumber);
      registration.id = id;
      registration.draft_id = id;
      registration.signup_hash = id;
      registration.expires_at = now - kPurgeDelay - 1;
      Registrations(c).add(registration);
    }
    for (const char* id : {"left", "account-1"})
      EXPECT_TRUE(Registrations(c).mark_activated(id, "", now - kDay));
    Throttles(c).take("old", now - 3 * kDay, {1, 2, 3, 4});
    Throttles(c).take("new", now, {1, 2, 3, 4});
    KnownDevices(c).add("account-1", "old", now - 401 * kDay, 9);
    KnownDevices(c).add("account-1", "new", now - 399 * kDay, 9);
    return Done{};
  });
  const auto ran = run("purge");
  EXPECT_EQ(ran.status, 0) << ran.error;
  const std::string expected =
      "drafts: 501\nregistrations: 2\nsessions: 1\naccount links: 1\nthrottles: 1\n";
  EXPECT_TRUE(ran.out.starts_with(expected)) << ran.out;
  expect_has(ran.out, "known devices: 1\n");
  EXPECT_TRUE(on([&](Connection& c) { return Drafts(c).find("kept", now); }));
  EXPECT_TRUE(on([](Connection& c) { return Registrations(c).find("account-1"); }));
  EXPECT_TRUE(on([&](Connection& c) { return WebSessions(c).find("new", now, kLimits); }));
}

TEST_F(Portalctl, WithoutADatabaseTheyAre1) {
  for (const char* verb :
       {"account show a@example.jp", "audit list", "audit verify", "audit seal", "purge",
        "registration list", "mail list", "mail show x", "mail retry all-failed",
        "account unlock --yes --reason x a@example.jp"}) {
    const auto ran = run(verb);
    EXPECT_EQ(ran.status, 1) << verb;
    expect_has(ran.error, "run `portalctl migrate`");
  }
}

}  // namespace
}  // namespace portalctl_test
