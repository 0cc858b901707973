// The table of throttles: its keys cannot be mistaken for each other, and what `purge` keeps covers
// its windows.
#include "core/registration/policy.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "core/base/settings.h"

namespace portal {
namespace {

std::string in_words(EpochSeconds time) {
  const auto words = [](EpochSeconds number, const std::string& unit) {
    return std::to_string(number) + " " + unit + (number == 1 ? "" : "s");
  };
  if (time % kDay == 0) return words(time / kDay, "day");
  if (time % kHour == 0) return words(time / kHour, "hour");
  return words(time / kMinute, "minute");
}

std::string how_much(const ThrottleKind& kind) {
  if (kind.limit.window > 0) {
    const auto most = kind.setting.empty() ? kind.limit.most : Settings().number(kind.setting);
    return std::to_string(most) + " within " + in_words(kind.limit.window);
  }
  const ThrottlePolicy& policy = kind.policy;
  if (policy.pause == 0) return "counted within " + in_words(policy.window);
  return std::to_string(policy.free) + " free, from the " + std::to_string(policy.most) + "th " +
         in_words(policy.pause) + ", within " + in_words(policy.window);
}

// The line of conf/limits.md.
std::string line_of(const ThrottleKind& kind) {
  std::string keyed_by = kind.keyed_by.empty() ? "the portal" : std::string(kind.keyed_by);
  if (const auto bar = keyed_by.find(" | "); bar != std::string::npos)
    keyed_by.replace(bar, 3, ", ");
  const std::string setting = kind.setting.empty() ? "–" : "`" + std::string(kind.setting) + "`";
  std::string line = "| `";
  line.append(name_of(kind.throttle)).append("` ").append(kind.meaning).append(" | ");
  line.append(how_much(kind)).append(" | ").append(keyed_by).append(" | ");
  return line.append(setting).append(" | ").append(kind.felt).append(" |\n");
}

TEST(Policy, EveryThrottleHasItsRow) {
  std::size_t index = 0;
  for (const ThrottleKind& kind : throttle_kinds()) {
    EXPECT_EQ(static_cast<std::size_t>(kind.throttle), index++) << kind.prefix;
    EXPECT_EQ(&throttle_kind(kind.throttle), &kind);
    EXPECT_FALSE(kind.meaning.empty()) << kind.prefix;
    EXPECT_EQ(kind.keyed_by.empty(), !kind.prefix.ends_with(':')) << kind.prefix;
    EXPECT_TRUE((kind.policy.window > 0) != (kind.limit.window > 0)) << kind.prefix;
    EXPECT_EQ(kind.limit.window > 0 && kind.limit.most == 0, !kind.setting.empty()) << kind.prefix;
  }
  EXPECT_EQ(index, static_cast<std::size_t>(Throttle::kDeskLookUps) + 1);
}

TEST(Policy, DocumentSaysWhatTheTableSays) {
  std::stringstream document;
  document << std::ifstream(PORTAL_SOURCE_DIR "/conf/limits.md").rdbuf();
  for (const ThrottleKind& kind : throttle_kinds()) {
    EXPECT_FALSE(kind.felt.empty()) << kind.prefix;
    const std::string line = line_of(kind);
    EXPECT_NE(document.str().find("\n" + line), std::string::npos) << "it lacks\n" << line;
  }
}

// What a stranger can name must not be used up by him: the rule at the head of the table.
// What the document says of limits that are not in the table.
TEST(Policy, DocumentSaysWhatTheConstantsSay) {
  std::stringstream document;
  document << std::ifstream(PORTAL_SOURCE_DIR "/conf/limits.md").rdbuf();
  const auto number = [](std::string_view setting) {
    return std::to_string(Settings().number(setting));
  };
  const std::string phrases[] = {
      "| " + number("mail.limit.address_hour") + " within 1 hour, " +
          number("mail.limit.address_day") + " within 1 day | mailbox, client network |",
      "| " + std::to_string(kFloodOfAddress.most) + " within " + in_words(kFloodOfAddress.window) +
          " | mailbox |",
      "a letter of the last " + in_words(kSameLetter) +
          " is not sent again, and each network causes " + std::to_string(kLettersInFlood) +
          " an hour",
      "| 1 within " + in_words(kResendCoolDown) + " | registration |",
      "| " + std::to_string(kLinkAttempts) + " | link |",
      "ends them all for " + in_words(kMailStop),
      "by /56 with twice, and by /48 with four times",
  };
  for (const std::string& phrase : phrases) {
    EXPECT_NE(document.str().find(phrase), std::string::npos) << phrase;
  }
  EXPECT_EQ(kNetworkWidths[1].bits, 56U);
  EXPECT_EQ(kNetworkWidths[1].allowance, 2);
  EXPECT_EQ(kNetworkWidths[2].bits, 48U);
  EXPECT_EQ(kNetworkWidths[2].allowance, 4);
}

TEST(Policy, WhatIsPublicIsKeyedByWhoCausesItToo) {
  for (const ThrottleKind& kind : throttle_kinds()) {
    const bool by_cause = kind.keyed_by.ends_with("client network") ||
                          kind.keyed_by.ends_with("hash of the browser's cookie");
    const bool only_counts = kind.alarms || kind.policy.free > 1'000'000;
    // Who is signed in is the cause himself.
    const bool of_signed_in =
        kind.throttle == Throttle::kNewAddress || kind.throttle == Throttle::kDeskLookUps;
    const bool the_exception = kind.throttle == Throttle::kPasswordsOfAccount;
    EXPECT_TRUE(by_cause || only_counts || of_signed_in || the_exception) << kind.prefix;
  }
}

TEST(Policy, OnlyATotalWithoutACauseAlarms) {
  for (const ThrottleKind& kind : throttle_kinds()) {
    if (!kind.alarms) continue;
    EXPECT_EQ(kind.keyed_by.find("network"), std::string_view::npos) << kind.prefix;
    EXPECT_EQ(kind.policy.window, 0) << kind.prefix;
  }
}

TEST(Policy, AWiderNetworkMayDoMore) {
  for (std::size_t i = 1; i < kNetworkWidths.size(); ++i) {
    EXPECT_LT(kNetworkWidths.at(i).bits, kNetworkWidths.at(i - 1).bits);
    EXPECT_GT(kNetworkWidths.at(i).allowance, kNetworkWidths.at(i - 1).allowance);
  }
  EXPECT_EQ(kNetworkWidths.front().allowance, 1);
  EXPECT_EQ(times(Limit{3, kHour}, 4).most, 12);
  EXPECT_EQ(times(ThrottlePolicy{3, 10, 900, 3600}, 2).most, 20);
  // A single /48 must not use up what an account takes from everywhere.
  const auto& pair = throttle_kind(Throttle::kPasswordFromNetwork).policy;
  const int widest = kNetworkWidths.back().allowance;
  EXPECT_LT(times(pair, widest).most, throttle_kind(Throttle::kPasswordsOfAccount).limit.most);
}

TEST(Policy, NoPrefixBeginsAnother) {
  for (const ThrottleKind& one : throttle_kinds()) {
    for (const ThrottleKind& other : throttle_kinds()) {
      if (&one == &other) continue;
      EXPECT_FALSE(one.prefix.starts_with(other.prefix)) << one.prefix << " " << other.prefix;
    }
  }
}

TEST(Policy, KeysAreThoseThatDatabasesHold) {
  constexpr auto kPair = Throttle::kPasswordFromNetwork;
  EXPECT_EQ(throttle_key(kPair, "a1", "192.0.2.0/24"), "account:a1|192.0.2.0/24");
  EXPECT_EQ(throttle_keys(kPair, "a1"), "account:a1|");
  EXPECT_EQ(throttle_key(Throttle::kPasswordFromDevice, "a1", "hash"), "device:a1|hash");
  EXPECT_EQ(throttle_key(Throttle::kPasswordsOfNetwork, "192.0.2.0/24"), "network:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kPasswordsOfAccount, "a1"), "attacked:a1");
  EXPECT_EQ(throttle_key(Throttle::kAttackTold, "a1"), "told:a1");
  EXPECT_EQ(throttle_key(Throttle::kNewAddress, "a1"), "email_change:a1");
  EXPECT_EQ(throttle_key(Throttle::kResetOfAddress, "hash", "192.0.2.1"), "reset:hash|192.0.2.1");
  EXPECT_EQ(throttle_key(Throttle::kResetOfNetwork, "192.0.2.0/24"), "reset_network:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kWaitingOfNetwork, "192.0.2.0/24"), "waiting:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kMailOfClinic, "契0123456-7-8", "192.0.2.1"),
            "mail_clinic:契0123456-7-8|192.0.2.1");
  EXPECT_EQ(throttle_key(Throttle::kMailsOfClinic, "契0123456-7-8"),
            "mails_of_clinic:契0123456-7-8");
  EXPECT_EQ(throttle_key(Throttle::kMailOfNetwork, "192.0.2.0/24"), "mail_network:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kMailOfSystem), "mail_system");
}

TEST(Policy, PurgeKeepsWhatCounts) {
  EXPECT_EQ(longest_throttle_window(), kDay);
  EXPECT_GE(kEndedKept, longest_throttle_window());
  EXPECT_GE(kEndedKept, kDay) << "mail.limit.address_day";
  EXPECT_GE(kEndedKept, kFloodOfAddress.window);
  EXPECT_GT(kEndedKept, kLinkLifetime);
}

TEST(Policy, ARegistrationOutlivesItsMail) {
  EXPECT_GE(kRegistrationLifetime, kMostTrying + kLinkLifetime);
}

}  // namespace
}  // namespace portal
