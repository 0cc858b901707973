// portalctl timeline: from what the steps and the mailer have written down to what the call centre
// reads.
#include "timeline.h"

namespace portalctl_test {
namespace {

// What an error page shows is read out over the telephone, and typed in as it was heard.
TEST_F(Timeline, IsFoundByTheNumberOfARequest) {
  const EpochSeconds then = 1'700'000'000;
  request_.id = "0123456789abcdef0123456789abcdef";
  note_form(TimelineEvent::kFormRefused, then, "phone_format");
  request_.id = "1a2b3c4dffffffffffffffffffffffff";
  note_form(TimelineEvent::kFormAccepted, then + 60);
  register_person(then + 70);
  for (const char* number : {"1a2b-3c4d", "1A2B 3C4D", "１ａ２ｂ－３ｃ４ｄ", "1a2b3c4d",
                             "1a2b3c4dffffffffffffffffffffffff"}) {
    const auto ran = run("timeline '" + std::string(number) + "'");
    EXPECT_EQ(ran.status, 0) << number << ran.error;
    expect_has(ran.out, "form_accepted");
    EXPECT_NE(ran.out.find("確認画面  <- 1a2b3c4d"), std::string::npos) << ran.out;
    expect_has(ran.out, "phone_format");  // the same person
    expect_has(ran.out, "registered ");
  }
  const auto other = run("timeline 0123-4567");
  EXPECT_NE(other.out.find("phone_format  <- 01234567"), std::string::npos) << other.out;
}

TEST_F(Timeline, SaysWhereElseTheNumberOfARequestIsFound) {
  const auto ran = run("timeline 9999-aaaa");
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "request=9999aaaa");
  expect_has(ran.error, "id=9999aaaa");
  EXPECT_EQ(run("timeline 9999-aaa").status, 1) << "too short";
  EXPECT_EQ(run("timeline 'beef burger'").status, 1);
}

TEST_F(Timeline, TellsOfAnErrorPage) {
  TimelineQueue queue;
  ErrorsShown(queue).add(1'700'000'000, "aaaabbbbcccc", "form 503");
  queue.write(*database);
  queue.write(*database);  // once
  const auto ran = run("timeline aaaa-bbbb");
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(ran.out.find("error_shown"), ran.out.rfind("error_shown")) << ran.out;
  expect_has(ran.out, "an error page was shown, with this status: form 503");
  expect_has(ran.out, "the log has the reason");
}

TEST_F(Timeline, KeepsSomeErrorPagesOfAMinuteOnly) {
  TimelineQueue queue;
  ErrorsShown shown(queue);
  const EpochSeconds then = 1'700'000'040;  // a minute begins
  for (int i = 0; i < 1000; ++i) shown.add(then + i % 60, "aaaabbbbcccc", "form 400");
  shown.add(then + 60, "aaaabbbbcccc", "form 429");
  queue.write(*database);
  const auto ran = run("timeline aaaa-bbbb");
  std::size_t rows = 0;
  for (std::size_t at = 0; (at = ran.out.find("form 400", at)) != std::string::npos; ++at) ++rows;
  EXPECT_EQ(rows, ErrorsShown::kMostInAMinute);
  expect_has(ran.out, "form 429");
}

TEST_F(Timeline, TellsEverythingInItsOrder) {
  const EpochSeconds then = 1'700'000'000;  // 2023-11-15 07:13:20 in Japan
  note_form(TimelineEvent::kFormRefused, then, "phone_format terms_missing");
  note_form(TimelineEvent::kFormAccepted, then + 60);
  register_person(then + 70);
  note_ok(then + 70);  // the audit says it
  mailer(then + 71, "try_later", "RCPT TO: 450 <Hanako@example.jp> greylisted",
         [&](Outbox& outbox) { return outbox.put_back("m", "mailer", then + 101, "450"); });
  mailer(then + 101, "delivered", "250 2.0.0 Ok",
         [&](Outbox& outbox) { return outbox.mark_sent("m", "mailer", then + 101, "250"); });
  on([&](Connection& c) {
    record_timeline_event(c, request_, then + 150,
                          {.event = TimelineEvent::kLinkOpened,
                           .registration = "r",
                           .detail = "good, elsewhere: Scanner/1"});
  });
  activate(then + 200);
  const auto ran = run(std::string("timeline ") + kAddress);
  EXPECT_EQ(ran.status, 0) << ran.error;
  EXPECT_EQ(
      ran.out,
      "2023-11-15 07:13:20 JST  form_refused         the form was sent with mistakes, in these "
      "fields: phone_format terms_missing\n"
      "2023-11-15 07:14:20 JST  form_accepted        the form was sent without a mistake: "
      "確認画面\n"
      "2023-11-15 07:14:30 JST  registered           A registration was completed with OK; its "
      "link "
      "was not followed yet.  [01234567-8-9 H***@example.jp]\n"
      "2023-11-15 07:14:30 JST  mail_queued          activation to ***@example.jp (mail m)\n"
      "2023-11-15 07:14:31 JST  mail_try_later       activation: RCPT TO: 450 <***@example.jp> "
      "greylisted\n"
      "2023-11-15 07:15:01 JST  mail_delivered       activation: 250 2.0.0 Ok\n"
      "2023-11-15 07:15:50 JST  link_opened          the link in the mail was opened: good, "
      "elsewhere: Scanner/1\n"
      "2023-11-15 07:16:40 JST  activated            The link was followed: the account exists.\n"
      "\n"
      "Registered: the account exists since 2023-11-15 07:16:40 JST; nobody has logged in yet.\n");
  EXPECT_EQ(run(std::string("timeline ") + kNumber).out, ran.out);
  EXPECT_EQ(run(std::string("timeline ") + kPhone).out, ran.out);
  expect_has(run(std::string("timeline --full ") + kPhone).out, "450 <Hanako@example.jp>");
  const auto json = run(std::string("timeline --json ") + kPhone).out;
  expect_has(json,
             "{\"time\":\"2023-11-15 07:14:31 JST\",\"at\":1700000071,\"what\":\"mail_try_later\","
             "\"registration\":\"r\",\"detail\":\"activation: RCPT TO: 450 <***@example.jp> "
             "greylisted\",\"request\":\"\",\"attempt\":1,"
             "\"registration_number\":\"01234567-8-9\",\"email\":\"H***@example.jp\"}\n");
  expect_has(json, "\"what\":\"in_short\"");
}

TEST_F(Timeline, KnowsOfARegistrationThatWasPurged) {
  note_form(TimelineEvent::kFormAccepted, now_ - 5 * kDay);
  note_ok(now_ - 5 * kDay + 20);
  expect_short("OK was pressed at ");
  expect_short("was not followed in time");
  expect_has(run(std::string("timeline ") + kPhone).out, "ok_pressed           OK was pressed at ");
}

TEST_F(Timeline, SaysThatAnAccountIsGone) {
  register_person(now_ - 700);
  activate(now_ - 600);
  expect_short("Registered: the account exists since ");
  on([](Connection& c) { Accounts(c).remove("r"); });
  expect_short(", but the account is gone: its owner left, or it was released");
}

TEST_F(Timeline, SaysWhatWasWithheldAndWhatFailed) {
  register_person(now_ - 700);
  mailer(now_ - 600, "withheld", "3 mails already", [&](Outbox& outbox) {
    return outbox.mark_withheld("m", "mailer", now_ - 600, "3 mails already");
  });
  expect_short("was not sent, on purpose: 3 mails already.");
  on([&](Connection& c) { Outbox(c).retry("m", now_ - 500); });
  mailer(now_ - 500, "refused", "550 unknown", [&](Outbox& outbox) {
    return outbox.mark_failed("m", "mailer", now_ - 500, "550 unknown");
  });
  expect_short("could not be delivered: 550 unknown. Is the address right?");
}

TEST_F(Timeline, WhomNothingIsKnownOfAndWhatIsNoName) {
  auto ran = run("timeline nobody@example.jp");
  EXPECT_EQ(ran.status, 1);
  EXPECT_EQ(ran.out, "");
  expect_has(ran.error, "Nothing is known");
  ran = run("timeline taro");
  EXPECT_EQ(ran.status, 1);
  expect_has(ran.error, "neither an address nor a number");
  EXPECT_EQ(run("timeline").status, 2);
}

TEST_F(Timeline, TheTableShowsNobodyWhoseFormItWas) {
  if (own_database->on_postgresql()) GTEST_SKIP() << "reads SQLite's file";
  note_form(TimelineEvent::kFormAccepted, now_);
  std::string dump = content_of(file("portal.db")) + content_of(file("portal.db-wal"));
  for (const char* value : {kAddress, kNumber, kPhone}) {
    EXPECT_EQ(dump.find(value), std::string::npos) << value;
  }
}

}  // namespace
}  // namespace portalctl_test
