// The verdict as a pure rule: what is concluded of rows at which second. What it says in words is
// in tests/portalctl.
#include "core/history/verdict.h"

#include <gtest/gtest.h>

#include "core/registration/policy.h"

namespace portal {
namespace {

using Link = MailVerdict::Link;
using State = MailVerdict::State;

constexpr EpochSeconds kThen = 1'700'000'000;

Registration pending() {
  Registration row;
  row.id = "r";
  row.number = *RegistrationNumber::parse("契0123456-7-8");
  row.email = "hanako@example.jp";
  row.email_key = row.email;
  row.created_at = kThen;
  row.expires_at = kThen + kRegistrationLifetime;
  return row;
}

OutboxEntry mail_of(MailState state, std::string_view letter = "activation") {
  OutboxEntry mail;
  mail.id = "m";
  mail.kind = "activation";
  mail.registration_id = "r";
  mail.recipient = "hanako@example.jp";
  mail.created_at = kThen;
  mail.next_attempt_at = kThen;
  mail.state = name_of(state);
  mail.letter = letter;
  if (state != MailState::kQueued) mail.done_at = kThen;
  return mail;
}

// One pending registration, whose mail has left with a link.
History with_link(EpochSeconds sent_at, bool ended = false) {
  History history;
  history.registrations = {pending()};
  history.mails = {mail_of(MailState::kSent)};
  history.mails[0].done_at = sent_at;
  history.links = {
      {.owner = "r", .letter = MailKind::kActivation, .sent_at = sent_at, .ended = ended}};
  return history;
}

MailVerdict mail_verdict(const History& history, EpochSeconds now) {
  const auto verdict = verdict_of(history, now);
  EXPECT_TRUE(verdict.mail);
  return verdict.mail.value_or(MailVerdict{});
}

TEST(Verdict, ALinkIsGoodUntilItsHourIsOver) {
  const struct {
    const char* label;
    EpochSeconds now;
    bool ended;
    Link link;
  } cases[] = {
      {"at once", kThen, false, Link::kGood},
      {"in its last second", kThen + kLinkLifetime - 1, false, Link::kGood},
      {"when the hour is over", kThen + kLinkLifetime, false, Link::kOver},
      {"ended before", kThen + 1, true, Link::kEnded},
      {"ended, and over", kThen + kLinkLifetime, true, Link::kEnded},
  };
  for (const auto& c : cases) {
    const auto mail = mail_verdict(with_link(kThen, c.ended), c.now);
    EXPECT_EQ(mail.link, c.link) << c.label;
    EXPECT_EQ(mail.link_until, kThen + kLinkLifetime) << c.label;
    EXPECT_EQ(mail.state, State::kSent) << c.label;
  }
}

TEST(Verdict, OnlyALetterWithALinkHasOne) {
  for (const MailKindRow& kind : mail_kinds()) {
    History history = with_link(kThen);
    history.mails[0].letter = kind.name;
    history.links[0].letter = kind.kind;
    const auto mail = mail_verdict(history, kThen + 1);
    EXPECT_EQ(mail.letter, kind.kind) << kind.name;
    EXPECT_EQ(mail.link, kind.link.empty() ? Link::kNone : Link::kGood) << kind.name;
    EXPECT_EQ(mail.link_until, kind.link.empty() ? 0 : kThen + kLinkLifetime) << kind.name;
  }
}

// The link of another sending, another letter or another registration is not this mail's.
TEST(Verdict, ALinkIsThatOfItsOwnMail) {
  const struct {
    const char* label;
    MailedLink link;
  } cases[] = {
      {"sent later", {.owner = "r", .letter = MailKind::kActivation, .sent_at = kThen + 1}},
      {"of another registration",
       {.owner = "other", .letter = MailKind::kActivation, .sent_at = kThen}},
      {"of another letter", {.owner = "r", .letter = MailKind::kReset, .sent_at = kThen}},
  };
  for (const auto& c : cases) {
    History history = with_link(kThen);
    history.links = {c.link};
    EXPECT_EQ(mail_verdict(history, kThen + 1).link, Link::kOver) << c.label;
  }
}

TEST(Verdict, AStopIsToldUntilItIsOver) {
  History history = with_link(kThen);
  history.mail_stopped_until = kThen + kDay;
  EXPECT_EQ(verdict_of(history, kThen).mail_stopped_until, kThen + kDay);
  EXPECT_EQ(verdict_of(history, kThen + kDay - 1).mail_stopped_until, kThen + kDay);
  EXPECT_EQ(verdict_of(history, kThen + kDay).mail_stopped_until, 0);
  EXPECT_EQ(verdict_of(with_link(kThen), kThen).mail_stopped_until, 0);
}

TEST(Verdict, ARegistrationExpiresAtItsSecond) {
  const History history = with_link(kThen);
  const EpochSeconds end = pending().expires_at;
  EXPECT_EQ(verdict_of(history, end - 1).kind, Verdict::Kind::kNotActivated);
  EXPECT_EQ(verdict_of(history, end).kind, Verdict::Kind::kExpired);
}

TEST(Verdict, AMailThatWaitsIsCalledUntriedAfterAMinute) {
  History history = with_link(kThen);
  history.links.clear();
  history.mails = {mail_of(MailState::kQueued, "")};
  EXPECT_EQ(mail_verdict(history, kThen + kMinute - 1).state, State::kJustQueued);
  EXPECT_EQ(mail_verdict(history, kThen + kMinute).state, State::kNeverTried);
  history.mails[0].last_reply = "451 wait";
  history.mails[0].next_attempt_at = kThen + kHour;
  const auto retried = mail_verdict(history, kThen + kMinute);
  EXPECT_EQ(retried.state, State::kToBeRetried);
  EXPECT_EQ(retried.at, kThen + kHour);
  EXPECT_EQ(retried.reply, "451 wait");
  history.pause = MailPause{.since = kThen - 5, .reason = "554 not you"};
  const auto paused = mail_verdict(history, kThen + kMinute);
  EXPECT_EQ(paused.state, State::kPaused);
  EXPECT_EQ(paused.at, kThen - 5);
  EXPECT_EQ(paused.reply, "554 not you");
}

TEST(Verdict, EachStateOfAMailIsTold) {
  const std::pair<MailState, State> states[] = {{MailState::kSent, State::kSent},
                                                {MailState::kWithheld, State::kWithheld},
                                                {MailState::kBounced, State::kBounced},
                                                {MailState::kFailed, State::kFailed}};
  for (const auto& [state, expected] : states) {
    History history = with_link(kThen);
    history.mails = {mail_of(state)};
    history.pause = MailPause{.since = kThen, .reason = "554"};
    const auto mail = mail_verdict(history, kThen + 1);
    EXPECT_EQ(mail.state, expected) << name_of(state);
    EXPECT_EQ(mail.link, state == MailState::kSent ? Link::kGood : Link::kNone) << name_of(state);
  }
}

// A mail to the owner of an account is worth a word while its link may be what he looks for.
TEST(Verdict, OfAnAccountsMailsOnlyWhatIsOfUseIsTold) {
  const auto judged = [](std::string_view letter, MailState state, EpochSeconds now) {
    History history;
    Account account;
    account.id = "a";
    account.email = "hanako@example.jp";
    history.accounts = {account};
    history.mails = {mail_of(state, letter)};
    history.mails[0].registration_id = "";
    history.mails[0].account_id = "a";
    history.links = {{.owner = "a", .letter = find_mail_kind(letter).value(), .sent_at = kThen}};
    const auto verdict = verdict_of(history, now);
    EXPECT_EQ(verdict.kind, Verdict::Kind::kAccount);
    return verdict.mail.has_value();
  };
  EXPECT_TRUE(judged("reset", MailState::kSent, kThen + 1));
  EXPECT_TRUE(judged("reset", MailState::kSent, kThen + kDay - 1));
  EXPECT_FALSE(judged("reset", MailState::kSent, kThen + kDay));
  EXPECT_TRUE(judged("reset", MailState::kFailed, kThen + 9 * kDay));
  EXPECT_FALSE(judged("password_changed", MailState::kSent, kThen + 1)) << "there is no link";
  EXPECT_FALSE(judged("activation", MailState::kSent, kThen + 1)) << "it has done its work";
}

// The newest mail decides; an earlier one counts while its link is good.
TEST(Verdict, AnEarlierMailWhoseLinkIsGoodIsToldToo) {
  History history = with_link(kThen);
  history.mails.insert(history.mails.begin(), mail_of(MailState::kWithheld, ""));
  history.mails[0].id = "newer";
  auto verdict = verdict_of(history, kThen + 1);
  ASSERT_TRUE(verdict.mail && verdict.earlier_mail);
  EXPECT_EQ(verdict.mail->state, State::kWithheld);
  EXPECT_EQ(verdict.earlier_mail->link, Link::kGood);
  verdict = verdict_of(history, kThen + kLinkLifetime);
  EXPECT_TRUE(verdict.mail);
  EXPECT_FALSE(verdict.earlier_mail) << "its hour is over";
  history.mails[0] = mail_of(MailState::kSent);
  verdict = verdict_of(history, kThen + 1);
  EXPECT_EQ(verdict.mail->link, Link::kGood);
  EXPECT_FALSE(verdict.earlier_mail) << "the newest has a good one";
}

}  // namespace
}  // namespace portal
