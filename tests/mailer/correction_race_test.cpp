// A mail is planned in the same moment as its registration's address is corrected. On PostgreSQL,
// where both can be under way: SQLite has one writer at a time.
#include <optional>
#include <thread>

#include "core/actions/mail_actions.h"
#include "core/database/registration/activation_links.h"
#include "core/security/token.h"
#include "office.h"
#include "support/under_way.h"

namespace portal {
namespace {

const std::string kTyped = "typo@example.jp";
const std::string kRight = "right@example.jp";
const std::string kCorrected = "the address was corrected";

class CorrectionRace : public testing::Test {
 protected:
  void SetUp() override {
    if (!OwnDatabase::on_postgresql()) GTEST_SKIP() << "one writer at a time";
  }
  void wait_until_waits(const std::string& statement) {
    portal::wait_until_waits(others_, statement);
  }
  // The mailer waits for it when it has found out to whom a letter goes.
  UnderWay::Work hold_gate() const {
    return [](Connection& connection) {
      Throttles(connection).lock(throttle_key(Throttle::kMailOfSystem));
    };
  }
  UnderWay::Work correct(const std::string& id) {
    return [this, id](Connection& connection) {
      const Resent resent =
          correct_address(connection, "registration-" + id, kRight, mail_limits(office_.settings()),
                          {.reason = "misspelt", .now = office_.now});
      EXPECT_TRUE(resent.outcome.done());
    };
  }
  std::jthread start_round() {
    return std::jthread([this] { EXPECT_EQ(mailer_.round(never), Mailer::Round::kWorked); });
  }
  // It has found out to whom the letter goes, and waits at the gate.
  std::jthread start_round_until(UnderWay& gate) {
    gate.wait_until_done();
    std::jthread round = start_round();
    wait_until_waits("INSERT INTO throttle");
    return round;
  }
  void expect_withheld(const std::string& id) {
    const auto mail = value(office_.database().read(
        [&](Connection& connection) { return Outbox(connection).find(id).value(); }));
    EXPECT_EQ(mail.state, "withheld");
    EXPECT_EQ(mail.last_reply, kCorrected);
    EXPECT_EQ(mail.obstacle, "address_corrected");
    for (const Sent& sent : office_.transport.sent) EXPECT_NE(sent.to, kTyped);
  }
  void expect_the_next_goes_to_the_right_address() {
    EXPECT_EQ(mailer_.round(never), Mailer::Round::kWorked);
    EXPECT_EQ(office_.transport.sent.back().to, kRight);
    EXPECT_TRUE(link_of(office_.transport.sent.back()).usable(office_.now));
  }
  ActivationLink link_of(const Sent& sent) {
    return value(office_.database().read([&](Connection& connection) {
      return ActivationLinks(connection).find(token_hash(token_in(text_of(sent)))).value();
    }));
  }

  Office office_;
  Mailer mailer_ = office_.mailer();
  Database others_ = open_database(office_.settings(), 4);
};

TEST_F(CorrectionRace, AMailIsWithheldWhoseAddressIsCorrectedWhileItIsPlanned) {
  office_.queue("row", kTyped);
  UnderWay gate(others_, hold_gate());
  std::jthread round = start_round_until(gate);
  UnderWay correction(others_, correct("row"));
  correction.commit();
  gate.commit();
  round.join();
  expect_withheld("row");
  EXPECT_EQ(office_.count("activation_link"), 0);
  EXPECT_EQ(office_.count("stop_link"), 0);
  expect_the_next_goes_to_the_right_address();
}

// The mailer has the mail and waits for the registration, which the desk has changed; the desk
// must not wait for the mail.
TEST_F(CorrectionRace, NeitherWaitsForTheOther) {
  office_.queue("row", kTyped);
  UnderWay gate(others_, hold_gate());
  std::jthread round = start_round_until(gate);
  UnderWay correction(others_, correct("row"));
  correction.wait_until_done();
  gate.commit();
  wait_until_waits("UPDATE registration");
  correction.commit();
  round.join();
  expect_withheld("row");
  expect_the_next_goes_to_the_right_address();
  EXPECT_EQ(office_.database().statistics().conflicts, 0U);
  EXPECT_EQ(others_.statistics().conflicts, 0U);
}

// The mails of the second group were leased by an earlier transaction than the one that plans them.
TEST_F(CorrectionRace, SoIsAMailThatWasLeasedLongBefore) {
  for (std::size_t i = 0; i < kTogether; ++i) {
    office_.queue("a" + std::to_string(i), "a" + std::to_string(i) + "@example.jp");
  }
  office_.queue("row", kTyped);
  std::optional<UnderWay> gate;
  office_.transport.answer = [&](const Sent&) {
    if (office_.transport.sent.size() == kTogether) {
      gate.emplace(others_, hold_gate());
      gate->wait_until_done();
    }
    return mail::Outcome{mail::Outcome::Kind::kDelivered, "250"};
  };
  std::jthread round = start_round();
  wait_until_waits("INSERT INTO throttle");
  UnderWay correction(others_, correct("row"));
  correction.commit();
  gate->commit();
  round.join();
  expect_withheld("row");
  expect_the_next_goes_to_the_right_address();
}

// The notice 「すでに登録されています」, which has no link.
TEST_F(CorrectionRace, SoIsANotice) {
  office_.queue("row", kTyped);
  office_.add_account(kTyped);
  UnderWay gate(others_, hold_gate());
  std::jthread round = start_round_until(gate);
  UnderWay correction(others_, correct("row"));
  correction.commit();
  gate.commit();
  round.join();
  expect_withheld("row");
}

// Whose owner says 「心当たりがない」 in the same moment, in a mail that was sent before.
TEST_F(CorrectionRace, AMailIsWithheldWhoseRegistrationIsCancelledWhileItIsPlanned) {
  office_.queue("row", kTyped);
  UnderWay gate(others_, hold_gate());
  std::jthread round = start_round_until(gate);
  UnderWay cancel(others_, [&](Connection& connection) {
    EXPECT_TRUE(Registrations(connection).cancel("registration-row", kTyped, office_.now));
  });
  cancel.commit();
  gate.commit();
  round.join();
  EXPECT_EQ(office_.row("row").state, "withheld");
  EXPECT_EQ(office_.row("row").reply, "the registration was cancelled");
  EXPECT_TRUE(office_.transport.sent.empty());
}

// Nobody has corrected anything then, and the mail's own row must not say so.
TEST_F(CorrectionRace, ACorrectionThatComesTooLateChangesNothing) {
  office_.queue("row", kTyped);
  UnderWay cancel(others_, [&](Connection& connection) {
    EXPECT_TRUE(Registrations(connection).cancel("registration-row", kTyped, office_.now));
  });
  cancel.wait_until_done();
  Hindrance hindrance = Hindrance::kNone;
  std::jthread correction([&] {
    hindrance = value(others_.write([&](Connection& connection) {
                  return correct_address(connection, "registration-row", kRight,
                                         mail_limits(office_.settings()),
                                         {.reason = "misspelt", .now = office_.now});
                })).outcome.hindrance;
  });
  wait_until_waits("UPDATE registration");
  cancel.commit();
  correction.join();
  EXPECT_EQ(hindrance, Hindrance::kNotWaitedFor);
  EXPECT_EQ(office_.row("row").state, "queued");
  EXPECT_EQ(office_.count("outbox"), 1);
  EXPECT_EQ(office_.count("audit"), 0);
  mailer_.round(never);
  EXPECT_EQ(office_.row("row").reply, "the registration was cancelled");
}

// The nightly purge removes a registration with its mails, but for those that a mailer has in hand.
TEST_F(CorrectionRace, AMailIsWithheldWhoseRegistrationIsPurgedWhileItIsPlanned) {
  office_.queue("row", kTyped);
  UnderWay gate(others_, hold_gate());
  std::jthread round = start_round_until(gate);
  UnderWay purge(others_, [&](Connection& connection) {
    EXPECT_EQ(Registrations(connection).purge(office_.now + kDay, 10), 1);
  });
  purge.wait_until_done();
  gate.commit();
  wait_until_waits("UPDATE registration");
  purge.commit();
  round.join();
  EXPECT_EQ(office_.row("row").state, "withheld");
  EXPECT_EQ(office_.row("row").reply, "the registration is gone");
  EXPECT_TRUE(office_.transport.sent.empty());
  EXPECT_EQ(office_.database().statistics().conflicts, 0U);
  EXPECT_EQ(others_.statistics().conflicts, 0U);
}

// It has its link already; then it leaves, and says so, but the link is ended.
TEST_F(CorrectionRace, OfAMailThatLeavesTheLinkIsEnded) {
  office_.queue("row", kTyped);
  office_.now += 1;  // it comes first
  office_.queue("second", "second@example.jp");
  UnderWay address(others_, [&](Connection& connection) {
    MailAddresses(connection).prepare("second@example.jp", office_.now);
  });
  address.wait_until_done();
  std::jthread round = start_round();
  wait_until_waits("INSERT INTO mail_address");  // of the second mail
  UnderWay correction(others_, correct("row"));
  wait_until_waits("UPDATE registration");
  address.commit();
  correction.commit();
  round.join();
  EXPECT_EQ(office_.row("row").state, "sent");
  ASSERT_EQ(office_.transport.sent.front().to, kTyped);
  EXPECT_FALSE(link_of(office_.transport.sent.front()).usable(office_.now));
  expect_the_next_goes_to_the_right_address();
}

}  // namespace
}  // namespace portal
