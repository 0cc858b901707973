// The table of throttles: its keys cannot be mistaken for each other, and what `purge` keeps covers
// its windows.
#include "core/registration/policy.h"

#include <gtest/gtest.h>

namespace portal {
namespace {

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

TEST(Policy, NoPrefixBeginsAnother) {
  for (const ThrottleKind& one : throttle_kinds()) {
    for (const ThrottleKind& other : throttle_kinds()) {
      if (&one == &other) continue;
      EXPECT_FALSE(one.prefix.starts_with(other.prefix)) << one.prefix << " " << other.prefix;
    }
  }
}

TEST(Policy, KeysAreThoseThatDatabasesHold) {
  EXPECT_EQ(password_key("a1", "192.0.2.0/24"), "account:a1|192.0.2.0/24");
  EXPECT_EQ(password_keys("a1"), "account:a1|");
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
