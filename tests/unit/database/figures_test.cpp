// What the report counts, against rows that are known, on both databases.
#include <map>

#include "core/base/japan_time.h"
#include "support/test_database.h"

namespace portal {
namespace {

constexpr EpochSeconds kStart = 1'704'034'800;  // 2024-01-01 00:00 in Japan
constexpr EpochSeconds kEnd = kStart + 10 * kDay;
constexpr Period kPeriod = {kStart, kEnd};

class FiguresTest : public EachDatabase {
 protected:
  // One transaction, which must work.
  template <class F>
  void on(const F& function) {
    static_cast<void>(value(database->write([&](Connection& c) {
      function(c);
      return Done{};
    })));
  }
  template <class T>
  T figure(T (Figures::*asked)(const Period&)) {
    return value(database->read([&](Connection& c) { return (Figures(c).*asked)(kPeriod); }));
  }

  std::string next() { return std::to_string(++rows_); }

  void audit(EpochSeconds at, const std::string& event, const std::string& account,
             const std::string& detail = "") {
    on([&](Connection& c) { Audit(c).add({next(), at, event, account, "", "", detail}); });
  }
  struct Of {
    std::string email = "";
    std::string number = "";
    std::string phone = "";
    std::string registration = "";
  };
  void event(EpochSeconds at, const std::string& name, const Of& of,
             const std::string& detail = "") {
    on([&](Connection& c) {
      Events(c).add({event_id(at, next()), at, name, of.email, of.number, of.phone, of.registration,
                     "", detail});
    });
  }
  // A mail of that registration; what was tried with it: (seconds later, outcome, reply).
  struct Tried {
    EpochSeconds after = 0;
    std::string outcome;
    std::string reply = "";
  };
  void mail(const std::string& id, EpochSeconds at, const std::vector<Tried>& tries,
            const std::string& kind = "activation") {
    OutboxRow row = a_mail(id, "registration " + id);
    row.kind = kind;
    row.created_at = at;
    row.next_attempt_at = at;
    on([&](Connection& c) {
      Outbox outbox(c);
      outbox.add(row);
      for (const Tried& tried : tries) {
        MailAttempts(c).add(next(), {id, at + tried.after, tried.outcome, tried.reply});
        if (tried.outcome != "delivered") continue;
        outbox.lease("mailer", at, kHour, 9);
        EXPECT_TRUE(outbox.mark_sent(id, "mailer", at + tried.after, tried.reply));
      }
    });
  }
  void account(const std::string& number, EpochSeconds at, EpochSeconds last_login_at) {
    Account row;
    row.id = next();
    row.number = a_number(number);
    row.email = row.email_key = row.id + "@example.jp";
    row.created_at = at;
    on([&](Connection& c) {
      Accounts(c).add(row);
      if (last_login_at != 0) Accounts(c).set_last_login(row.id, last_login_at, "");
    });
  }

 private:
  int rows_ = 0;
};

TEST_P(FiguresTest, HoursAreJapans) {
  audit(kStart - 1, "registered", "before");
  audit(kStart, "registered", "a");
  audit(kStart + kHour - 1, "registered", "b");
  audit(kStart + kHour, "registered", "c");
  audit(kStart + kHour, "activated", "a");
  audit(kEnd - 1, "login", "a");
  audit(kEnd, "login", "after");
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> counts;
  for (const AuditHour& row : figure(&Figures::audit_hours))
    counts[{row.event, row.hour}] = row.count;
  const std::int64_t first = japan_day(kStart) * 24;
  const decltype(counts) expected = {{{"registered", first}, 2},
                                     {{"registered", first + 1}, 1},
                                     {{"activated", first + 1}, 1},
                                     {{"login", first + 10 * 24 - 1}, 1}};
  EXPECT_EQ(counts, expected);
}

TEST_P(FiguresTest, FunnelCountsEachClinicOnce) {
  const EpochSeconds at = kStart + kDay;
  // Came to the confirmation only, twice.
  event(at, "form_accepted", {"e1", "n1", "p1"});
  event(at + 60, "form_accepted", {"e1", "n1", "p1"});
  // Pressed OK twice: the first mail came back, the second link was opened, too late.
  event(at, "form_accepted", {"e2", "n2", "p2"});
  event(at, "ok_pressed", {"e2", "n2", "p2", "registration m1"});
  mail("m1", at, {});
  event(at + kDay, "ok_pressed", {"e2", "n2", "p2", "registration m2"});
  mail("m2", at, {{1, "delivered"}});
  event(at + 2 * kDay, "link_opened", {"", "", "", "registration m2"});
  // The mail left, and no more.
  event(at, "ok_pressed", {"e3", "n3", "p3", "registration m3"});
  mail("m3", at, {{1, "delivered"}});
  // To the end; what was noted of the mail and the link was lost.
  event(at, "ok_pressed", {"e4", "n4", "p4", "registration m4"});
  audit(kEnd + 5, "activated", "registration m4");
  // OK, and the mail waits.
  event(at, "ok_pressed", {"e5", "n5", "p5", "registration m5"});
  mail("m5", at, {{1, "try_later"}});
  // Another time.
  event(kStart - 1, "form_accepted", {"e6", "n6", "p6"});
  event(kEnd, "form_accepted", {"e6", "n6", "p6"});

  const FunnelCounts counts = figure(&Figures::funnel);
  EXPECT_EQ(counts.accepted, 5);
  EXPECT_EQ(counts.pressed, 4);
  EXPECT_EQ(counts.mailed, 3);
  EXPECT_EQ(counts.opened, 2);
  EXPECT_EQ(counts.activated, 1);
}

TEST_P(FiguresTest, WhoMendedTheFormHasNotGivenUp) {
  const EpochSeconds at = kStart + kDay;
  event(at, "form_refused", {"e1", "n1", "p1"}, "terms_missing");
  event(at, "form_refused", {"e1", "", "p1"}, "judo_number_format");
  event(at, "form_refused", {"", "n2", "p2"}, "email_format terms_missing");
  event(at, "form_refused", {"", "", "p3"}, "email_format");
  event(at, "form_refused", {"", "", ""}, "email_missing");
  event(at, "form_refused", {"", "", ""}, "email_missing");
  event(kStart - 1, "form_refused", {"e9", "n9", "p9"}, "terms_missing");
  EXPECT_EQ(figure(&Figures::gave_up), 5);
  event(at + 1, "form_accepted", {"e1", "n1", "p1"});  // known by the address
  EXPECT_EQ(figure(&Figures::gave_up), 4);
  event(at + 1, "form_accepted", {"e2", "n2", "p2"});  // by the number
  EXPECT_EQ(figure(&Figures::gave_up), 3);
  event(at + 1, "form_accepted", {"e3", "n3", "p3"});  // by the phone number
  EXPECT_EQ(figure(&Figures::gave_up), 2);

  std::map<std::string, std::int64_t> refusals;
  for (const TextCount& row : figure(&Figures::refusals)) refusals[row.text] = row.count;
  const decltype(refusals) expected = {{"terms_missing", 1},
                                       {"judo_number_format", 1},
                                       {"email_format terms_missing", 1},
                                       {"email_format", 1},
                                       {"email_missing", 2}};
  EXPECT_EQ(refusals, expected);
}

TEST_P(FiguresTest, MailsByStateDelayAndTrouble) {
  mail("fast", kStart, {{2, "delivered"}});
  mail("fast too", kStart + 9, {{2, "delivered"}});
  mail("slow", kStart, {{5, "try_later", "RCPT TO: 450 4.2.0 a"}, {35, "delivered"}}, "reset");
  mail("waits", kStart, {{5, "try_later", "RCPT TO: 450 4.2.0 a"}});
  mail("before", kStart - 9, {{1, "delivered"}});
  mail("after", kEnd, {{1, "refused", "RCPT TO: 550 b"}});

  std::map<std::pair<std::string, std::string>, std::int64_t> states;
  for (const MailCount& row : figure(&Figures::mails)) states[{row.kind, row.state}] = row.count;
  const decltype(states) expected_states = {
      {{"activation", "sent"}, 2}, {{"activation", "queued"}, 1}, {{"reset", "sent"}, 1}};
  EXPECT_EQ(states, expected_states);

  const auto delays = figure(&Figures::mail_delays);
  ASSERT_EQ(delays.size(), 2u);
  EXPECT_EQ(delays[0].seconds, 2);
  EXPECT_EQ(delays[0].count, 2);
  EXPECT_EQ(delays[1].seconds, 35);
  EXPECT_EQ(delays[1].count, 1);

  const auto troubles = figure(&Figures::mail_troubles);
  ASSERT_EQ(troubles.size(), 1u);
  EXPECT_EQ(troubles[0].outcome, "try_later");
  EXPECT_EQ(troubles[0].reply, "RCPT TO: 450 4.2.0 a");
  EXPECT_EQ(troubles[0].count, 2);
}

TEST_P(FiguresTest, ClinicsByKindAndPrefecture) {
  on([](Connection& c) {
    for (const char* number :
         {"協1300001-0-0", "契1300001-0-0", "契1300002-0-0", "契0123456-7-8", "01234567-8-9"}) {
      Roster(c).put(a_clinic(number, "名", "所"));
    }
  });
  account("協1300001-0-0", kStart - 1, 0);
  account("契1300001-0-0", kStart, kStart + 5);
  account("01234567-8-9", kEnd, 0);
  account("契4700000-0-0", kStart, 0);  // not in the roster
  audit(kStart, "login", "a");
  audit(kStart + 9, "login", "a");
  audit(kStart + 9, "login", "b");
  audit(kEnd, "login", "c");

  const auto rows = figure(&Figures::clinics);
  ASSERT_EQ(rows.size(), 3u);
  const auto expect = [&](std::size_t i, const char* institution, const char* prefecture,
                          std::vector<std::int64_t> counts) {
    EXPECT_EQ(rows[i].institution, institution);
    EXPECT_EQ(rows[i].prefecture, prefecture);
    EXPECT_EQ((std::vector{rows[i].open, rows[i].registered, rows[i].added}), counts);
  };
  expect(0, "ahaki", "01", {1, 1, 0});
  expect(1, "judo", "01", {1, 0, 0});
  expect(2, "judo", "13", {3, 2, 1});

  const AccountCounts accounts = figure(&Figures::accounts);
  EXPECT_EQ(accounts.all, 4);
  EXPECT_EQ(accounts.never, 3);
  EXPECT_EQ(accounts.logged_in, 2);
}

TEST_P(FiguresTest, WaitingAndLoginRefusals) {
  on([](Connection& c) {
    Waiting waiting(c);
    waiting.put({"1", a_number("1"), "a", "a", "", kStart - 5, 0});
    waiting.put({"2", a_number("2"), "b", "b", "", kStart + 5, 0});
    waiting.put({"3", a_number("3"), "c", "c", "", kStart - 5, kStart + 5});
    waiting.put({"4", a_number("4"), "d", "d", "", kStart - 9, kStart - 5});
  });
  const WaitingCounts waiting = figure(&Figures::waiting);
  EXPECT_EQ(waiting.waiting, 2);
  EXPECT_EQ(waiting.oldest, kStart - 5);
  EXPECT_EQ(waiting.asked, 1);
  EXPECT_EQ(waiting.told, 1);

  audit(kStart, "login_refused", "a", "wrong_password");
  audit(kStart, "login_refused", "b", "wrong_password");
  audit(kStart, "login", "a", "wrong_password");
  audit(kEnd, "login_refused", "b", "disabled");
  const auto refusals = figure(&Figures::login_refusals);
  ASSERT_EQ(refusals.size(), 1u);
  EXPECT_EQ(refusals[0].text, "wrong_password");
  EXPECT_EQ(refusals[0].count, 2);
}

TEST_P(FiguresTest, NothingIsZero) {
  EXPECT_TRUE(figure(&Figures::audit_hours).empty());
  EXPECT_EQ(figure(&Figures::funnel).accepted, 0);
  EXPECT_EQ(figure(&Figures::funnel).activated, 0);
  EXPECT_EQ(figure(&Figures::gave_up), 0);
  EXPECT_TRUE(figure(&Figures::mail_delays).empty());
  EXPECT_TRUE(figure(&Figures::clinics).empty());
  EXPECT_EQ(figure(&Figures::waiting).oldest, 0);
  EXPECT_EQ(figure(&Figures::accounts).never, 0);
}

INSTANTIATE_TEST_SUITE_P(, FiguresTest, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
