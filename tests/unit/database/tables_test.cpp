// The table classes, each with what it refuses, on both databases.
#include <atomic>
#include <thread>

#include "support/test_database.h"

namespace portal {
namespace {

using Tables = EachDatabase;

TEST_P(Tables, RosterFindsWhatWasPut) {
  const Clinic clinic = a_clinic("契1300001-0-0", "髙﨑接骨院", "東京都港区", "03-0000-0000");
  const auto put = [&](const Clinic& row) {
    return value(database->write([&](Connection& c) { return Roster(c).put(row); }));
  };
  const auto find = [&](const RegistrationNumber& number) {
    return value(database->read([&](Connection& c) { return Roster(c).find(number); }));
  };
  EXPECT_TRUE(put(clinic));
  EXPECT_TRUE(put(a_clinic("13000001-0-1", "〇〇鍼灸院")));
  ASSERT_TRUE(find(clinic.number));
  EXPECT_EQ(find(clinic.number)->name, "髙﨑接骨院");
  EXPECT_EQ(find(clinic.number)->address, "東京都港区");
  EXPECT_EQ(find(clinic.number)->phone, "03-0000-0000");
  EXPECT_FALSE(find(a_number("協1300001-0-0")));
  EXPECT_FALSE(put(a_clinic(clinic.number.text(), "改名接骨院")));
  EXPECT_EQ(find(clinic.number)->name, "改名接骨院");
  EXPECT_EQ(find(a_number("13000001-0-1"))->name, "〇〇鍼灸院");
  EXPECT_EQ(value(database->read([](Connection& c) { return Roster(c).count(); })), 2);
}

TEST_P(Tables, RosterRefusesWhatIsNoNumber) {
  for (const char* number : {"", "123", "契1300001", "契 1300001-0-0"}) {
    EXPECT_FALSE(RegistrationNumber::from_standard_form(number)) << number;
  }
  const auto done =
      database->write([&](Connection& c) { return Roster(c).put(Clinic{{.name = "名"}}); });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kRefused);
  EXPECT_EQ(value(database->read([](Connection& c) { return Roster(c).count(); })), 0);
}

TEST_P(Tables, DraftsEndWithTheirTime) {
  const auto add = [&](const Draft& draft) {
    return database->write([&](Connection& c) {
      Drafts(c).add(draft);
      return Done{};
    });
  };
  const auto found = [&](std::string_view id, EpochSeconds now) {
    return value(database->read([&](Connection& c) { return Drafts(c).find(id, now); }));
  };
  ASSERT_TRUE(add({"a", "sealed a", 100}));
  ASSERT_TRUE(add({"b", "sealed b", 200}));
  ASSERT_TRUE(add({"c", "sealed c", 300}));
  EXPECT_FALSE(add({"a", "another", 900}));
  ASSERT_TRUE(found("a", 99));
  EXPECT_EQ(found("a", 99)->sealed, "sealed a");
  EXPECT_EQ(found("a", 99)->expires_at, 100);
  EXPECT_FALSE(found("a", 100));
  EXPECT_FALSE(found("nobody", 0));

  const auto purge = [&](EpochSeconds now, int most) {
    return value(database->write([&](Connection& c) { return Drafts(c).purge(now, most); }));
  };
  EXPECT_EQ(purge(99, 10), 0);
  EXPECT_EQ(purge(200, 1), 1);
  EXPECT_EQ(purge(200, 10), 1);
  EXPECT_FALSE(found("b", 0));
  ASSERT_TRUE(found("c", 0));
  static_cast<void>(value(database->write([](Connection& c) {
    Drafts(c).remove("c");
    return Done{};
  })));
  EXPECT_FALSE(found("c", 0));
}

TEST_P(Tables, OneDraftIsOneRegistration) {
  const auto first = a_registration("1");
  auto second = a_registration("2");
  second.draft_id = first.draft_id;
  second.signup_hash = first.signup_hash;
  value(database->write([&](Connection& c) {
    Registrations table(c);
    EXPECT_TRUE(table.add(first));
    EXPECT_FALSE(table.add(second));
    EXPECT_TRUE(table.add(a_registration("3")));  // same address and clinic: pending reserves none
    EXPECT_FALSE(table.find("2"));
    const auto row = table.find_by_draft(first.draft_id);
    EXPECT_TRUE(row && row->id == "1" && row->family_name == "髙﨑" && row->given_name == "花子");
    EXPECT_TRUE(row && row->number == first.number && row->phone == first.phone);
    EXPECT_TRUE(row && row->email == first.email && row->email_key == first.email_key);
    EXPECT_TRUE(row && row->password_hash.empty() && row->created_at == 1000);
    EXPECT_EQ(PasswordHashes(c).of("1"), first.password_hash);
    EXPECT_TRUE(row && row->expires_at == 2000 && !row->activated());
    EXPECT_EQ(table.find_by_signup("signup-3")->id, "3");
    EXPECT_FALSE(table.find_by_signup("signup-2"));
    EXPECT_FALSE(table.find_by_draft("draft-2"));
    return Done{};
  }));
}

const std::string kEmail = a_registration("").email;

TEST_P(Tables, ActivationHappensOnceAndTakesTheHash) {
  value(database->write([&](Connection& c) {
    Registrations table(c);
    table.add(a_registration("1"));
    table.add(a_registration("2"));
    EXPECT_FALSE(table.mark_activated("1", "other@example.jp", 1400)) << "it was corrected";
    EXPECT_TRUE(table.mark_activated("1", kEmail, 1500));
    EXPECT_FALSE(table.mark_activated("1", kEmail, 1600));
    EXPECT_FALSE(table.mark_activated("nobody", kEmail, 1600));
    EXPECT_EQ(table.find("1")->activated_at, 1500);
    EXPECT_EQ(PasswordHashes(c).of("1"), "");
    EXPECT_FALSE(table.find("2")->activated());
    return Done{};
  }));
  EXPECT_EQ(value(database->read([](Connection& c) { return PasswordHashes(c).of("2"); })),
            "$argon2id$");
}

TEST_P(Tables, PurgeTakesExpiredPendingOnesWithLinksAndUnsentMails) {
  value(database->write([&](Connection& c) {
    Registrations table(c);
    for (const char* id : {"activated", "kept", "expired", "later"}) table.add(a_registration(id));
    EXPECT_TRUE(table.mark_activated("activated", kEmail, 1500));
    Accounts(c).add(an_account("activated"));
    EXPECT_TRUE(table.keep_until("kept", kEmail, 5000));
    EXPECT_TRUE(table.keep_until("kept", kEmail, 10)) << "never earlier";
    EXPECT_TRUE(table.keep_until("later", kEmail, 2001));
    EXPECT_FALSE(table.keep_until("expired", "other@example.jp", 5000)) << "it was corrected";
    EXPECT_FALSE(table.keep_until("activated", kEmail, 5000));
    EXPECT_FALSE(table.keep_until("nobody", kEmail, 5000));
    ActivationLinks(c).add({"hash", "expired", 1000, 0});
    Outbox(c).add(a_mail("mail", "expired"));
    Outbox(c).add(a_mail("mail of another", "kept"));
    EXPECT_EQ(table.purge(1999, 10), 0);
    EXPECT_EQ(table.purge(2000, 10), 1);
    EXPECT_FALSE(table.find("expired"));
    EXPECT_FALSE(ActivationLinks(c).find("hash"));
    EXPECT_EQ(Outbox(c).newest("expired"), 0);
    EXPECT_EQ(Outbox(c).newest("kept"), 1000);
    EXPECT_EQ(table.purge(9000, 1), 1);
    EXPECT_EQ(table.purge(9000, 10), 1);
    EXPECT_TRUE(table.find("activated"));
    return Done{};
  }));
}

TEST_P(Tables, ALinkNeedsItsRegistration) {
  const auto done = database->write([](Connection& c) {
    ActivationLinks(c).add({"hash", "nobody", 1000, 0});
    return Done{};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, Error::Kind::kRefused) << done.error().message;
}

TEST_P(Tables, AttemptsStopAtFiveWhoeverTries) {
  value(database->write([](Connection& c) {
    Registrations(c).add(a_registration("1"));
    ActivationLinks(c).add({"hash", "1", 1000, 0});
    return Done{};
  }));
  std::atomic<int> sum = 0;
  std::atomic<int> refused_tries = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 3; ++i) {
        const auto number = value(
            database->write([](Connection& c) { return ActivationLinks(c).take_attempt("hash"); }));
        number ? sum += *number : ++refused_tries;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(sum, 1 + 2 + 3 + 4 + 5);
  EXPECT_EQ(refused_tries, 8 * 3 - 5);
  value(database->write([](Connection& c) {
    const auto link = ActivationLinks(c).find("hash");
    EXPECT_TRUE(link && link->failed_attempts == 5 && !link->usable(1000));
    EXPECT_FALSE(ActivationLinks(c).take_attempt("nobody"));
    EXPECT_FALSE(ActivationLinks(c).find("nobody"));
    return Done{};
  }));
}

TEST_P(Tables, OneAddressAndOneClinicHaveOneAccount) {
  const Account account = an_account("1", "A@x.jp");
  auto same_address = account;
  same_address.id = "2";
  same_address.number = a_number("協0123456-7-8");
  auto same_clinic = account;
  same_clinic.id = "3";
  same_clinic.email_key = "b@x.jp";
  value(database->write([&](Connection& c) {
    Accounts table(c);
    EXPECT_TRUE(table.add(account));
    EXPECT_FALSE(table.add(same_address));
    EXPECT_FALSE(table.add(same_clinic));
    const auto row = table.find_by_email("a@x.jp");
    EXPECT_TRUE(row && row->id == "1" && row->family_name == "髙﨑" && row->email == "A@x.jp");
    EXPECT_TRUE(row && row->password_hash.empty() && row->created_at == 1000);
    EXPECT_EQ(PasswordHashes(c).of("1"), account.password_hash);
    EXPECT_EQ(table.find_by_number(a_number("契0123456-7-8"))->id, "1");
    EXPECT_FALSE(table.find_by_number(a_number("協0123456-7-8")));
    EXPECT_FALSE(table.find_by_email("b@x.jp"));
    return Done{};
  }));
}

INSTANTIATE_TEST_SUITE_P(, Tables, testing::Values("SQLite", "PostgreSQL"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace portal
