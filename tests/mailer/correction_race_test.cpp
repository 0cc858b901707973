// A mail is planned in the same moment as its registration is corrected, cancelled or purged.
#include <optional>

#include "core/actions/mail_actions.h"
#include "core/security/token.h"
#include "planning_race.h"

namespace portal {
namespace {

const std::string kTyped = "typo@example.jp";
const std::string kRight = "right@example.jp";
const std::string kCorrected = "the address was corrected";

class CorrectionRace : public PlanningRace {
 protected:
  UnderWay::Work correct(const std::string& id) {
    return [this, id](Connection& connection) {
      const Resent resent =
          correct_address(connection, "registration-" + id, kRight, mail_limits(office_.settings()),
                          {.reason = "misspelt", .now = office_.now});
      EXPECT_TRUE(resent.outcome.done());
    };
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
};

TEST_F(CorrectionRace, AMailIsWithheldWhoseAddressIsCorrectedWhileItIsPlanned) {
  office_.queue("row", kTyped);
  plan_while(correct("row"));
  expect_withheld("row");
  EXPECT_EQ(office_.count("activation_link"), 0);
  EXPECT_EQ(office_.count("stop_link"), 0);
  expect_the_next_goes_to_the_right_address();
}

// The mailer has the mail and waits for the registration, which the desk has changed; the desk
// must not wait for the mail.
TEST_F(CorrectionRace, NeitherWaitsForTheOther) {
  office_.queue("row", kTyped);
  plan_during(correct("row"), "UPDATE registration");
  expect_withheld("row");
  expect_the_next_goes_to_the_right_address();
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

// Else a mail that did not leave would use up what its clinic and network may send.
TEST_F(CorrectionRace, AWithheldMailCountsNowhere) {
  office_.queue("row", kTyped, "activation", {.network = "192.0.2.1"});
  plan_while(correct("row"));
  expect_withheld("row");
  EXPECT_EQ(counted(), 0);
}

// It was counted when it was tried first.
TEST_F(CorrectionRace, AMailThatWasTriedBeforeStaysCounted) {
  office_.queue("row", kTyped, "activation", {.network = "192.0.2.1"});
  office_.transport.answer = [](const Sent&) {
    return mail::Outcome{mail::Outcome::Kind::kTryLater, "450"};
  };
  mailer_.round(never);
  const std::int64_t before = counted();
  EXPECT_GT(before, 0);
  office_.now += retry_delay(1);
  plan_while(correct("row"));
  EXPECT_EQ(office_.row("row").state, "withheld");
  EXPECT_EQ(counted(), before);
}

// The notice 「すでに登録されています」, which has no link.
TEST_F(CorrectionRace, SoIsANotice) {
  office_.queue("row", kTyped);
  office_.add_account(kTyped);
  plan_while(correct("row"));
  expect_withheld("row");
}

// Whose owner says 「心当たりがない」 in the same moment, in a mail that was sent before.
TEST_F(CorrectionRace, AMailIsWithheldWhoseRegistrationIsCancelledWhileItIsPlanned) {
  office_.queue("row", kTyped);
  plan_while([&](Connection& connection) {
    EXPECT_TRUE(Registrations(connection).cancel("registration-row", kTyped, office_.now));
  });
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
  plan_during(
      [&](Connection& connection) {
        EXPECT_EQ(Registrations(connection).purge(office_.now + kDay, 10), 1);
      },
      "UPDATE registration");
  EXPECT_EQ(office_.row("row").state, "withheld");
  EXPECT_EQ(office_.row("row").reply, "the registration is gone");
  EXPECT_TRUE(office_.transport.sent.empty());
}

// It has its link already; then it leaves, and says so, but the link is ended.
TEST_F(CorrectionRace, OfAMailThatLeavesTheLinkIsEnded) {
  office_.queue("row", kTyped);
  change_after_link(correct("row"), "UPDATE registration");
  EXPECT_EQ(office_.row("row").state, "sent");
  ASSERT_EQ(office_.transport.sent.front().to, kTyped);
  EXPECT_FALSE(link_of(office_.transport.sent.front()).usable(office_.now));
  expect_the_next_goes_to_the_right_address();
}

}  // namespace
}  // namespace portal
