// What the outbox keeps of each sending: the letter that really left, or what stood in its way, and
// whom it was about. `portalctl timeline` judges by it.
#include <functional>

#include "core/database/engine/connection.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/tables.h"
#include "office.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;

const std::string kAddress = "taro@example.jp";

struct Kept {
  std::string state, letter, obstacle, registration_id, account_id;
  bool operator==(const Kept&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Kept& kept) {
  return out << kept.state << "/" << kept.letter << "/" << kept.obstacle << "/"
             << kept.registration_id << "/" << kept.account_id;
}

template <class F>
void on_database(Office& office, const F& function) {
  const auto done = office.database().write([&](Connection& connection) {
    function(connection);
    return Done{};
  });
  ASSERT_TRUE(done) << done.error().message;
}

OutboxEntry mail_of(Office& office) {
  const auto mail =
      office.database().read([](Connection& connection) { return Outbox(connection).find("row"); });
  EXPECT_TRUE(mail && *mail);
  return mail && *mail ? **mail : OutboxEntry();
}

Kept kept_of(Office& office) {
  const OutboxEntry mail = mail_of(office);
  return {mail.state, mail.letter, mail.obstacle, mail.registration_id, mail.account_id};
}

std::vector<MailAttempt> attempts_of(Office& office) {
  return *office.database().read(
      [](Connection& connection) { return MailAttempts(connection).of("row"); });
}

// A mail that belongs to no registration or account yet.
void queue_for_address(Office& office, const std::string& kind) {
  on_database(office, [&](Connection& connection) {
    OutboxRow row = {"row", kind, "", kAddress, office.now, office.now};
    Outbox(connection).add(row);
  });
}

void round(Office& office) {
  ASSERT_EQ(office.mailer().round(never), Mailer::Round::kWorked);
}

TEST(KeptLetter, IsWhatLeftOrWhatStoodInItsWay) {
  struct Case {
    const char* label;
    std::function<void(Office&)> before;
    Kept kept;
  };
  const Office::Cause here = {"契0123456-7-8", "192.0.2.1"};
  const auto activation = [&](Office& office) {
    office.queue("row", kAddress, "activation", here);
  };
  const auto with = [&](std::function<void(Connection&)> change) {
    return [=](Office& office) {
      activation(office);
      on_database(office, change);
    };
  };
  const std::string own = "registration-row";
  for (const Case& c : std::vector<Case>{
           {"the link", activation, {"sent", "activation", "", own, ""}},
           {"the address has an account",
            [&](Office& office) {
              activation(office);
              office.add_account(kAddress);
            },
            {"sent", "registered", "", own, ""}},
           {"a reset of an account",
            [](Office& office) {
              office.add_account(kAddress);
              queue_for_address(office, "reset");
            },
            {"sent", "reset", "", "", "account-" + kAddress}},
           {"a reset while a registration waits",
            [](Office& office) {
              office.queue("other", kAddress);
              on_database(office,
                          [](Connection& connection) { connection.execute("DELETE FROM outbox"); });
              queue_for_address(office, "reset");
            },
            {"sent", "activation", "", "registration-other", ""}},
           {"a reset for nobody",
            [](Office& office) { queue_for_address(office, "reset"); },
            {"withheld", "", "no_account", "", ""}},
           {"activated already",
            with([](Connection& connection) {
              EXPECT_TRUE(
                  Registrations(connection).mark_activated("registration-row", kAddress, 1));
            }),
            {"withheld", "", "activated", own, ""}},
           {"cancelled",
            with([](Connection& connection) {
              EXPECT_TRUE(Registrations(connection).cancel("registration-row", kAddress, 1));
            }),
            {"withheld", "", "cancelled", own, ""}},
           {"no more mail",
            with([](Connection& connection) {
              MailAddresses(connection).stop(kAddress, 1, 4'000'000'000);
            }),
            {"withheld", "", "address_stopped", own, ""}},
           {"the registration is gone",
            with([](Connection& connection) { connection.execute("DELETE FROM registration"); }),
            {"withheld", "", "registration_gone", own, ""}},
           {"enough for the address",
            [&](Office& office) {
              office.set("mail.limit.address_hour", "1");
              office.queue("first", kAddress, "activation", here);
              round(office);
              activation(office);
            },
            {"withheld", "", "address_enough", own, ""}},
           {"enough for the clinic",
            [&](Office& office) {
              office.set("mail.limit.clinic_hour", "1");
              office.queue("first", "other@example.jp", "activation", here);
              round(office);
              activation(office);
            },
            {"queued", "", "clinic_busy", own, ""}},
           {"enough for the network",
            [&](Office& office) {
              office.set("mail.limit.network_hour", "1");
              office.queue("first", "other@example.jp", "activation",
                           {"協0123456-7-8", "192.0.2.1"});
              round(office);
              activation(office);
            },
            {"queued", "", "network_busy", own, ""}},
           {"a notice to an account",
            [](Office& office) {
              office.add_account(kAddress);
              on_database(office, [&](Connection& connection) {
                OutboxRow row = {"row", "password_changed", "", kAddress, office.now, office.now};
                row.account_id = "account-" + kAddress;
                Outbox(connection).add(row);
              });
            },
            {"sent", "password_changed", "", "", "account-" + kAddress}},
       }) {
    SCOPED_TRACE(c.label);
    Office office;
    c.before(office);
    round(office);
    EXPECT_EQ(kept_of(office), c.kept);
    const auto attempts = attempts_of(office);
    ASSERT_EQ(attempts.size(), 1U);
    EXPECT_EQ(attempts[0].letter, c.kept.letter);
    EXPECT_EQ(attempts[0].obstacle, c.kept.obstacle);
  }
}

// The account comes into being between two attempts: each attempt keeps its own letter.
TEST(KeptLetter, IsThatOfEachAttempt) {
  Office office;
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "451 wait"}; };
  office.queue("row", kAddress);
  round(office);
  EXPECT_EQ(kept_of(office), (Kept{"queued", "activation", "", "registration-row", ""}));
  office.add_account(kAddress);
  office.transport.answer = {};
  office.now += kMinute;
  round(office);
  EXPECT_EQ(kept_of(office), (Kept{"sent", "registered", "", "registration-row", ""}));
  const auto attempts = attempts_of(office);
  ASSERT_EQ(attempts.size(), 2U);
  EXPECT_EQ(attempts[0].letter, "activation");
  EXPECT_EQ(attempts[1].letter, "registered");
}

TEST(KeptLetter, StaysWhenTheMailComesBack) {
  Office office;
  office.queue("row", kAddress);
  office.add_account(kAddress);
  round(office);
  on_database(office, [](Connection& connection) {
    EXPECT_TRUE(Outbox(connection).mark_bounced("row", 1, "5.1.1 unknown"));
  });
  EXPECT_EQ(kept_of(office).letter, "registered");
}

// What stood in the way is forgotten once the mail may go, and told again if it comes back.
TEST(KeptLetter, AnObstacleIsForgottenWhenAnOperatorRetries) {
  Office office;
  office.queue("row", kAddress);
  const auto stopped_until = [&](EpochSeconds until) {
    on_database(office, [&](Connection& connection) {
      MailAddresses(connection).stop(kAddress, office.now, until);
    });
  };
  stopped_until(office.now + kDay);
  round(office);
  EXPECT_EQ(kept_of(office).obstacle, "address_stopped");
  on_database(office, [&](Connection& connection) {
    EXPECT_TRUE(Outbox(connection).retry("row", office.now));
  });
  EXPECT_EQ(kept_of(office).obstacle, "");
  stopped_until(office.now);
  round(office);
  EXPECT_EQ(kept_of(office), (Kept{"sent", "activation", "", "registration-row", ""}));
}

// A mailer that has lost its lease says nothing of a mail that is another's now.
TEST(KeptLetter, IsNotNotedByWhoHasLostTheLease) {
  Office office;
  office.queue("row", kAddress);
  office.transport.answer = [&](const Sent&) {
    on_database(office, [](Connection& connection) {
      connection.execute("UPDATE outbox SET lease_owner = 'another'");
    });
    return mail::Outcome{Kind::kDelivered, "250 ok"};
  };
  office.mailer().round(never);
  EXPECT_EQ(kept_of(office), (Kept{"queued", "", "", "registration-row", ""}));
}

// Every obstacle has a name, and its name finds it.
TEST(MailObstacles, HaveEachAName) {
  for (const MailObstacleRow& row : kMailObstacleRows) {
    EXPECT_EQ(find_mail_obstacle(row.name), row.obstacle) << row.name;
  }
  EXPECT_EQ(find_mail_obstacle("of a newer version"), MailObstacle::kUnknown);
}

}  // namespace
}  // namespace portal
