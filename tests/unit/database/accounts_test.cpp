// What belongs to an account: its changes, sessions and mailed links. On both databases.
#include <atomic>
#include <thread>

#include "support/test_database.h"

namespace portal {
namespace {

constexpr SessionLimits kLimits = {30 * kMinute, 12 * kHour};
constexpr EpochSeconds kNow = 1'700'000'000;

Account account_of(const std::string& id) {
  return an_account(id, "Mail-" + id + "@x.jp", "number-" + id);
}

WebSession a_session(const std::string& token_hash, const std::string& account_id,
                     EpochSeconds created_at, EpochSeconds seen_at) {
  WebSession session;
  session.token_hash = token_hash;
  session.account_id = account_id;
  session.created_at = created_at;
  session.seen_at = seen_at;
  session.client = "192.0.2.1";
  session.user_agent = "Browser";
  return session;
}

class AccountsTest : public EachDatabase {
 protected:
  void SetUp() override {
    EachDatabase::SetUp();
    if (IsSkipped()) return;
    in([](Connection& c) {
      EXPECT_TRUE(Accounts(c).add(account_of("1")));
      EXPECT_TRUE(Accounts(c).add(account_of("2")));
    });
  }
  template <class F>
  void in(const F& function) {
    value(database->write([&](Connection& c) {
      function(c);
      return Done{};
    }));
  }
};

TEST_P(AccountsTest, ChangesReachTheAccountAndNoOther) {
  in([](Connection& c) {
    Accounts table(c);
    EXPECT_TRUE(table.find("1")->active());
    EXPECT_EQ(table.find("1")->last_login_at, 0);
    EXPECT_EQ(table.find("1")->last_login_client, "");
    EXPECT_TRUE(table.set_phone("1", "0612345678"));
    EXPECT_TRUE(table.set_email("1", "New@x.jp", "new@x.jp"));
    EXPECT_TRUE(table.set_password("1", "new hash"));
    EXPECT_TRUE(table.set_last_login("1", 2000, "192.0.2.7"));
    EXPECT_TRUE(table.set_state("1", "disabled"));
    const auto changed = table.find_by_email("new@x.jp");
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->id, "1");
    EXPECT_EQ(changed->phone, "0612345678");
    EXPECT_EQ(changed->email, "New@x.jp");
    EXPECT_EQ(PasswordHashes(c).of("1"), "new hash");
    EXPECT_EQ(changed->last_login_at, 2000);
    EXPECT_EQ(changed->last_login_client, "192.0.2.7");
    EXPECT_FALSE(changed->active());
    const auto other = table.find("2");
    EXPECT_TRUE(other && other->active() && other->phone == "0312345678");
    EXPECT_TRUE(table.set_state("1", "active"));
    EXPECT_TRUE(table.find("1")->active());
  });
}

TEST_P(AccountsTest, IsLockedAsLongAsItHasTheAddress) {
  in([](Connection& c) {
    Accounts table(c);
    const std::string email = table.find("1")->email;
    EXPECT_TRUE(table.lock("1", email));
    EXPECT_FALSE(table.lock("2", email));
    EXPECT_FALSE(table.lock("nobody", email));
    EXPECT_TRUE(table.set_email("1", "New@x.jp", "new@x.jp"));
    EXPECT_FALSE(table.lock("1", email));
    EXPECT_TRUE(table.lock("1", "New@x.jp"));
  });
}

TEST_P(AccountsTest, ChangesOfNoAccountAreRefused) {
  in([](Connection& c) {
    Accounts table(c);
    EXPECT_FALSE(table.find("nobody"));
    EXPECT_FALSE(table.set_phone("nobody", "0612345678"));
    EXPECT_FALSE(table.set_email("nobody", "New@x.jp", "new@x.jp"));
    EXPECT_FALSE(table.set_password("nobody", "hash"));
    EXPECT_FALSE(table.set_last_login("nobody", 2000, ""));
    EXPECT_FALSE(table.set_state("nobody", "disabled"));
    EXPECT_FALSE(table.remove("nobody"));
  });
  const auto state =
      database->write([](Connection& c) { return Accounts(c).set_state("1", "asleep"); });
  ASSERT_FALSE(state);
  EXPECT_EQ(state.error().kind, Error::Kind::kRefused);
}

TEST_P(AccountsTest, AnotherAccountsAddressIsRefusedOnesOwnInOtherLettersIsNot) {
  in([](Connection& c) {
    Accounts table(c);
    EXPECT_FALSE(table.set_email("1", "mail-2@x.jp", "mail-2@x.jp"));
    EXPECT_EQ(table.find("1")->email, "Mail-1@x.jp");
    EXPECT_TRUE(table.set_email("1", "MAIL-1@x.jp", "mail-1@x.jp"));
    EXPECT_EQ(table.find("1")->email, "MAIL-1@x.jp");
  });
}

TEST_P(AccountsTest, RemovingOneTakesItsSessionsAndLinksAndFreesTheClinic) {
  in([](Connection& c) {
    WebSessions(c).add(a_session("s1", "1", kNow, kNow));
    WebSessions(c).add(a_session("s2", "2", kNow, kNow));
    AccountLinks(c).add({"l1", "1", std::string(kResetPurpose), "", kNow, 0});
    EXPECT_TRUE(Accounts(c).remove("1"));
    EXPECT_FALSE(WebSessions(c).find("s1", kNow, kLimits));
    EXPECT_TRUE(WebSessions(c).find("s2", kNow, kLimits));
    EXPECT_FALSE(AccountLinks(c).find("l1"));
    auto next = account_of("3");
    next.number = a_number("number-1");
    next.email_key = "mail-1@x.jp";
    EXPECT_TRUE(Accounts(c).add(next));
  });
}

TEST_P(AccountsTest, ASessionEndsByIdlenessAndByAge) {
  in([](Connection& c) {
    WebSessions table(c);
    auto session = a_session("s", "1", kNow, kNow);
    session.user_agent = "Mozilla \x8a\xae";  // no UTF-8: that must not keep anyone out
    table.add(session);
    const auto found = table.find("s", kNow, kLimits);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->account_id, "1");
    EXPECT_EQ(found->created_at, kNow);
    EXPECT_EQ(found->client, "192.0.2.1");
    EXPECT_EQ(found->user_agent, "Mozilla ??");
    EXPECT_TRUE(table.find("s", kNow + kLimits.idle - 1, kLimits));
    EXPECT_FALSE(table.find("s", kNow + kLimits.idle, kLimits));
    table.touch("s", kNow + kMinute);
    table.touch("s", kNow);  // came late: never back
    EXPECT_EQ(table.find("s", kNow, kLimits)->seen_at, kNow + kMinute);
    EXPECT_TRUE(table.find("s", kNow + kLimits.idle, kLimits));
    const EpochSeconds end = kNow + kLimits.lifetime;
    table.touch("s", end);
    EXPECT_TRUE(table.find("s", end - 1, kLimits));
    EXPECT_FALSE(table.find("s", end, kLimits));
    EXPECT_TRUE(table.of_account("1", end, kLimits).empty());
    EXPECT_FALSE(table.find("nobody", kNow, kLimits));
  });
}

TEST_P(AccountsTest, ADisabledAccountHasNoSession) {
  in([](Connection& c) {
    WebSessions(c).add(a_session("s", "1", kNow, kNow));
    Accounts(c).set_state("1", "disabled");
    EXPECT_FALSE(WebSessions(c).find("s", kNow, kLimits));
    Accounts(c).set_state("1", "active");
    EXPECT_TRUE(WebSessions(c).find("s", kNow, kLimits));
  });
}

TEST_P(AccountsTest, SessionsAreListedNewestFirstAndEnded) {
  in([](Connection& c) {
    WebSessions table(c);
    table.add(a_session("old", "1", kNow - 20, kNow));
    table.add(a_session("new", "1", kNow, kNow));
    table.add(a_session("middle", "1", kNow - 10, kNow));
    table.add(a_session("other", "2", kNow, kNow));
    const auto rows = table.of_account("1", kNow, kLimits);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].token_hash, "new");
    EXPECT_EQ(rows[2].token_hash, "old");
    EXPECT_FALSE(table.remove("1", "other")) << "another account's";
    EXPECT_TRUE(table.remove("1", "old"));
    EXPECT_FALSE(table.remove("1", "old"));
    EXPECT_EQ(table.remove_all("1", "new"), 1);
    EXPECT_TRUE(table.find("new", kNow, kLimits));
    EXPECT_EQ(table.remove_all("1", ""), 1);
    EXPECT_TRUE(table.find("other", kNow, kLimits));
  });
}

TEST_P(AccountsTest, PurgeTakesTheSessionsThatEnded) {
  in([](Connection& c) {
    WebSessions table(c);
    table.add(a_session("idle", "1", kNow - kHour, kNow - kLimits.idle));
    table.add(a_session("old", "1", kNow - kLimits.lifetime, kNow));
    table.add(a_session("good", "1", kNow - kHour, kNow - kLimits.idle + 1));
    EXPECT_EQ(table.purge(kNow, kLimits, 1), 1);
    EXPECT_EQ(table.purge(kNow, kLimits, 10), 1);
    EXPECT_EQ(table.purge(kNow, kLimits, 10), 0);
    EXPECT_TRUE(table.find("good", kNow, kLimits));
  });
}

TEST_P(AccountsTest, ALinkIsUsedOnceWhoeverComes) {
  in([](Connection& c) {
    AccountLinks(c).add({"l", "1", std::string(kEmailChangePurpose), "New@x.jp", kNow, 0});
    const auto link = AccountLinks(c).find("l");
    ASSERT_TRUE(link);
    EXPECT_EQ(link->account_id, "1");
    EXPECT_EQ(link->purpose, kEmailChangePurpose);
    EXPECT_EQ(link->email, "New@x.jp");
    EXPECT_EQ(link->sent_at, kNow);
    EXPECT_EQ(link->used_at, 0);
    EXPECT_FALSE(AccountLinks(c).find("nobody"));
    EXPECT_FALSE(AccountLinks(c).use("nobody", kNow));
  });
  std::atomic<int> uses = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      if (value(database->write([](Connection& c) { return AccountLinks(c).use("l", kNow + 9); })))
        ++uses;
    });
  }
  threads.clear();
  EXPECT_EQ(uses, 1);
  in([](Connection& c) {
    EXPECT_EQ(AccountLinks(c).find("l")->used_at, kNow + 9);
    EXPECT_EQ(AccountLinks(c).purge(kNow, 10), 0);
    EXPECT_EQ(AccountLinks(c).purge(kNow + 1, 10), 1);
    EXPECT_FALSE(AccountLinks(c).find("l"));
  });
}

TEST_P(AccountsTest, ALinkIsOfAnAccountAndForAPurpose) {
  const AccountLink wrong[] = {{"l", "nobody", std::string(kResetPurpose), "", kNow, 0},
                               {"l", "1", "fun", "", kNow, 0}};
  for (const AccountLink& link : wrong) {
    const auto done = database->write([&](Connection& c) {
      AccountLinks(c).add(link);
      return Done{};
    });
    ASSERT_FALSE(done) << link.purpose;
    EXPECT_EQ(done.error().kind, Error::Kind::kRefused);
  }
}

TEST_P(AccountsTest, AMailKnowsItsAccount) {
  in([](Connection& c) {
    auto mail = a_mail("m", "");
    mail.account_id = "1";
    Outbox(c).add(mail);
    EXPECT_EQ(Outbox(c).lease("test", 1000, 60, 1).at(0).account_id, "1");
  });
}

INSTANTIATE_TEST_SUITE_P(, AccountsTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
