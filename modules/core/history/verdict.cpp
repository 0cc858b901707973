#include "core/history/verdict.h"

#include <algorithm>

#include "core/database/journal/timeline_event.h"
#include "core/database/mail/mail_kind.h"
#include "core/database/mail/mail_state.h"
#include "core/database/registration/activation_links.h"
#include "core/history/private/verdict_words.h"
#include "core/registration/policy.h"

namespace portal {
namespace {

constexpr EpochSeconds kSoon = kMinute;  // a mail that has waited longer was not tried

constexpr EpochSeconds kLongestSending = 90;  // from the making of a link to the end of its sending
constexpr std::size_t kMostOthers = 10;

// What the mail was: what the mailer has noted, else what can be concluded. Mailers of earlier
// versions noted nothing; an activation that left without a link was the notice `registered`.
std::optional<MailKind> letter_of(const OutboxEntry& mail, const History& history) {
  if (!mail.letter.empty()) return find_mail_kind(mail.letter);
  const auto kind = find_mail_kind(mail.kind);
  if (mail.state != name_of(MailState::kSent)) return std::nullopt;
  if (kind == MailKind::kReset) return std::nullopt;
  if (kind != MailKind::kActivation) return kind;
  const bool linked = std::ranges::any_of(history.links, [&](const MailedLink& link) {
    return link.owner == mail.registration_id && link.sent_at <= mail.done_at &&
           link.sent_at >= mail.done_at - kLongestSending;
  });
  if (linked) return MailKind::kActivation;
  // The links of a registration go with it.
  const bool known = std::ranges::find(history.registrations, mail.registration_id,
                                       &Registration::id) != history.registrations.end();
  return known ? std::optional(MailKind::kRegistered) : std::nullopt;
}

void judge_link(MailVerdict& verdict, const OutboxEntry& mail, const History& history,
                EpochSeconds now) {
  if (!verdict.letter || row_of(*verdict.letter).link.empty()) return;
  const auto link = std::ranges::find_if(history.links, [&](const MailedLink& row) {
    return row.letter == verdict.letter && row.sent_at <= mail.done_at &&
           (row.owner == mail.registration_id || row.owner == mail.account_id);
  });
  // A link that was purged is over.
  const bool there = link != history.links.end();
  verdict.link_until = (there ? link->sent_at : mail.done_at) + kLinkLifetime;
  verdict.link = there && link->ended                  ? MailVerdict::Link::kEnded
                 : !there || now >= verdict.link_until ? MailVerdict::Link::kOver
                                                       : MailVerdict::Link::kGood;
}

MailVerdict of_queued(const OutboxEntry& mail, EpochSeconds now) {
  using State = MailVerdict::State;
  if (!mail.last_reply.empty()) {
    return {State::kToBeRetried, mail.kind, mail.last_reply, mail.next_attempt_at};
  }
  if (now - mail.created_at < kSoon) return {State::kJustQueued, mail.kind, "", mail.created_at};
  return {State::kNeverTried, mail.kind, "", mail.created_at};
}

MailVerdict of_state(const OutboxEntry& mail, const std::optional<MailPause>& pause,
                     EpochSeconds now) {
  using State = MailVerdict::State;
  if (mail.state == name_of(MailState::kQueued)) {
    if (pause) return {State::kPaused, mail.kind, pause->reason, pause->since};
    return of_queued(mail, now);
  }
  const State state = mail.state == name_of(MailState::kSent)       ? State::kSent
                      : mail.state == name_of(MailState::kWithheld) ? State::kWithheld
                      : mail.state == name_of(MailState::kBounced)  ? State::kBounced
                                                                    : State::kFailed;
  return {state, mail.kind, mail.last_reply, mail.done_at};
}

MailVerdict of_mail(const History& history, const OutboxEntry& mail, EpochSeconds now) {
  MailVerdict verdict = of_state(mail, history.pause, now);
  verdict.letter = letter_of(mail, history);
  verdict.fault = find_mail_fault(mail.fault);
  verdict.obstacle = find_mail_obstacle(mail.obstacle);
  verdict.carrier = mail::carrier_of(mail.recipient);
  if (verdict.state == MailVerdict::State::kSent) judge_link(verdict, mail, history, now);
  return verdict;
}

// As queue_activation_again() counts it: a mail of later than now was queued before the clock was
// set back.
EpochSeconds resend_from(const OutboxEntry& newest, EpochSeconds now) {
  if (newest.created_at > now + kClockSlack) return now;
  return std::max(now, newest.created_at + kResendCoolDown);
}

// Judges by the newest mail that is about `id`, and by an earlier one whose link is good still.
void add_mails(Verdict& verdict, const History& history, const std::string& id, EpochSeconds now) {
  for (const OutboxEntry& mail : history.mails) {
    if (mail.registration_id != id) continue;
    MailVerdict judged = of_mail(history, mail, now);
    const bool good = judged.link == MailVerdict::Link::kGood;
    if (!verdict.mail) {
      if (verdict.kind == Verdict::Kind::kNotActivated) judged.resend_from = resend_from(mail, now);
      verdict.mail = std::move(judged);
      if (good) return;
    } else if (good) {
      verdict.earlier_mail = std::move(judged);
      return;
    }
  }
}

// Whether a mail to an account's owner is worth a word: it was not sent, or its link may be what he
// looks for. That of the activation has done its work.
bool of_interest(const MailVerdict& mail, EpochSeconds now) {
  if (mail.state != MailVerdict::State::kSent) return true;
  return mail.letter != MailKind::kActivation && mail.link != MailVerdict::Link::kNone &&
         now - mail.at < kDay;
}

// The newest mail that was about the account, not about another attempt with its address.
const OutboxEntry* newest_mail(const History& history, const std::string& id) {
  for (const OutboxEntry& mail : history.mails) {
    if (mail.registration_id.empty() || mail.registration_id == id) return &mail;
  }
  return nullptr;
}

Verdict of_account(const History& history, const Account& account, EpochSeconds now) {
  Verdict verdict;
  verdict.kind = account.active() ? Verdict::Kind::kAccount : Verdict::Kind::kAccountDisabled;
  verdict.at = account.created_at;
  verdict.last_login_at = account.last_login_at;
  verdict.number = account.number;
  verdict.address = account.email;
  if (const OutboxEntry* const mail = newest_mail(history, account.id)) {
    MailVerdict judged = of_mail(history, *mail, now);
    if (of_interest(judged, now)) verdict.mail = std::move(judged);
  }
  return verdict;
}

// What a registration that is not activated waits for, or why it never will be.
Verdict::Kind of_pending(const Registration& registration, const Rivals& rivals, EpochSeconds now) {
  if (rivals.of_clinic) return Verdict::Kind::kClinicTaken;
  if (rivals.of_address) return Verdict::Kind::kAddressTaken;
  return registration.expires_at > now ? Verdict::Kind::kNotActivated : Verdict::Kind::kExpired;
}

Verdict of_registration(const History& history, const Registration& registration,
                        EpochSeconds now) {
  Verdict verdict;
  verdict.number = registration.number;
  verdict.address = registration.email;
  if (registration.cancelled()) {
    verdict.kind = Verdict::Kind::kCancelled;
    verdict.at = registration.cancelled_at;
    return verdict;
  }
  if (registration.activated()) {
    verdict.kind = Verdict::Kind::kAccountGone;
    verdict.at = registration.activated_at;
    return verdict;
  }
  const auto found = history.rivals.find(registration.id);
  const Rivals rivals = found == history.rivals.end() ? Rivals() : found->second;
  verdict.kind = of_pending(registration, rivals, now);
  verdict.at = registration.created_at;
  if (const auto& rival = rivals.of_clinic ? rivals.of_clinic : rivals.of_address) {
    verdict.rival_number = rival->number;
    verdict.rival_since = rival->created_at;
  }
  add_mails(verdict, history, registration.id, now);
  return verdict;
}

Verdict of_waiting(const History& history, const WaitingEntry& entry, EpochSeconds now) {
  Verdict verdict;
  verdict.number = entry.number;
  verdict.address = entry.email;
  if (entry.notified_at == 0) {
    verdict.kind = Verdict::Kind::kWaiting;
    verdict.at = entry.created_at;
  } else {
    verdict.kind = Verdict::Kind::kWaitingTold;
    verdict.at = entry.notified_at;
    add_mails(verdict, history, entry.id, now);
  }
  return verdict;
}

Verdict of_event(const EventRow& event) {
  Verdict verdict;
  const auto what = find_timeline_event(event.name);
  verdict.kind = what == TimelineEvent::kErrorShown    ? Verdict::Kind::kErrorShown
                 : what == TimelineEvent::kFormRefused ? Verdict::Kind::kFormRefused
                 : what == TimelineEvent::kOkPressed   ? Verdict::Kind::kRegistrationPurged
                                                       : Verdict::Kind::kFormAccepted;
  verdict.at = event.at;
  verdict.mistakes = event.detail;
  return verdict;
}

// What is known of an attempt, whose registration may be gone.
Verdict of_attempt(const History& history, const Attempt& attempt, EpochSeconds now) {
  const auto account = std::ranges::find(history.accounts, attempt.id, &Account::id);
  if (account != history.accounts.end()) return of_account(history, *account, now);
  const auto row = std::ranges::find(history.registrations, attempt.id, &Registration::id);
  if (row != history.registrations.end()) return of_registration(history, *row, now);
  Verdict verdict;
  verdict.kind = Verdict::Kind::kRegistrationPurged;
  verdict.at = attempt.at;
  verdict.number = attempt.number;
  verdict.address = attempt.address;
  return verdict;
}

// The one that was asked about decides, else an account, else the newest registration.
std::size_t deciding(const History& history, const std::vector<Attempt>& attempts,
                     std::string_view asked) {
  const auto chosen = std::ranges::find(attempts, asked, &Attempt::id);
  if (chosen != attempts.end()) return static_cast<std::size_t>(chosen - attempts.begin());
  for (std::size_t i = attempts.size(); i-- > 0;) {
    const auto& id = attempts[i].id;
    if (std::ranges::find(history.accounts, id, &Account::id) != history.accounts.end()) return i;
  }
  return attempts.size() - 1;
}

Verdict of_attempts(const History& history, const std::vector<Attempt>& attempts,
                    std::string_view asked, EpochSeconds now) {
  const auto judge = [&](std::size_t index) {
    Verdict verdict = of_attempt(history, attempts[index], now);
    verdict.attempt = static_cast<int>(index) + 1;
    return verdict;
  };
  const std::size_t first = deciding(history, attempts, asked);
  Verdict verdict = judge(first);
  for (std::size_t i = attempts.size(); i-- > 0 && verdict.others.size() < kMostOthers;) {
    if (i != first) verdict.others.push_back(judge(i));
  }
  return verdict;
}

// The first of these that there is decides. What is left of a registration that was purged says
// less than what happened since.
Verdict of_what_is_known(const History& history, std::string_view asked, EpochSeconds now) {
  const auto attempts = attempts_of(history);
  const bool rows = !history.accounts.empty() || !history.registrations.empty();
  if (rows) return of_attempts(history, attempts, asked, now);
  if (!history.waiting.empty()) return of_waiting(history, history.waiting.front(), now);
  Verdict verdict;
  if (!history.mails.empty()) {
    verdict.kind = Verdict::Kind::kMail;
    verdict.mail = of_mail(history, history.mails.front(), now);
  } else if (!history.events.empty()) {
    verdict = of_event(*std::ranges::max_element(history.events, {}, &EventRow::at));
  }
  return verdict;
}

}  // namespace

Verdict verdict_of(const History& history, EpochSeconds now, std::string_view attempt) {
  Verdict verdict = of_what_is_known(history, attempt, now);
  verdict.judged_at = now;
  for (Verdict& other : verdict.others) other.judged_at = now;
  if (history.mail_stopped_until > now) verdict.mail_stopped_until = history.mail_stopped_until;
  return verdict;
}

std::vector<std::string> lines_of(const Verdict& verdict, Language language,
                                  std::string_view sender_domain) {
  if (language == Language::kJapanese) return in_japanese(verdict, sender_domain);
  return {in_english(verdict, sender_domain)};
}

std::string in_words(const Verdict& verdict, Language language, std::string_view sender_domain) {
  std::string text;
  for (const std::string& line : lines_of(verdict, language, sender_domain)) {
    text.append(text.empty() ? "" : "\n").append(line);
  }
  return text;
}

}  // namespace portal
