// Rows of the outbox afterwards: sent again, listed, come back, purged. On both databases.
#include <set>

#include "core/database/engine/connection.h"
#include "outbox.h"

namespace portal {
namespace {

TEST_P(OutboxTest, AFailedOrWaitingOneIsDueAgainASentOneIsNot) {
  for (const char* id : {"failed", "waiting", "sent"}) add(a_mail(id, "1"));
  lease("m", 1000);
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_failed("failed", "m", 1001, "550 no"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.put_back("waiting", "m", 9000, "451 wait"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_sent("sent", "m", 1001, "250 ok"); }));
  EXPECT_TRUE(lease("m", 2000).empty());
  EXPECT_TRUE(end([](Outbox& o) { return o.retry("failed", 2000); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.retry("waiting", 2000); }));
  EXPECT_FALSE(end([](Outbox& o) { return o.retry("sent", 2000); }));
  EXPECT_FALSE(end([](Outbox& o) { return o.retry("nobody", 2000); }));
  const auto entry = [&](std::string_view id) {
    return value(database->read([&](Connection& c) { return Outbox(c).find(id); }));
  };
  EXPECT_EQ(entry("failed")->state, "queued");
  EXPECT_EQ(entry("failed")->next_attempt_at, 2000);
  EXPECT_EQ(entry("failed")->done_at, 0);
  EXPECT_EQ(entry("failed")->attempts, 1);
  EXPECT_EQ(entry("failed")->last_reply, "550 no");
  EXPECT_EQ(entry("waiting")->next_attempt_at, 2000);
  EXPECT_EQ(entry("sent")->state, "sent");
  EXPECT_EQ(entry("sent")->done_at, 1001);
  EXPECT_FALSE(entry("nobody"));
  EXPECT_TRUE(lease("m", 1999).empty());
  EXPECT_EQ(lease("m", 2000).size(), 2U);
}

TEST_P(OutboxTest, AllThatWaitAreDueAtOnce) {
  for (const char* id : {"failed", "waiting"}) add(a_mail(id, "1"));
  lease("m", 1000);
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_failed("failed", "m", 1001, "550 no"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.put_back_blocked("waiting", "m", 9000, "554 no"); }));
  EXPECT_EQ(value(database->write([](Connection& c) { return Outbox(c).retry_waiting(2000); })), 1);
  const auto rows = lease("m", 2000);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].id, "waiting");
}

TEST_P(OutboxTest, ALeasedRowKnowsItsFaultsAndTheLeastTriedComesFirstIfAskedFor) {
  for (const char* id : {"a", "b"}) add(a_mail(id, "1"));
  lease("m", 1000, 1);
  EXPECT_TRUE(end([](Outbox& o) { return o.put_back_blocked("a", "m", 900, "554 no"); }));
  const auto least = value(database->write(
      [](Connection& c) { return Outbox(c).lease_least_tried("n", 1000, kMinute); }));
  ASSERT_EQ(least.size(), 1U);
  EXPECT_EQ(least[0].id, "b");
  EXPECT_EQ(least[0].blocked, 0);
  const auto rows = lease("m", 1000);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].attempts, 1);
  EXPECT_EQ(rows[0].blocked, 1);
  EXPECT_EQ(rows[0].fault, "ours");
}

TEST_P(OutboxTest, OnlyTheRecipientsFaultsAreTheRecipientsMatter) {
  struct Case {
    const char* label;
    MailFault fault;
    bool queued, failed;  // undeliverable in this state
  };
  for (const Case& c : std::vector<Case>{{"unknown user", MailFault::kUnknownUser, false, true},
                                         {"domain", MailFault::kUnknownDomain, false, true},
                                         {"full", MailFault::kMailboxFull, true, true},
                                         {"filter", MailFault::kRecipientFilter, false, true},
                                         {"unclear", MailFault::kUnclear, false, true},
                                         {"ours", MailFault::kOurs, false, false},
                                         {"content", MailFault::kContent, false, false},
                                         {"too big", MailFault::kTooBig, false, false}}) {
    const std::string id(name_of(c.fault));
    const auto undeliverable = [&] {
      return value(database->read([&](Connection& d) { return Outbox(d).find(id); }))
          ->undeliverable();
    };
    add(a_mail(id, "1"));
    lease("m", 1000);
    EXPECT_TRUE(end([&](Outbox& o) { return o.put_back(id, "m", 1000, "no", c.fault); }));
    EXPECT_EQ(undeliverable(), c.queued) << c.label;
    lease("m", 1000);
    EXPECT_TRUE(end([&](Outbox& o) { return o.mark_failed(id, "m", 1000, "no", c.fault); }));
    EXPECT_EQ(undeliverable(), c.failed) << c.label;
    EXPECT_TRUE(end([&](Outbox& o) { return o.retry(id, 1000); }));
    EXPECT_FALSE(undeliverable()) << c.label << ": it is tried again";
    lease("m", 1000);
    EXPECT_TRUE(end([&](Outbox& o) { return o.mark_sent(id, "m", 1000, "250 ok"); }));
    EXPECT_FALSE(undeliverable()) << c.label;
    EXPECT_TRUE(end([&](Outbox& o) { return o.mark_bounced(id, 1001, "5.0.0", c.fault); }));
    EXPECT_EQ(undeliverable(), c.failed) << c.label << ": it came back";
  }
}

TEST_P(OutboxTest, ARetryLeavesTheLeaseToItsOwner) {
  add(a_mail("a", "1"));
  lease("first", 1000);
  EXPECT_TRUE(end([](Outbox& o) { return o.retry("a", 1010); }));
  EXPECT_TRUE(lease("second", 1010).empty());
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_sent("a", "first", 1020, "250 ok"); }));
  EXPECT_FALSE(end([](Outbox& o) { return o.retry("a", 1030); }));
}

TEST_P(OutboxTest, OfARegistrationThoseAreWithheldThatNoMailerHas) {
  for (const char* id : {"leased", "queued", "sent"}) add(a_mail(id, "1"));
  add(a_mail("other", "2"));
  value(database->write([](Connection& c) {
    return c.execute("UPDATE outbox SET state = 'sent' WHERE id = 'sent'");
  }));
  const auto withhold = [&] {
    return value(database->write([](Connection& c) {
      return Outbox(c).withhold_activations("1", 1000, "corrected",
                                            MailObstacle::kAddressCorrected);
    }));
  };
  EXPECT_EQ(lease("m", 1000, 1).front().id, "leased");
  EXPECT_EQ(withhold(), 1);
  EXPECT_TRUE(end([](Outbox& o) { return o.put_back("leased", "m", 9000, "451 wait"); }));
  const auto entry = [&](std::string_view id) {
    return value(database->read([&](Connection& c) { return Outbox(c).find(id); })).value();
  };
  EXPECT_EQ(entry("queued").state, "withheld");
  EXPECT_EQ(entry("queued").obstacle, "address_corrected");
  EXPECT_EQ(entry("queued").last_reply, "corrected");
  EXPECT_EQ(entry("sent").state, "sent");
  EXPECT_EQ(entry("other").state, "queued");
  if (GetParam() == "PostgreSQL") {
    value(database->write([&](Connection& c) {
      EXPECT_EQ(Outbox(c).lease("n", 9000, kMinute, 10).size(), 2U);
      EXPECT_EQ(withhold(), 0) << "it waits for nobody";
      return Done{};
    }));
    EXPECT_TRUE(end([](Outbox& o) { return o.release("leased", "n"); }));
  }
  EXPECT_EQ(withhold(), 1);
}

TEST_P(OutboxTest, AllThatFailedAreDueAgain) {
  for (const char* id : {"a", "b", "waiting"}) add(a_mail(id, "1"));
  lease("m", 1000);
  for (const char* id : {"a", "b"}) {
    EXPECT_TRUE(end([&](Outbox& o) { return o.mark_failed(id, "m", 1001, "550 no"); }));
  }
  EXPECT_TRUE(end([](Outbox& o) { return o.put_back("waiting", "m", 9000, "451 wait"); }));
  const auto retry = [&] {
    return value(database->write([](Connection& c) { return Outbox(c).retry_failed(2000); }));
  };
  EXPECT_EQ(retry(), 2);
  EXPECT_EQ(retry(), 0);
  EXPECT_EQ(lease("m", 2000).size(), 2U);
}

TEST_P(OutboxTest, IsListedNewestFirstByWhatIsAskedFor) {
  auto registration = a_registration("1");
  auto other = a_registration("2");
  other.number = a_number("協0123456-7-8");
  // Its registration is gone.
  const Account account = an_account("3", "", registration.number.text());
  value(database->write([&](Connection& c) {
    Registrations(c).add(registration);
    Registrations(c).add(other);
    return Accounts(c).add(account);
  }));
  auto first = a_mail("first", "1");
  first.created_at = 900;
  first.recipient = "Hanako@Example.jp";
  auto notice = a_mail("notice", "");
  notice.account_id = "3";
  notice.recipient = "new@example.jp";
  auto reset = a_mail("reset", "");
  reset.recipient = "nobody@example.jp";
  for (const auto& row : {first, a_mail("second", "2"), notice, reset}) add(row);
  lease("m", 1000);
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_sent("first", "m", 1001, "250 ok"); }));
  EXPECT_TRUE(end([](Outbox& o) { return o.mark_failed("notice", "m", 1002, "550 no"); }));

  using Ids = std::vector<std::string>;
  const struct {
    OutboxFilter filter;
    Ids expected;
  } cases[] = {
      {{}, {"second", "reset", "notice", "first"}},
      {{.email_key = "", .number = {}, .state = "", .most = 2}, {"second", "reset"}},
      {{.email_key = "hanako@example.jp", .number = {}, .state = ""}, {"second", "first"}},
      {{.email_key = "hanako@example.jp", .number = {}, .state = "sent"}, {"first"}},
      {{.email_key = "", .number = registration.number, .state = ""}, {"notice", "first"}},
      {{.email_key = "", .number = other.number, .state = ""}, {"second"}},
      {{.email_key = "", .number = a_number("13000001-0-1"), .state = ""}, {}},
      {{.email_key = "hanako", .number = {}, .state = ""}, {}},
      {{.email_key = "", .number = {}, .state = "failed"}, {"notice"}},
      {{.email_key = "", .number = {}, .state = "queued"}, {"second", "reset"}},
  };
  for (const auto& test : cases) {
    Ids ids;
    for (const auto& row :
         value(database->read([&](Connection& c) { return Outbox(c).list(test.filter); }))) {
      ids.push_back(row.id);
    }
    EXPECT_EQ(ids, test.expected) << test.filter.email_key << "|"
                                  << (test.filter.number ? test.filter.number->text() : "") << "|"
                                  << test.filter.state;
  }
  const auto counts = value(database->read([](Connection& c) { return Outbox(c).counts(); }));
  std::map<std::string, std::pair<std::int64_t, EpochSeconds>> by_state;
  for (const auto& count : counts) by_state[count.state] = {count.rows, count.oldest};
  EXPECT_EQ(by_state,
            (decltype(by_state){{"failed", {1, 1000}}, {"queued", {2, 1000}}, {"sent", {1, 900}}}));
}

TEST_P(OutboxTest, OnlyASentMailComesBackAndOnlyOnce) {
  const auto come_back = [&] {
    return end([](Outbox& o) { return o.mark_bounced("a", 2000, "5.1.1 unknown"); });
  };
  EXPECT_FALSE(come_back()) << "there is none";
  add(a_mail("a", "1"));
  lease("m", 1000);
  EXPECT_FALSE(come_back()) << "not sent yet";
  end([](Outbox& o) { return o.mark_sent("a", "m", 1000, "250 ok"); });
  EXPECT_TRUE(come_back());
  EXPECT_FALSE(come_back()) << "before";
  const auto row = value(database->read([](Connection& c) { return Outbox(c).find("a"); }));
  ASSERT_TRUE(row);
  EXPECT_EQ(row->state, "bounced");
  EXPECT_EQ(row->done_at, 2000);
  EXPECT_EQ(row->last_reply, "5.1.1 unknown");
  EXPECT_TRUE(row->undeliverable());
}

TEST_P(OutboxTest, NewestRowOfARegistrationTellsWhetherItCouldBeDelivered) {
  const auto newest = [&] {
    return value(database->read([](Connection& c) { return Outbox(c).newest_row("1"); }));
  };
  EXPECT_FALSE(newest());
  add(a_mail("old", "1"));
  lease("m", 1000);
  end([](Outbox& o) { return o.mark_failed("old", "m", 1000, "550 no"); });
  EXPECT_EQ(newest()->id, "old");
  EXPECT_TRUE(newest()->undeliverable());
  auto later = a_mail("a-new", "1");
  later.created_at = 1100;
  add(later);
  auto others = a_mail("other", "2");
  others.created_at = 1200;
  add(others);
  EXPECT_EQ(newest()->id, "a-new");
  EXPECT_FALSE(newest()->undeliverable());
}

TEST_P(OutboxTest, AnIdIsFoundInAnyCaseUnlessTwoAreAlike) {
  const auto found = [&](std::string_view id) {
    const auto row =
        value(database->read([&](Connection& c) { return Outbox(c).find_in_any_case(id); }));
    return row ? row->id : "";
  };
  add(a_mail("Ab-9_x", "1"));
  for (const auto* id : {"Ab-9_x", "ab-9_x", "AB-9_X"}) EXPECT_EQ(found(id), "Ab-9_x") << id;
  EXPECT_EQ(found("ab-9"), "");
  add(a_mail("aB-9_x", "1"));
  EXPECT_EQ(found("ab-9_x"), "");
}

TEST_P(OutboxTest, OnlyWhatIsDoneAndOldEnoughIsPurged) {
  const auto purge = [&](EpochSeconds before, int most) {
    return value(database->write([&](Connection& c) { return Outbox(c).purge(before, most); }));
  };
  const auto ids = [&] {
    std::set<std::string> left;
    for (const auto& row :
         value(database->read([](Connection& c) { return Outbox(c).list({}); }))) {
      left.insert(row.id);
    }
    return left;
  };
  using Ids = std::set<std::string>;
  for (const char* id : {"failed", "sent", "withheld", "bounced", "young"}) add(a_mail(id, "1"));
  ASSERT_EQ(lease("m", 1000).size(), 5U);
  EXPECT_TRUE(end([](Outbox& o) {
    return o.mark_failed("failed", "m", 1001, "550") && o.mark_sent("sent", "m", 1001, "250") &&
           o.mark_withheld("withheld", "m", 1001, "limit") &&
           o.mark_sent("bounced", "m", 1000, "250") && o.mark_bounced("bounced", 1001, "5.1.1") &&
           o.mark_sent("young", "m", 1002, "250");
  }));
  add(a_mail("queued", "1"));
  EXPECT_EQ(purge(1001, 10), 0) << "it keeps what was done at that second";
  EXPECT_EQ(purge(1002, 3), 3) << "no more than asked for";
  EXPECT_EQ(purge(1002, 3), 1);
  EXPECT_EQ(ids(), (Ids{"queued", "young"}));
  EXPECT_EQ(purge(100'000, 10), 1) << "a queued one never goes";
  EXPECT_EQ(ids(), Ids{"queued"});
}

}  // namespace
}  // namespace portal
