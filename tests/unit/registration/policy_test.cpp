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
  EXPECT_EQ(index, static_cast<std::size_t>(Throttle::kMailOfSystem) + 1);
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
  EXPECT_EQ(password_key(kPair, "a1", "192.0.2.0/24"), "account:a1|192.0.2.0/24");
  EXPECT_EQ(password_keys(kPair, "a1"), "account:a1|");
  EXPECT_EQ(password_key(Throttle::kPasswordFromDevice, "a1", "hash"), "device:a1|hash");
  EXPECT_EQ(throttle_key(Throttle::kPasswordsOfNetwork, "192.0.2.0/24"), "network:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kPasswordsOfAccount, "a1"), "attacked:a1");
  EXPECT_EQ(throttle_key(Throttle::kAttackTold, "a1"), "told:a1");
  EXPECT_EQ(throttle_key(Throttle::kNewAddress, "a1"), "email_change:a1");
  EXPECT_EQ(throttle_key(Throttle::kResetOfAddress, "hash"), "reset:hash");
  EXPECT_EQ(throttle_key(Throttle::kResetOfNetwork, "192.0.2.0/24"), "reset_network:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kWaitingOfNetwork, "192.0.2.0/24"), "waiting:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kMailOfClinic, "契0123456-7-8"), "mail_clinic:契0123456-7-8");
  EXPECT_EQ(throttle_key(Throttle::kMailOfNetwork, "192.0.2.0/24"), "mail_network:192.0.2.0/24");
  EXPECT_EQ(throttle_key(Throttle::kMailOfSystem), "mail_system");
}

TEST(Policy, PurgeKeepsWhatCounts) {
  EXPECT_EQ(longest_throttle_window(), kDay);
  EXPECT_GE(kEndedKept, longest_throttle_window());
  EXPECT_GE(kEndedKept, kDay) << "mail.limit.address_day";
  EXPECT_GT(kEndedKept, kLinkLifetime);
}

TEST(Policy, ARegistrationOutlivesItsMail) {
  EXPECT_GE(kRegistrationLifetime, kMostTrying + kLinkLifetime);
}

}  // namespace
}  // namespace portal
