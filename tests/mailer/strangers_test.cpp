// No stranger uses up what somebody else needs: a row for each limit of the table of policies. What
// the stranger does comes from networks of his own; then the owner, from another one, does what he
// came for, and it works. Steps, database and mailer are real.
#include "strangers_portal.h"

namespace portal::testing_portal {
namespace {

struct Row {
  const char* limit;
  void (*stranger)(StrangersTest&);
  bool (*owner)(StrangersTest&);
};

// What the owner does, from a network of his own.
bool logs_in(StrangersTest& t) {
  Browser browser = t.from("203.0.113.1");
  return t.log_in_status(browser) == 303;
}
bool resets_the_password(StrangersTest& t) {
  t.deliver();
  Browser browser = t.from("203.0.113.1");
  return t.forgot(browser) == 303 && t.deliver() == 1 && t.resets(browser);
}
bool registers(StrangersTest& t) {
  t.deliver();
  Browser browser = t.from("203.0.113.1");
  t.register_in(browser);
  return t.deliver() == 1 && t.activates(browser);
}
bool registers_and_sends_again(StrangersTest& t) {
  t.deliver();
  Browser browser = t.from("203.0.113.1");
  t.register_in(browser);
  t.deliver();
  for (int i = 0; i < 2; ++i) {
    t.pass(kMinute);
    if (t.resend(browser) != 303 || t.deliver() != 1) return false;
  }
  return t.activates(browser);
}
// In the browser that registered, while strangers ask with the address.
bool sends_again(StrangersTest& t) {
  Browser browser = t.from("203.0.113.1");
  t.register_in(browser);
  t.deliver();
  t.pass(kResendCoolDown);
  Browser stranger = t.from(kStranger);
  if (t.forgot(stranger) != 303 || t.deliver() != 1) return false;
  return t.resend(browser) == 303 && t.deliver() == 1 && t.activates(browser);
}
bool waits_for_a_clinic(StrangersTest& t) {
  return t.wait_for("203.0.113.1", kOwner, 1) == 303;
}

const Row kRows[] = {
    {"account",
     [](StrangersTest& t) {
       t.account();
       Browser browser = t.from(kStranger);
       for (int i = 0; i < 30; ++i) t.guess_at(browser, kOwner);
     },
     logs_in},
    {"network",
     [](StrangersTest& t) {
       t.account();
       Browser browser = t.from(kStranger);
       for (int i = 0; i < 310; ++i) t.guess_at(browser, "user" + std::to_string(i) + "@a.example");
       for (int i = 0; i < 60; ++i) t.guess_at(browser, kOwner);
     },
     logs_in},
    {"attacked",
     [](StrangersTest& t) {
       t.account();
       for (int i = 0; i < 220; ++i) {
         Browser browser = t.from(t.network(i));
         t.guess_at(browser, kOwner);
       }
     },
     [](StrangersTest& t) { return !logs_in(t) && resets_the_password(t); }},
    {"email_change",
     [](StrangersTest& t) {
       t.make_account(t.member(1), t.number(1));
       Browser browser = t.from(kStranger);
       t.post(browser, credentials(t.member(1)));
       for (int i = 0; i < 20; ++i) t.change_email(browser, kOwner);
     },
     registers},
    {"reset",
     [](StrangersTest& t) {
       t.account();
       Browser browser = t.from(kStranger);
       for (int i = 0; i < 30; ++i) t.forgot(browser);
     },
     resets_the_password},
    {"reset_network",
     [](StrangersTest& t) {
       t.account();
       Browser browser = t.from(kStranger);
       for (int i = 0; i < 310; ++i) t.forgot(browser, "user" + std::to_string(i) + "@a.example");
       for (int i = 0; i < 30; ++i) t.forgot(browser);
     },
     resets_the_password},
    {"waiting",
     [](StrangersTest& t) {
       for (int i = 0; i < 310; ++i) t.wait_for(kStranger, kOwner, i);
     },
     waits_for_a_clinic},
    {"mail_clinic",
     [](StrangersTest& t) {
       for (int i = 0; i < 31; ++i)
         t.register_at(kStranger, "u" + std::to_string(i) + "@a.example");
     },
     registers},
    {"mails_of_clinic",
     [](StrangersTest& t) {
       for (int i = 0; i < 110; ++i) {
         t.register_at(t.network(i), "u" + std::to_string(i) + "@a.example");
       }
     },
     registers},
    {"mail_network",
     [](StrangersTest& t) {
       t.set("mail.limit.network_hour", "4");
       for (int i = 0; i < 8; ++i) t.register_at(kStranger, "u" + std::to_string(i) + "@a.example");
     },
     registers},
    {"mail_system",
     [](StrangersTest& t) {
       t.set("mail.limit.system_hour", "4");
       for (int i = 0; i < 8; ++i)
         t.register_at(t.network(i), "u" + std::to_string(i) + "@a.example");
     },
     registers},
    {"the share of an address",
     [](StrangersTest& t) {
       for (int i = 0; i < 5; ++i) t.register_at(kStranger);
     },
     registers_and_sends_again},
    {"the share of an address that has an account",
     [](StrangersTest& t) {
       t.account();
       for (int i = 0; i < 5; ++i) t.register_at(kStranger);
     },
     resets_the_password},
    {"the cool-down of a registration", [](StrangersTest&) {}, sends_again},
    {"the total of an address",
     [](StrangersTest& t) {
       for (int i = 0; i < 15; ++i) t.register_at(t.network(i));
     },
     registers},
    {"the total of an address that has an account",
     [](StrangersTest& t) {
       t.account();
       for (int i = 0; i < 15; ++i) t.register_at(t.network(i));
     },
     resets_the_password},
    {"a stop of another address in its mailbox's domain",
     [](StrangersTest& t) {
       t.register_at(kStranger, "other@test.example");
       t.deliver();
       t.press_stop();
     },
     registers},
};

class EachLimit : public StrangersTest, public testing::WithParamInterface<Row> {};

TEST_P(EachLimit, LeavesTheOwnerWhatHeNeeds) {
  GetParam().stranger(*this);
  EXPECT_TRUE(GetParam().owner(*this));
}

INSTANTIATE_TEST_SUITE_P(, EachLimit, testing::ValuesIn(kRows), [](const auto& test) {
  std::string name = test.param.limit;
  std::ranges::replace_if(
      name, [](char c) { return c < 'A'; }, '_');
  return name;
});

TEST(EveryThrottle, HasARow) {
  for (const ThrottleKind& kind : throttle_kinds()) {
    // Of the owner's own browser, without a wait for anybody, or of the call centre's staff.
    if (kind.throttle == Throttle::kPasswordFromDevice || kind.throttle == Throttle::kAttackTold ||
        kind.throttle == Throttle::kDeskLookUps) {
      continue;
    }
    const bool there = std::ranges::any_of(
        kRows, [&](const Row& row) { return row.limit == name_of(kind.throttle); });
    EXPECT_TRUE(there) << name_of(kind.throttle);
  }
}

}  // namespace
}  // namespace portal::testing_portal
