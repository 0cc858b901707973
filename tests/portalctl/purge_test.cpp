// portalctl purge of what became of mails: what is kept long enough goes, and nothing else.
#include "core/registration/policy.h"
#include "migrated_portal.h"

namespace portalctl_test {
namespace {

using namespace portal;

class Purge : public MigratedPortal {
 protected:
  const EpochSeconds now = system_now();
};

TEST_F(Purge, MailsThatAreOverGoWithTheirAttemptsAfterTheirTime) {
  const EpochSeconds old = now - 30 * kDay - kPurgeDelay - kHour;
  const EpochSeconds young = now - 30 * kDay + kHour;
  write("portal.conf", content_of(folder / "portal.conf") + "retention.mail_days = 30\n");
  on([&](Connection& c) {
    Outbox outbox(c);
    for (const EpochSeconds at : {old, young}) {
      for (const std::string state : {"sent", "failed", "bounced", "withheld", "queued"}) {
        const std::string id = state + (at == old ? "-old" : "-young");
        outbox.add({id, "activation", "r", "taro@example.jp", at, at, 0});
        MailAttempts(c).add("of-" + id, {id, at, "try_later", "451"});
        outbox.lease(id, now, kMinute, 1);
        if (state == "sent" || state == "bounced") outbox.mark_sent(id, id, at, "250");
        if (state == "bounced") outbox.mark_bounced(id, at, "5.1.1");
        if (state == "failed") outbox.mark_failed(id, id, at, "550");
        if (state == "withheld") outbox.mark_withheld(id, id, at, "limit");
      }
    }
    return Done{};
  });
  const auto ran = run("purge");
  EXPECT_EQ(ran.status, 0) << ran.error;
  expect_has(ran.out, "\nmails: 4\n");
  on([](Connection& c) {
    for (const std::string state : {"sent", "failed", "bounced", "withheld", "queued"}) {
      const bool kept = state == "queued";
      EXPECT_EQ(Outbox(c).find(state + "-old").has_value(), kept) << state;
      EXPECT_EQ(MailAttempts(c).of(state + "-old").size(), kept ? 1U : 0U) << state;
      EXPECT_TRUE(Outbox(c).find(state + "-young")) << state;
      EXPECT_EQ(MailAttempts(c).of(state + "-young").size(), 1U) << state;
    }
    return Done{};
  });
}

TEST_F(Purge, StopLinksGoWhenTheirStopWouldBeOver) {
  on([&](Connection& c) {
    MailAddresses(c).add_link(
        {"old", "mail-1", "taro@example.jp", "r", now - kMailStop - kPurgeDelay - kHour});
    MailAddresses(c).add_link({"young", "mail-2", "taro@example.jp", "r", now - kMailStop + kHour});
    return Done{};
  });
  expect_has(run("purge").out, "\nstop links: 1\n");
  on([](Connection& c) {
    EXPECT_FALSE(MailAddresses(c).find_link("old"));
    EXPECT_TRUE(MailAddresses(c).find_link("young"));
    return Done{};
  });
}

TEST_F(Purge, AddressesGoTwoDaysAfterTheirLastMailUnlessTheyAreStopped) {
  on([&](Connection& c) {
    MailAddresses addresses(c);
    addresses.prepare("old@example.jp", now - 2 * kDay - kPurgeDelay - kHour);
    addresses.prepare("young@example.jp", now - 2 * kDay + kHour);
    addresses.stop("stopped@example.jp", now - 20 * kDay, now + 10 * kDay);
    addresses.stop("over@example.jp", now - 40 * kDay, now - 10 * kDay);
    return Done{};
  });
  expect_has(run("purge").out, "\nmail addresses: 2\n");
  on([&](Connection& c) {
    EXPECT_EQ(MailAddresses(c).stopped_until("stopped@example.jp"), now + 10 * kDay);
    EXPECT_EQ(MailAddresses(c).stopped_until("over@example.jp"), 0);
    return Done{};
  });
  expect_has(run("purge").out, "\nmail addresses: 0\n");
}

TEST_F(Purge, EventsAndWhoWaitsGoAfterTheirTime) {
  write("portal.conf", content_of(folder / "portal.conf") +
                           "retention.event_days = 10\nretention.waiting_days = 20\n");
  on([&](Connection& c) {
    for (const auto& [id, days] : {std::pair("old", 11), {"young", 9}}) {
      EventRow event;
      event.at = now - days * kDay;
      event.id = event_id(event.at, id);
      event.name = "form_accepted";
      event.registration_id = "r";
      Events(c).add(event);
    }
    for (const auto& [id, days] : {std::pair("old", 21), {"young", 19}}) {
      Waiting(c).put(
          {id, a_number(id), "taro@example.jp", "taro@example.jp", "", now - days * kDay});
    }
    return Done{};
  });
  const auto ran = run("purge");
  expect_has(ran.out, "\nevents: 1\n");
  expect_has(ran.out, "\nwaiting: 1\n");
  on([](Connection& c) {
    EXPECT_EQ(Events(c).of_registration("r", 9).size(), 1U);
    EXPECT_TRUE(Events(c).of_registration("r", 9).at(0).id.ends_with("-young"));
    EXPECT_FALSE(Waiting(c).find("old"));
    EXPECT_TRUE(Waiting(c).find("young"));
    return Done{};
  });
}

TEST_F(Purge, PrintsCountsAsJsonToo) {
  on([&](Connection& c) {
    Drafts(c).add({"old", "sealed", now - kPurgeDelay - 1});
    return Drafts(c).add({"ended just now", "sealed", now - kPurgeDelay + kHour});
  });
  const auto ran = run("purge --json");
  EXPECT_EQ(ran.status, 0);
  expect_has(ran.out, "{\"what\":\"drafts\",\"removed\":1}\n");
  expect_has(ran.out, "{\"what\":\"waiting\",\"removed\":0}\n");
}

}  // namespace
}  // namespace portalctl_test
