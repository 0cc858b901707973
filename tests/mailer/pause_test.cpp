// The pause of the whole queue: a relay that refuses us burns no mail, and one bad mail stops no
// other.
#include <gtest/gtest.h>

#include <set>

#include "core/database/engine/connection.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/mail_pause.h"
#include "core/registration/policy.h"
#include "mailer/mailer.h"
#include "office.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;
using Round = Mailer::Round;
using mail::Outcome;
using mail::Stage;

const Outcome kTaken{Kind::kDelivered, "250 ok"};
const Outcome kIdentity{Kind::kBlocked, "message: 554 Email address is not verified",
                        MailFault::kOurs, Stage::kMessage};
const Outcome kPassword{Kind::kBlocked, "AUTH: 535 5.7.8 wrong", MailFault::kOurs, Stage::kSession};
const Outcome kDoubt{Kind::kDoubtful, "message: 554 no", MailFault::kUnclear, Stage::kMessage};
const Outcome kUnknown{Kind::kRefused, "RCPT TO: 550 5.1.1 no such user", MailFault::kUnknownUser,
                       Stage::kRecipient};
const Outcome kLater{Kind::kTryLater, "RCPT TO: 450 4.2.0 greylisted", MailFault::kUnclear,
                     Stage::kRecipient};

class PausedQueue : public testing::Test {
 protected:
  PausedQueue() {
    office.transport.answer = [this](const Sent& sent) {
      const auto found = answers.find(sent.to);
      return found == answers.end() ? usually : found->second;
    };
  }
  void queue(const std::string& id) { office.queue(id, address(id)); }
  static std::string address(const std::string& id) { return id + "@example.jp"; }
  // Rounds until nothing is left to do now.
  Round work(Mailer& mailer) {
    Round round = Round::kWorked;
    while (round == Round::kWorked) round = mailer.round(never);
    return round;
  }
  std::optional<MailPause> pause() {
    const auto found = office.database().read([](Connection& c) { return MailPauses(c).find(); });
    EXPECT_TRUE(found);
    return found ? *found : std::nullopt;
  }
  std::vector<MailAttempt> attempts(const std::string& id) {
    const auto found =
        office.database().read([&](Connection& c) { return MailAttempts(c).of(id); });
    EXPECT_TRUE(found);
    return found ? *found : std::vector<MailAttempt>{};
  }
  std::size_t sent() const { return office.transport.sent.size(); }

  Office office;
  Outcome usually = kTaken;
  std::map<std::string, Outcome> answers;
};

TEST_F(PausedQueue, ARefusalOfUsAfterDataPausesAndShoutsAndGivesNothingUp) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  usually = kIdentity;
  Mailer mailer = office.mailer();
  testing::internal::CaptureStderr();
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find(" error mail_paused reason="), std::string::npos) << log;
  EXPECT_EQ(sent(), 1U);
  EXPECT_EQ(office.row("a").state, "queued");
  EXPECT_EQ(office.row("a").fault, "ours");
  for (const auto* id : {"b", "c"}) {
    EXPECT_EQ(office.row(id).attempts, 0) << id;
    EXPECT_FALSE(office.row(id).leased) << id;
  }
  ASSERT_TRUE(pause());
  EXPECT_EQ(pause()->since, office.now);
  EXPECT_EQ(pause()->until, office.now + kQueuePause);
  EXPECT_NE(pause()->reason.find("not verified"), std::string::npos);
  ASSERT_EQ(attempts("a").size(), 1U);
  EXPECT_EQ(attempts("a")[0].outcome, "blocked");
  EXPECT_EQ(attempts("a")[0].fault, "ours");
}

TEST_F(PausedQueue, HoldsForAllMailersAndForThoseThatStartLater) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  usually = kPassword;
  Mailer first = office.mailer("first");
  Mailer second = office.mailer("second");
  EXPECT_EQ(first.round(never), Round::kPaused);
  EXPECT_EQ(second.round(never), Round::kPaused);
  Mailer later = office.mailer("later");
  EXPECT_EQ(later.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 1U);
  office.now += kQueuePause - 1;
  EXPECT_EQ(second.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 1U);
  office.now += 1;  // one probe of all of them
  EXPECT_EQ(second.round(never), Round::kPaused);
  EXPECT_EQ(first.round(never), Round::kPaused);
  EXPECT_EQ(later.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 2U);
  EXPECT_EQ(pause()->since, office.now - kQueuePause) << "it goes on";
}

TEST_F(PausedQueue, NobodyElseSendsWhileAProbeIsUnderWay) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  usually = kPassword;
  Mailer first = office.mailer("first");
  Mailer second = office.mailer("second");
  EXPECT_EQ(first.round(never), Round::kPaused);
  office.now += kQueuePause;
  office.transport.answer = [&](const Sent&) {
    office.now += mail::kLongestDelivery;
    EXPECT_EQ(second.round(never), Round::kPaused);
    return kPassword;
  };
  EXPECT_EQ(first.round(never), Round::kPaused);
  EXPECT_EQ(sent(), 2U);
}

TEST_F(PausedQueue, AMailerStopsWithinItsBatchWhenAnotherPauses) {
  for (char id = 'a'; id <= 'l'; ++id) queue(std::string(1, id));
  Mailer mailer = office.mailer();
  office.transport.answer = [&](const Sent&) {
    if (sent() == 2) {
      EXPECT_TRUE(office.database().write([&](Connection& c) {
        MailPauses(c).pause(office.now, office.now + kQueuePause, "of another mailer");
        return Done{};
      }));
    }
    return kTaken;
  };
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  EXPECT_LE(sent(), kTogether);
  EXPECT_TRUE(pause()) << "what was under way before says nothing";
  EXPECT_EQ(office.row("l").attempts, 0);
  EXPECT_FALSE(office.row("l").leased);
}

TEST_F(PausedQueue, AProbeThatIsTakenOpensTheQueue) {
  for (const auto* id : {"a", "b", "c", "d"}) queue(id);
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  usually = kTaken;
  office.now += kQueuePause;
  testing::internal::CaptureStderr();
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_NE(testing::internal::GetCapturedStderr().find(" mail_resumed"), std::string::npos);
  EXPECT_FALSE(pause());
  for (const auto* id : {"b", "c", "d"}) EXPECT_EQ(office.row(id).state, "sent") << id;
  office.now += kMinute;
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("a").state, "sent");
}

TEST_F(PausedQueue, AProbeRefusedForItsOwnRecipientOpensTheQueueAndOthersDoNot) {
  for (const auto& [label, outcome, opens] :
       std::vector<std::tuple<const char*, Outcome, bool>>{{"unknown user", kUnknown, true},
                                                           {"ours", kIdentity, false},
                                                           {"password", kPassword, false},
                                                           {"no reason", kDoubt, false},
                                                           {"later", kLater, false}}) {
    Office own;
    own.queue("a", "a@example.jp");
    own.queue("b", "b@example.jp");
    own.transport.answer = [](const Sent&) { return kIdentity; };
    Mailer mailer = own.mailer();
    EXPECT_EQ(mailer.round(never), Round::kPaused) << label;
    own.now += kQueuePause;
    own.transport.answer = [&, o = outcome](const Sent&) { return o; };
    EXPECT_EQ(mailer.round(never), opens ? Round::kWorked : Round::kPaused) << label;
    EXPECT_EQ(own.transport.sent.size(), 2U) << label;
    EXPECT_EQ(own.transport.sent[1].to, "b@example.jp") << label << ": tried least";
    EXPECT_EQ(own.count("mail_pause"), opens ? 0 : 1) << label;
    EXPECT_EQ(own.row("b").state, opens ? "failed" : "queued") << label;
  }
}

TEST_F(PausedQueue, ThreeDifferentRecipientsInARowPauseAndNoneIsGivenUp) {
  for (const Outcome& outcome : {kDoubt, kUnknown}) {
    Office own;
    for (const auto* id : {"a", "b", "c", "d", "e"}) own.queue(id, address(id));
    own.transport.answer = [&](const Sent&) { return outcome; };
    Mailer mailer = own.mailer();
    Round round = Round::kWorked;
    while (round == Round::kWorked) round = mailer.round(never);
    EXPECT_EQ(round, Round::kPaused) << outcome.reply;
    EXPECT_EQ(own.transport.sent.size(), static_cast<std::size_t>(kRefusedInARow));
    for (const auto* id : {"a", "b", "c"}) {
      EXPECT_EQ(own.row(id).state, "queued") << id << ": " << outcome.reply;
      EXPECT_EQ(own.row(id).attempts, 1) << id;
    }
    EXPECT_EQ(own.row("d").attempts, 0);
    EXPECT_EQ(own.count("mail_pause"), 1);
  }
}

TEST_F(PausedQueue, ASuccessBetweenOrOneRecipientAloneIsNoReason) {
  for (const auto* id : {"a", "b", "c", "d", "e"}) queue(id);
  answers = {{address("a"), kUnknown},
             {address("b"), kUnknown},
             {address("d"), kUnknown},
             {address("e"), kUnknown}};
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("c").state, "sent");
  for (const auto* id : {"a", "b", "d", "e"}) EXPECT_EQ(office.row(id).state, "failed") << id;

  Office own;
  for (const auto* id : {"f", "g", "h"}) own.queue(id, "Same@example.jp");
  own.transport.answer = [](const Sent&) { return kDoubt; };
  Mailer other = own.mailer();
  Round round = Round::kWorked;
  while (round == Round::kWorked) round = other.round(never);
  EXPECT_EQ(round, Round::kNothingDue);
  EXPECT_EQ(own.transport.sent.size(), 3U);
}

// Three people in a row who mistyped their addresses cost the others a minute, and not more.
TEST_F(PausedQueue, UnknownUsersAreGivenUpWhenTheyAreUnknownAgain) {
  for (const auto* id : {"a", "b", "c"}) {
    queue(id);
    answers[address(id)] = kUnknown;
  }
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  queue("good");
  office.now += kQueuePause;
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("good").state, "sent");
  for (const auto* id : {"a", "b", "c"}) {
    EXPECT_EQ(office.row(id).state, "failed") << id;
    EXPECT_EQ(office.row(id).fault, "unknown_user") << id;
  }
  EXPECT_FALSE(pause());
}

TEST_F(PausedQueue, ADoubtfulRefusalDelaysOnlyThatMailAndIsGivenUpAfterADay) {
  queue("a");
  queue("b");
  answers[address("a")] = kDoubt;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("a").state, "queued");
  EXPECT_EQ(office.row("a").next_attempt_at, office.now + 30);
  EXPECT_EQ(office.row("a").fault, "unclear");
  EXPECT_EQ(attempts("a")[0].outcome, "doubtful");
  EXPECT_EQ(office.row("b").state, "sent");
  for (int i = 0; i < 100 && office.row("a").state == "queued"; ++i) {
    office.now = office.row("a").next_attempt_at;
    work(mailer);
    EXPECT_FALSE(pause());
  }
  EXPECT_EQ(office.row("a").state, "failed");
  EXPECT_EQ(office.row("a").fault, "unclear");
}

// The relay answers one mail as if it refused us. The others lose a minute twice.
TEST_F(PausedQueue, APoisonMailStopsTheOthersTwiceAndThenOnlyItself) {
  answers[address("poison")] = kIdentity;
  queue("poison");
  Mailer mailer = office.mailer();
  int pauses = 0;
  std::set<std::string> late;  // good mails that did not leave at once
  for (int minute = 0; minute < 20; ++minute) {
    const std::string id = "good" + std::to_string(minute);
    queue(id);
    if (work(mailer) == Round::kPaused) {
      ++pauses;
      late.insert(id);
    }
    office.now += kQueuePause;
  }
  work(mailer);
  EXPECT_EQ(pauses, kPassedOver);
  EXPECT_FALSE(pause());
  for (int minute = 0; minute < 20; ++minute) {
    EXPECT_EQ(office.row("good" + std::to_string(minute)).state, "sent") << minute;
  }
  EXPECT_EQ(office.row("poison").state, "queued");
  EXPECT_EQ(office.row("poison").fault, "ours") << "so nobody is told that the address is wrong";
  for (int i = 0; i < 100 && office.row("poison").state == "queued"; ++i) {
    office.now = office.row("poison").next_attempt_at;
    work(mailer);
    EXPECT_FALSE(pause());
  }
  EXPECT_EQ(office.row("poison").state, "failed");
  EXPECT_EQ(office.row("poison").fault, "ours");
}

// The same mail alone in the outbox: the next good mail opens the queue.
TEST_F(PausedQueue, TheProbeIsTheMailThatWasTriedLeast) {
  answers[address("poison")] = kIdentity;
  queue("poison");
  Mailer mailer = office.mailer();
  for (int minute = 0; minute < 10; ++minute) {
    EXPECT_EQ(work(mailer), Round::kPaused);
    office.now += kQueuePause;
  }
  queue("good");
  EXPECT_EQ(mailer.round(never), Round::kWorked);
  EXPECT_EQ(office.transport.sent.back().to, address("good"));
  EXPECT_FALSE(pause());
}

TEST_F(PausedQueue, ALongBlockGivesNothingUp) {
  for (const auto* id : {"a", "b", "c"}) queue(id);
  ASSERT_TRUE(office.database().write([&](Connection& c) {
    c.execute("UPDATE registration SET expires_at = $1", {office.now + 30 * kDay});
    return Done{};
  }));
  usually = kIdentity;
  Mailer mailer = office.mailer();
  const EpochSeconds start = office.now;
  while (office.now < start + 3 * kDay) {
    work(mailer);
    office.now += 10 * kMinute;
  }
  for (const auto* id : {"a", "b", "c"}) {
    EXPECT_EQ(office.row(id).state, "queued") << id;
    EXPECT_LE(office.row(id).next_attempt_at, office.now + 2 * kMinute) << id;
  }
  // Nor does the first other trouble afterwards: each still has its tries.
  usually = kLater;
  ASSERT_TRUE(office.database().write([](Connection& c) { return MailPauses(c).end(); }));
  work(mailer);
  for (const auto* id : {"a", "b", "c"}) {
    EXPECT_EQ(office.row(id).state, "queued") << id;
    EXPECT_EQ(office.row(id).next_attempt_at, office.now + 30) << id;
  }
}

TEST_F(PausedQueue, ARelayThatIsAwayForDaysGivesNothingUp) {
  queue("a");
  ASSERT_TRUE(office.database().write([&](Connection& c) {
    c.execute("UPDATE registration SET expires_at = $1", {office.now + 30 * kDay});
    return Done{};
  }));
  usually = {Kind::kTryLater, "mail.example.jp: Connection refused", MailFault::kOurs,
             Stage::kSession};
  Mailer mailer = office.mailer();
  const EpochSeconds start = office.now;
  while (office.now < start + 2 * kDay) {
    work(mailer);
    office.now += kHour;
  }
  EXPECT_EQ(office.row("a").state, "queued");
  EXPECT_EQ(office.row("a").fault, "ours");
}

TEST_F(PausedQueue, AProbeThatNobodyNeedsGivesWayToTheNext) {
  queue("a");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  for (const auto* id : {"b", "c", "d"}) queue(id);
  ASSERT_TRUE(office.database().write([](Connection& c) {
    c.execute("DELETE FROM registration WHERE id IN ('registration-b', 'registration-c')");
    return Done{};
  }));
  usually = kTaken;
  office.now += kQueuePause;
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("b").state, "withheld");
  EXPECT_EQ(office.row("c").state, "withheld");
  EXPECT_EQ(office.row("d").state, "sent");
  EXPECT_FALSE(pause());
}

TEST_F(PausedQueue, AMailerThatStopsBeforeItsProbeLeavesItToAnother) {
  queue("a");
  queue("b");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  office.now += kQueuePause;
  EXPECT_EQ(mailer.round([] { return true; }), Round::kStopped);
  usually = kTaken;
  Mailer other = office.mailer("other");
  EXPECT_EQ(work(other), Round::kNothingDue);
  EXPECT_EQ(office.row("b").state, "sent");
}

// A mailer that died with its probe: another one probes when the lease is over.
TEST_F(PausedQueue, AProbeThatNeverEndedIsNotWaitedForForEver) {
  queue("a");
  queue("b");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  office.now += kQueuePause;
  ASSERT_TRUE(office.database().write(
      [&](Connection& c) { return lease_rows(c, "dead", office.now).rows.size() == 1; }));
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  usually = kTaken;
  office.now += kLease;
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_FALSE(pause());
}

TEST_F(PausedQueue, WithNothingDueNoProbeIsUsedUp) {
  queue("a");
  usually = kIdentity;
  Mailer mailer = office.mailer();
  EXPECT_EQ(work(mailer), Round::kPaused);
  office.now += kQueuePause;  // "a" itself is due 30 s later
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  usually = kTaken;
  queue("b");
  EXPECT_EQ(work(mailer), Round::kNothingDue);
  EXPECT_EQ(office.row("b").state, "sent");
}

}  // namespace
}  // namespace portal
