// How much mail leaves that anyone can cause: what is withheld, what waits, and what is counted.
#include "core/queue/mail_limits.h"

#include <set>

#include "core/database/tables.h"
#include "core/registration/policy.h"
#include "core/security/token.h"
#include "office.h"

namespace portal {
namespace {

using Kind = mail::Outcome::Kind;
using Round = Mailer::Round;

const std::string kAddress = "taro@example.jp";
const std::string kActivation = "activation";

class LimitsTest : public testing::Test {
 protected:
  // Sends all that is due.
  void work() {
    Mailer mailer = office.mailer();
    while (mailer.round(never) == Round::kWorked) {
    }
  }
  std::string state_of(const std::string& id) { return office.row(id).state; }
  // Queued now, and tried at once.
  std::string send(const std::string& id, const std::string& address = kAddress,
                   const Office::Cause& cause = {"契0123456-7-8", "192.0.2.1"}) {
    office.queue(id, address, kActivation, cause);
    work();
    return state_of(id);
  }
  template <class F>
  static std::string log_of(const F& function) {
    testing::internal::CaptureStderr();
    function();
    return testing::internal::GetCapturedStderr();
  }
  void expect_held(const std::string& id, EpochSeconds until, std::string_view limit) {
    const RowState row = office.row(id);
    EXPECT_EQ(row.state, "queued") << id;
    EXPECT_EQ(row.next_attempt_at, until) << id;
    EXPECT_EQ(row.attempts, 0) << id;
    EXPECT_FALSE(row.leased) << id;
    EXPECT_NE(row.reply.find(limit), std::string::npos) << id << ": " << row.reply;
  }
  template <class F>
  auto on_database(const F& function) {
    auto result = office.database().write(function);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return *result;
  }
  void stop(EpochSeconds until) {
    on_database([&](Connection& connection) {
      MailAddresses(connection).stop(kAddress, office.now, until);
      return Done{};
    });
  }

  Office office;
};

TEST_F(LimitsTest, TheFourthMailToAnAddressWithinAnHourIsWithheld) {
  for (const auto* id : {"a", "b", "c"}) EXPECT_EQ(send(id), "sent") << id;
  EXPECT_EQ(send("d"), "withheld");
  EXPECT_EQ(
      office.row("d").reply,
      "3 such mails were made for this address within an hour (mail.limit.address_hour), from "
      "192.0.2.1");
  EXPECT_EQ(send("e", "hanako@example.jp"), "sent") << "another address";
  EXPECT_EQ(office.transport.sent.size(), 4U);
}

TEST_F(LimitsTest, TheHourOfAnAddressSlides) {
  const EpochSeconds start = office.now;
  for (const int minutes : {0, 20, 40}) {
    office.now = start + minutes * kMinute;
    EXPECT_EQ(send(std::to_string(minutes)), "sent") << minutes;
  }
  office.now = start + kHour - 1;
  EXPECT_EQ(send("early"), "withheld");
  office.now = start + kHour;
  EXPECT_EQ(send("one is over"), "sent");
  EXPECT_EQ(send("the others are not"), "withheld");
}

TEST_F(LimitsTest, TheEleventhMailToAnAddressWithinADayIsWithheld) {
  const EpochSeconds start = office.now;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(send(std::to_string(i)), "sent") << i;
    office.now += 2 * kHour;
  }
  EXPECT_EQ(send("eleventh"), "withheld");
  EXPECT_NE(office.row("eleventh").reply.find("10 such mails"), std::string::npos);
  EXPECT_NE(office.row("eleventh").reply.find("(mail.limit.address_day)"), std::string::npos);
  office.now = start + kDay;
  EXPECT_EQ(send("next day"), "sent");
}

TEST_F(LimitsTest, NoticesCountAsWell) {
  office.add_account(kAddress);
  for (const auto* id : {"a", "b", "c"}) EXPECT_EQ(send(id), "sent") << id;
  EXPECT_EQ(send("d"), "withheld");
}

TEST_F(LimitsTest, WhatIsTooMuchForAClinicWaits) {
  office.set("mail.limit.clinic_hour", "2");
  const EpochSeconds start = office.now;
  send("a", "a@example.jp");
  office.now += kMinute;
  send("b", "b@example.jp");
  send("c", "c@example.jp");
  EXPECT_EQ(state_of("b"), "sent");
  expect_held("c", start + kHour, "2 such mails within an hour for this clinic from this network");
  EXPECT_EQ(send("d", "d@example.jp", {"協0123456-7-8", "192.0.2.1"}), "sent") << "another clinic";
  office.now = start + kHour;
  work();
  EXPECT_EQ(state_of("c"), "sent");
}

TEST_F(LimitsTest, WhatIsTooMuchForANetworkWaits) {
  office.set("mail.limit.network_hour", "1");
  int number = 0;
  for (const std::string network : {"192.0.2.1", "2001:db8::/64"}) {
    const std::string first = "first" + std::to_string(++number);
    const std::string second = "second" + std::to_string(number);
    EXPECT_EQ(send(first, first + "@example.jp", {"契0123456-7-8", network}), "sent");
    send(second, second + "@example.jp", {"契0123456-7-8", network});
    expect_held(second, office.now + kHour, "(mail.limit.network_hour)");
  }
  EXPECT_EQ(send("other", "other@example.jp", {"契0123456-7-8", "192.0.2.2"}), "sent");
}

TEST_F(LimitsTest, WhatThisMachineCausesIsNoNetworks) {
  office.set("mail.limit.network_hour", "1");
  for (const std::string network : {"", "127.0.0.1", "127.8.9.10", "::/64", "unix:"}) {
    for (const char* id : {"a", "b"}) {
      const std::string row = network + id;
      EXPECT_EQ(send(row, id + std::to_string(network.size()) + "@example.jp",
                     {"契0123456-7-8", network}),
                "sent")
          << row;
    }
  }
}

// A total refuses nobody.
TEST_F(LimitsTest, WhatIsTooMuchAltogetherIsSentAndTold) {
  office.set("mail.limit.system_hour", "2");
  for (int i = 1; i <= 4; ++i) {
    const std::string id = std::to_string(i);
    const std::string told = log_of([&] {
      EXPECT_EQ(send(id, id + "@example.jp", {"契000000" + id + "-0-0", "192.0.2." + id}), "sent");
    });
    EXPECT_EQ(told.find("mail_flood") != std::string::npos, i > 2) << told;
    if (i > 2) {
      EXPECT_NE(told.find("total=system"), std::string::npos) << told;
    }
  }
}

// Else mails that cannot leave anyway would use up what their clinic and network may send.
TEST_F(LimitsTest, AMailThatIsHeldCountsNowhere) {
  for (const auto* limit : {"clinic_hour", "network_hour"}) {
    office.set(std::string("mail.limit.") + limit, "1");
  }
  const EpochSeconds start = office.now;
  EXPECT_EQ(send("a", "a@example.jp", {"契0000001-0-0", "192.0.2.1"}), "sent");
  office.now += 10 * kMinute;
  send("b", "b@example.jp", {"契0000002-0-0", "192.0.2.1"});
  expect_held("b", start + kHour, "(mail.limit.network_hour)");
  office.now = start + kHour;
  work();
  EXPECT_EQ(state_of("b"), "sent");
}

TEST_F(LimitsTest, ANetworkHasAShareOfEachAddressAndClinic) {
  office.set("mail.limit.clinic_hour", "3");
  for (const auto* id : {"a", "b", "c"}) EXPECT_EQ(send(id), "sent") << id;
  EXPECT_EQ(send("d"), "withheld");
  EXPECT_EQ(send("e", "hanako@example.jp"), "queued");
  EXPECT_EQ(send("f", kAddress, {"契0123456-7-8", "192.0.2.2"}), "sent");
  EXPECT_EQ(send("g", "hanako@example.jp", {"契0123456-7-8", "192.0.2.2"}), "sent");
}

TEST_F(LimitsTest, AHeldMailIsNotOneOfItsAddresses) {
  office.set("mail.limit.clinic_hour", "1");
  office.set("mail.limit.address_hour", "1");
  EXPECT_EQ(send("a", "a@example.jp"), "sent");
  send("held");
  EXPECT_EQ(state_of("held"), "queued");
  EXPECT_EQ(send("other clinic", kAddress, {"協0123456-7-8", "192.0.2.1"}), "sent");
}

TEST_F(LimitsTest, ARetryIsNotCountedAgain) {
  office.set("mail.limit.clinic_hour", "2");
  office.set("mail.limit.address_hour", "2");
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "451"}; };
  send("a");
  for (int i = 0; i < 3; ++i) {
    office.now = office.row("a").next_attempt_at;
    work();
  }
  EXPECT_EQ(office.row("a").attempts, 4);
  office.transport.answer = {};
  EXPECT_EQ(send("b"), "sent");
  EXPECT_EQ(send("c"), "withheld");
  EXPECT_EQ(send("d", "d@example.jp"), "queued") << "the clinic has had its two";
}

// Mails are planned some at a time; the server may refuse us before the last of them.
TEST_F(LimitsTest, WhatWasPlannedButNotTriedIsNotCountedAgain) {
  office.set("mail.limit.clinic_hour", "3");
  for (const auto* id : {"a", "b", "c"}) office.queue(id, std::string(id) + "@example.jp");
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kBlocked, "554"}; };
  Mailer mailer = office.mailer();
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(mailer.round(never), Round::kPaused) << i;
    office.now += 2 * kQueuePause;
  }
  office.transport.answer = {};
  office.now += 10 * kMinute;
  work();
  for (const auto* id : {"a", "b", "c"}) EXPECT_EQ(state_of(id), "sent") << id;
}

TEST_F(LimitsTest, WhatWasTriedBeforeGoesOnWhateverCameSince) {
  office.set("mail.limit.clinic_hour", "1");
  office.set("mail.limit.address_hour", "1");
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "451"}; };
  send("a");
  EXPECT_EQ(send("b"), "withheld");
  office.transport.answer = {};
  office.now = office.row("a").next_attempt_at;
  work();
  EXPECT_EQ(state_of("a"), "sent");
}

TEST_F(LimitsTest, AnAddressOverItsLimitHoldsUpNoOther) {
  for (int i = 0; i < 2 * kBatch; ++i) office.queue("flood" + std::to_string(i), kAddress);
  office.queue("other", "hanako@example.jp", kActivation, {"協0123456-7-8", "192.0.2.1"});
  work();
  EXPECT_EQ(state_of("other"), "sent");
  EXPECT_EQ(office.transport.sent.size(), 4U);
}

TEST_F(LimitsTest, TwoMailersKeepTheLimitTogether) {
  Mailer second = office.mailer("mailer-2");
  office.queue("a", kAddress);
  office.queue("b", kAddress);
  bool inside = false;
  office.transport.answer = [&](const Sent&) {  // while the first one is sending
    if (!inside) {
      inside = true;
      for (const auto* id : {"c", "d", "e"}) office.queue(id, kAddress);
      EXPECT_EQ(second.round(never), Round::kWorked);
    }
    return mail::Outcome{Kind::kDelivered, "250"};
  };
  work();
  EXPECT_EQ(office.transport.sent.size(), 3U);
  std::multiset<std::string> states;
  for (const auto* id : {"a", "b", "c", "d", "e"}) states.insert(state_of(id));
  EXPECT_EQ(states, (std::multiset<std::string>{"sent", "sent", "sent", "withheld", "withheld"}));
}

TEST_F(LimitsTest, AnAddressThatAskedForNoMoreGetsNoneOfThem) {
  stop(office.now + kMailStop);
  EXPECT_EQ(send("a"), "withheld");
  EXPECT_EQ(office.row("a").reply,
            "the address asked for no more mail until 2023-12-15 07:13:20 JST");
  office.add_account(kAddress);
  EXPECT_EQ(send("notice"), "withheld");
  office.queue("reset", kAddress, "reset");  // anybody can ask for it
  work();
  EXPECT_EQ(state_of("reset"), "withheld");
  office.now += kMailStop;
  EXPECT_EQ(send("later"), "sent");
}

TEST_F(LimitsTest, AStopEndsTheRetriesToo) {
  office.transport.answer = [](const Sent&) { return mail::Outcome{Kind::kTryLater, "451"}; };
  send("a");
  stop(office.now + kMailStop);
  office.now = office.row("a").next_attempt_at;
  work();
  EXPECT_EQ(state_of("a"), "withheld");
}

TEST_F(LimitsTest, ACancelledRegistrationGetsNoMail) {
  office.queue("a", kAddress);
  on_database([&](Connection& connection) {
    return Registrations(connection).cancel("registration-a", kAddress, office.now);
  });
  work();
  EXPECT_EQ(state_of("a"), "withheld");
  EXPECT_EQ(office.row("a").reply, "the registration was cancelled");
  EXPECT_EQ(office.count("stop_link"), 0);
}

TEST_F(LimitsTest, EachMailHasALinkOfItsOwnThatStopsIt) {
  send("a");
  office.add_account("hanako@example.jp");
  send("notice", "hanako@example.jp");
  const std::pair<std::string, std::string> expected[] = {{"a", kAddress},
                                                          {"notice", "hanako@example.jp"}};
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& [id, address] = expected[i];
    const std::string text = text_of(office.transport.sent.at(i));
    const std::string token = stop_token_in(text);
    ASSERT_TRUE(is_token(token)) << text;
    const auto link = on_database([&](Connection& connection) {
      EXPECT_FALSE(ActivationLinks(connection).find(token_hash(token))) << "it must not activate";
      return MailAddresses(connection).find_link(token_hash(token));
    });
    ASSERT_TRUE(link) << id;
    EXPECT_EQ(link->email_key, address);
    EXPECT_EQ(link->outbox_id, id);
    EXPECT_EQ(link->registration_id, "registration-" + id);
    EXPECT_EQ(link->sent_at, office.now);
  }
}

TEST(MailLimits, AreTheSettings) {
  Settings settings;
  EXPECT_TRUE(settings.set("mail.limit.clinic_hour", "7"));
  const MailLimits limits = mail_limits(settings);
  EXPECT_EQ(limits.address_hour, 3);
  EXPECT_EQ(limits.address_day, 10);
  EXPECT_EQ(limits.clinic_hour, 7);
  EXPECT_EQ(limits.network_hour, 3000);
  EXPECT_EQ(limits.system_hour, 100000);
}

}  // namespace
}  // namespace portal
