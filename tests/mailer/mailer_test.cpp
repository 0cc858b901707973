// The queue: leases, retries, pauses, stopping, and what the log says.
#include "mailer/mailer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "core/database/engine/connection.h"
#include "core/database/engine/statement_counts.h"
#include "core/database/registration/activation_links.h"
#include "core/registration/policy.h"
#include "core/security/token.h"
#include "office.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;
using Round = Mailer::Round;

TEST(MailerQueue, SendsWhatIsDueOnce) {
  Office office;
  for (int i = 0; i < 25; ++i) {
    office.queue(std::to_string(i), "a" + std::to_string(i) + "@example.jp");
  }
  Mailer mailer = office.mailer();
  EXPECT_EQ(mailer.round(never), Round::kWorked);
  EXPECT_EQ(office.transport.sent.size(), static_cast<std::size_t>(kBatch));
  EXPECT_EQ(mailer.round(never), Round::kWorked);
  EXPECT_EQ(mailer.round(never), Round::kNothingDue);
  EXPECT_EQ(office.transport.sent.size(), 25U);
  EXPECT_EQ(office.transport.batches, 2);
  EXPECT_EQ(office.row("0").state, "sent");
  EXPECT_EQ(office.row("0").reply, "250 2.0.0 queued");
}

// What a round executes, with BEGIN and COMMIT; on PostgreSQL each is a round trip. A number may
// fall, and then falls here, too. The next mails are planned where the last are ended, so that one
// mail needs two transactions, and six need three. There is room for one more in each: a session of
// PostgreSQL that was idle for a moment is asked first whether it still answers.
TEST(MailerQueue, ARoundNeedsFewStatements) {
  struct Case {
    int mails;
    std::uint64_t statements;
  };
  for (const Case& c : {Case{1, 25}, Case{5, 89}, Case{6, 109}}) {
    Office office;
    Mailer mailer = office.mailer();
    const auto queue = [&](const std::string& id) { office.queue(id, "a" + id + "@example.jp"); };
    queue("first");
    mailer.round(never);  // afterwards the schema is known
    for (int i = 0; i < c.mails; ++i) queue(std::to_string(i));
    const auto before = statement_counts();
    EXPECT_EQ(mailer.round(never), Round::kWorked);
    EXPECT_LE((statement_counts() - before).executed, c.statements) << c.mails;
    EXPECT_EQ(office.transport.sent.size(), static_cast<std::size_t>(c.mails) + 1);
  }
}

TEST(MailerQueue, TheEnvelopeSenderCarriesTheIdWhereBouncesAreTaken) {
  Office office;
  office.queue("first", "taro@example.jp");
  Mailer without = office.mailer();
  without.round(never);
  office.set("mail.bounces", "bounces@portal.example.jp");
  office.queue("Second-1", "hanako@example.jp");
  Mailer with = office.mailer();
  with.round(never);
  ASSERT_EQ(office.transport.sent.size(), 2U);
  EXPECT_EQ(office.transport.sent[0].from, "no-reply@example.jp");
  EXPECT_EQ(office.transport.sent[1].from, "bounces+Second-1@portal.example.jp");
  EXPECT_NE(office.transport.sent[1].message.find("From: <no-reply@example.jp>"),
            std::string::npos);
}

TEST(MailerQueue, TwoMailersNeverSendOneRow) {
  Office office;
  office.queue("row", "taro@example.jp");
  Mailer second = office.mailer("mailer-2");
  office.transport.answer = [&](const Sent&) {  // while the first one is sending
    EXPECT_EQ(second.round(never), Round::kNothingDue);
    return mail::Outcome{Kind::kDelivered, "250"};
  };
  EXPECT_EQ(office.mailer().round(never), Round::kWorked);
  EXPECT_EQ(second.round(never), Round::kNothingDue);
  EXPECT_EQ(office.transport.sent.size(), 1U);
}

TEST(MailerQueue, ADeadMailersRowIsSentWhenItsLeaseIsOver) {
  Office office;
  office.queue("row", "taro@example.jp");
  const auto leased = office.database().write([&](Connection& connection) {
    return Outbox(connection).lease("dead", office.now, kLease, kBatch).size();
  });
  ASSERT_TRUE(leased && *leased == 1);
  Mailer mailer = office.mailer();
  EXPECT_EQ(mailer.round(never), Round::kNothingDue);
  office.now += kLease;
  EXPECT_EQ(mailer.round(never), Round::kWorked);
  EXPECT_EQ(office.row("row").state, "sent");
}

TEST(MailerQueue, ASlowServerDoesNotOutliveTheLeases) {
  Office office;
  for (const auto* id : {"a", "b", "c"}) office.queue(id, std::string(id) + "@example.jp");
  office.transport.answer = [&](const Sent&) {
    office.now += kLease - mail::kLongestDelivery + 1;
    return mail::Outcome{Kind::kDelivered, "250"};
  };
  EXPECT_EQ(office.mailer().round(never), Round::kWorked);
  EXPECT_EQ(office.transport.sent.size(), 1U);
  for (const auto* id : {"b", "c"}) {
    EXPECT_FALSE(office.row(id).leased) << id;
    EXPECT_EQ(office.row(id).attempts, 0) << id;
  }
}

TEST(MailerQueue, OutcomesBecomeStates) {
  struct Case {
    const char* label;
    Kind kind;
    Round round;
    const char* state;
    EpochSeconds wait;
  };
  for (const Case& c :
       std::vector<Case>{{"delivered", Kind::kDelivered, Round::kWorked, "sent", 0},
                         {"try later", Kind::kTryLater, Round::kWorked, "queued", 30},
                         {"refused", Kind::kRefused, Round::kWorked, "failed", 0},
                         {"doubtful", Kind::kDoubtful, Round::kWorked, "queued", 30},
                         {"blocked", Kind::kBlocked, Round::kPaused, "queued", 30 + kQueuePause}}) {
    Office office;
    office.queue("row", "taro@example.jp");
    office.transport.answer = [&](const Sent&) { return mail::Outcome{c.kind, "the reply"}; };
    EXPECT_EQ(office.mailer().round(never), c.round) << c.label;
    const RowState row = office.row("row");
    EXPECT_EQ(row.state, c.state) << c.label;
    EXPECT_EQ(row.next_attempt_at, office.now + c.wait) << c.label;
    EXPECT_EQ(row.attempts, 1) << c.label;
    EXPECT_EQ(row.reply, "the reply") << c.label;
    EXPECT_FALSE(row.leased) << c.label;
  }
}

TEST(MailerQueue, WaitsLongerAndLongerThenGivesUpAfterADay) {
  Office office;
  office.queue("row", "taro@example.jp");
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "451"}; };
  Mailer mailer = office.mailer();
  const EpochSeconds start = office.now;
  std::vector<EpochSeconds> waits;
  while (office.row("row").state == "queued" && waits.size() < 100) {
    ASSERT_EQ(mailer.round(never), Round::kWorked);
    const EpochSeconds next = office.row("row").next_attempt_at;
    if (office.row("row").state != "queued") break;
    waits.push_back(next - office.now);
    office.now = next;
  }
  ASSERT_GE(waits.size(), 8U);
  waits.resize(8);
  EXPECT_EQ(waits, (std::vector<EpochSeconds>{30, 60, 120, 300, 600, 1800, 3600, 3600}));
  EXPECT_EQ(office.row("row").state, "failed");
  EXPECT_GE(office.now - start, kDay);
  EXPECT_LT(office.now - start, kDay + kHour);
}

// As if killed while it sends the seventh of ten.
TEST(MailerQueue, ACrashLosesNothingAndSendsFewMailsTwice) {
  Office office;
  for (int i = 0; i < 10; ++i) office.queue(std::to_string(i), "a" + std::to_string(i) + "@x.jp");
  office.transport.answer = [&](const Sent&) {
    if (office.transport.sent.size() == 7) throw std::runtime_error("killed");
    return mail::Outcome{Kind::kDelivered, "250"};
  };
  Mailer killed = office.mailer();
  EXPECT_THROW(killed.round(never), std::runtime_error);
  EXPECT_EQ(office.row("4").state, "sent");
  office.now += kLease;
  EXPECT_EQ(office.mailer("mailer-2").round(never), Round::kWorked);
  std::map<std::string, std::size_t> times;
  for (const Sent& sent : office.transport.sent) ++times[sent.to];
  EXPECT_EQ(times.size(), 10U);
  EXPECT_LE(office.transport.sent.size(), 10U + kTogether);
  EXPECT_EQ(times["a4@x.jp"], 1U);
}

TEST(MailerQueue, ALinksHourStartsWhenTheMailLeaves) {
  Office office;
  for (const auto* id : {"a", "b", "c"}) office.queue(id, std::string(id) + "@example.jp");
  std::vector<EpochSeconds> sent_at;
  office.transport.answer = [&](const Sent&) {
    sent_at.push_back(office.now);
    office.now += kFresh + 1;
    return mail::Outcome{Kind::kDelivered, "250"};
  };
  EXPECT_EQ(office.mailer().round(never), Round::kWorked);
  ASSERT_EQ(sent_at.size(), 3U);
  for (std::size_t i = 0; i < sent_at.size(); ++i) {
    const std::string hash = token_hash(token_in(text_of(office.transport.sent[i])));
    const auto link = office.database().read(
        [&](Connection& c) { return ActivationLinks(c).find(hash).value(); });
    ASSERT_TRUE(link) << link.error().message;
    EXPECT_EQ(link->sent_at, sent_at[i]);
  }
}

TEST(MailerQueue, ARowThatCannotBePreparedDoesNotHoldUpTheOthers) {
  Office office;
  for (const auto* id : {"a", "b", "c"}) office.queue(id, std::string(id) + "@example.jp");
  ASSERT_TRUE(office.database().write([](Connection& connection) {
    connection.execute_once(
        connection.is_postgresql()
            ? "ALTER TABLE activation_link ADD CONSTRAINT broken "
              "CHECK (registration_id <> 'registration-b')"
            : "CREATE TRIGGER broken BEFORE INSERT ON activation_link WHEN NEW.registration_id = "
              "'registration-b' BEGIN SELECT RAISE(ABORT, 'broken'); END");
    return Done{};
  }));
  EXPECT_EQ(office.mailer().round(never), Round::kWorked);
  EXPECT_EQ(office.row("a").state, "sent");
  EXPECT_EQ(office.row("b").state, "queued");
  EXPECT_EQ(office.row("b").attempts, 1);
  EXPECT_EQ(office.row("c").state, "sent");
  EXPECT_EQ(office.transport.sent.size(), 2U);
}

// A database that refuses what one mail's row is to become: the others of its group are marked all
// the same, and are not sent again.
TEST(MailerQueue, ARowThatCannotBeMarkedDoesNotUnmarkTheOthers) {
  for (const std::string broken : {"a", "b", "c"}) {
    Office office;
    for (const auto* id : {"a", "b", "c"}) office.queue(id, std::string(id) + "@example.jp");
    ASSERT_TRUE(office.database().write([&](Connection& connection) {
      const std::string row = "id = '" + broken + "'";
      connection.execute_once(
          connection.is_postgresql()
              ? "ALTER TABLE outbox ADD CONSTRAINT broken CHECK (state <> 'sent' OR NOT " + row +
                    ")"
              : "CREATE TRIGGER broken BEFORE UPDATE ON outbox WHEN NEW.state = 'sent' AND NEW." +
                    row + " BEGIN SELECT RAISE(ABORT, 'broken'); END");
      return Done{};
    }));
    testing::internal::CaptureStderr();
    EXPECT_EQ(office.mailer().round(never), Round::kWorked);
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find(" mail_not_marked id=" + broken), std::string::npos) << log;
    for (const std::string id : {"a", "b", "c"}) {
      EXPECT_EQ(office.row(id).state, id == broken ? "queued" : "sent") << id << " of " << broken;
      EXPECT_EQ(office.row(id).leased, id == broken) << id << " of " << broken;
      EXPECT_EQ(log.find(" mail_not_marked id=" + id) != std::string::npos, id == broken) << log;
    }
    EXPECT_EQ(office.transport.sent.size(), 3U);
    EXPECT_EQ(office.mailer("mailer-2").round(never), Round::kNothingDue);
  }
}

TEST(MailerQueue, AfterALongStandstillAMailStillHasItsTries) {
  Office office;
  office.queue("row", "taro@example.jp");
  office.now += 3 * kDay;
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "451"}; };
  Mailer mailer = office.mailer();
  for (std::size_t attempt = 1; attempt <= kRetryDelays.size(); ++attempt) {
    EXPECT_EQ(mailer.round(never), Round::kWorked);
    EXPECT_EQ(office.row("row").state, "queued") << attempt;
    EXPECT_EQ(office.row("row").next_attempt_at, office.now + kRetryDelays[attempt - 1]);
    office.now = office.row("row").next_attempt_at;
  }
  EXPECT_EQ(mailer.round(never), Round::kWorked);
  EXPECT_EQ(office.row("row").state, "failed") << "it has had the whole list";
}

TEST(MailerQueue, ABlockedQueuePausesAndThenTheOthersComeFirst) {
  Office office;
  office.queue("a", "bad@example.jp");
  office.queue("b", "good@example.jp");
  office.transport.answer = [](const Sent& sent) {
    return sent.to == "bad@example.jp" ? mail::Outcome{Kind::kBlocked, "554 relay access denied"}
                                       : mail::Outcome{Kind::kDelivered, "250"};
  };
  Mailer mailer = office.mailer();
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  EXPECT_EQ(office.row("b").attempts, 0);
  EXPECT_FALSE(office.row("b").leased);
  office.now += kQueuePause - 1;
  EXPECT_EQ(mailer.round(never), Round::kPaused);
  EXPECT_EQ(office.transport.sent.size(), 1U) << "nothing is tried during the pause";
  office.now += 1;
  EXPECT_EQ(mailer.round(never), Round::kWorked);
  EXPECT_EQ(office.row("b").state, "sent");
}

TEST(MailerQueue, OneBadRowDoesNotHoldUpTheNext) {
  Office office;
  office.queue("a", "no address");
  office.queue("b", "good@example.jp");
  EXPECT_EQ(office.mailer().round(never), Round::kWorked);
  EXPECT_EQ(office.row("a").state, "failed");
  EXPECT_EQ(office.row("b").state, "sent");
}

TEST(MailerQueue, StoppingGivesBackWhatWasNotTried) {
  Office office;
  for (const auto* id : {"a", "b", "c"}) office.queue(id, std::string(id) + "@example.jp");
  const auto stopping = [&] { return !office.transport.sent.empty(); };
  EXPECT_EQ(office.mailer().round(stopping), Round::kStopped);
  EXPECT_EQ(office.row("a").state, "sent");
  for (const auto* id : {"b", "c"}) {
    const RowState row = office.row(id);
    EXPECT_EQ(row.state, "queued") << id;
    EXPECT_EQ(row.attempts, 0) << id;
    EXPECT_FALSE(row.leased) << id;
  }
  EXPECT_EQ(office.mailer("mailer-2").round(never), Round::kWorked)
      << "at once, for another mailer";
  EXPECT_EQ(office.row("c").state, "sent");
}

TEST(MailerQueue, ADatabaseThatIsAwayIsWaitedForAndLoggedOnce) {
  Office office;
  office.queue("row", "taro@example.jp");
  Settings settings;
  const std::string path = office.directory() + "/later.db";
  ASSERT_TRUE(settings.set("database.connection", path));
  Database later(settings, Durability::kFull, 1);
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", letter_templates());
  ASSERT_TRUE(view);
  Mailer mailer({later, **view, office.transport, office.metrics, "https://x.jp", "n@x.jp",
                 "mailer-1", mail_limits(settings), [&] { return office.now; }, nullptr});
  testing::internal::CaptureStderr();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(mailer.round(never), Round::kNoDatabase);
  ASSERT_TRUE(office.database().read([](Connection&) { return Done{}; }));
  Database maker(settings, Durability::kFull, 1);
  ASSERT_TRUE(maker.migrate(PORTAL_SOURCE_DIR "/sql"));
  EXPECT_EQ(mailer.round(never), Round::kNothingDue);
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find("database_away"), std::string::npos) << log;
  EXPECT_EQ(log.find("database_away"), log.rfind("database_away")) << log;
  EXPECT_NE(log.find("database_back"), std::string::npos) << log;
}

TEST(MailerQueue, TheLogHasNeitherLinkNorAddress) {
  for (const Kind kind :
       {Kind::kDelivered, Kind::kTryLater, Kind::kRefused, Kind::kDoubtful, Kind::kBlocked}) {
    Office office;
    office.queue("row", "taro@example.jp");
    office.transport.answer = [&](const Sent& sent) {  // a filter that repeats what it was given
      return mail::Outcome{kind, "<taro@example.jp>: " + text_of(sent)};
    };
    testing::internal::CaptureStderr();
    office.mailer().round(never);
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find(" mail id=row kind=activation recipient=t***@example.jp outcome="),
              std::string::npos)
        << log;
    EXPECT_EQ(log.find("taro"), std::string::npos) << log;
    const std::string text = text_of(office.transport.sent.front());
    EXPECT_EQ(log.find(token_in(text)), std::string::npos) << log;
    EXPECT_EQ(log.find(stop_token_in(text)), std::string::npos) << log;
    EXPECT_EQ(office.row("row").reply.find(stop_token_in(text)), std::string::npos);
    const int lines = kind == Kind::kBlocked ? 2 : 1;  // that the queue is paused
    EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), lines) << log;
  }
}

}  // namespace
}  // namespace portal
