// Which refusals pause the queue, and which are a mail's own.
#include <set>

#include "paused_queue.h"

namespace portal {
namespace {

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

}  // namespace
}  // namespace portal
