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

MailVerdict of_queued(const OutboxEntry& mail, EpochSeconds now) {
  using State = MailVerdict::State;
  if (!mail.last_reply.empty()) {
    return {State::kToBeRetried, mail.kind, mail.last_reply, mail.next_attempt_at};
  }
  if (now - mail.created_at < kSoon) return {State::kJustQueued, mail.kind, "", mail.created_at};
  return {State::kNeverTried, mail.kind, "", mail.created_at};
}

MailVerdict of_sent(const OutboxEntry& mail, EpochSeconds now) {
  MailVerdict verdict = {MailVerdict::State::kSent, mail.kind, mail.last_reply, mail.done_at};
  if (mail.kind != name_of(MailKind::kActivation)) return verdict;
  verdict.link_until = mail.done_at + kLinkLifetime;
  verdict.link_over = now >= verdict.link_until;
  return verdict;
}

MailVerdict of_state(const OutboxEntry& mail, const std::optional<MailPause>& pause,
                     EpochSeconds now) {
  using State = MailVerdict::State;
  if (mail.state == name_of(MailState::kQueued)) {
    if (pause) return {State::kPaused, mail.kind, pause->reason, pause->since};
    return of_queued(mail, now);
  }
  if (mail.state == name_of(MailState::kSent)) return of_sent(mail, now);
  const State state = mail.state == name_of(MailState::kWithheld)  ? State::kWithheld
                      : mail.state == name_of(MailState::kBounced) ? State::kBounced
                                                                   : State::kFailed;
  return {state, mail.kind, mail.last_reply, mail.done_at};
}

MailVerdict of_mail(const OutboxEntry& mail, const std::optional<MailPause>& pause,
                    EpochSeconds now) {
  MailVerdict verdict = of_state(mail, pause, now);
  verdict.fault = find_mail_fault(mail.fault);
  verdict.carrier = mail::carrier_of(mail.recipient);
  return verdict;
}

// The newest mail that is about `id`; nothing: it was purged.
std::optional<MailVerdict> mail_about(const History& history, const std::string& id,
                                      EpochSeconds now) {
  const auto mail = std::ranges::find(history.mails, id, &OutboxEntry::registration_id);
  if (mail == history.mails.end()) return std::nullopt;
  return of_mail(*mail, history.pause, now);
}

Verdict of_account(const History& history, const Account& account, EpochSeconds now) {
  Verdict verdict;
  verdict.kind = account.active() ? Verdict::Kind::kAccount : Verdict::Kind::kAccountDisabled;
  verdict.at = account.created_at;
  verdict.last_login_at = account.last_login_at;
  // The newest mail to an account holder that was not sent, for example a password reset.
  if (!history.mails.empty() && history.mails.front().state != name_of(MailState::kSent)) {
    verdict.mail = of_mail(history.mails.front(), history.pause, now);
  }
  return verdict;
}

Verdict of_registration(const History& history, const Registration& registration,
                        EpochSeconds now) {
  Verdict verdict;
  if (registration.cancelled()) {
    verdict.kind = Verdict::Kind::kCancelled;
    verdict.at = registration.cancelled_at;
  } else if (registration.activated()) {
    verdict.kind = Verdict::Kind::kAccountGone;
    verdict.at = registration.activated_at;
  } else {
    verdict.kind = Verdict::Kind::kNotActivated;
    verdict.at = registration.created_at;
    verdict.mail = mail_about(history, registration.id, now);
  }
  return verdict;
}

Verdict of_waiting(const History& history, const WaitingEntry& entry, EpochSeconds now) {
  Verdict verdict;
  verdict.number = entry.number;
  if (entry.notified_at == 0) {
    verdict.kind = Verdict::Kind::kWaiting;
    verdict.at = entry.created_at;
  } else {
    verdict.kind = Verdict::Kind::kWaitingTold;
    verdict.at = entry.notified_at;
    verdict.mail = mail_about(history, entry.id, now);
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

// The first of these that there is decides.
Verdict of_what_is_known(const History& history, EpochSeconds now) {
  if (!history.accounts.empty()) return of_account(history, history.accounts.front(), now);
  if (!history.registrations.empty()) {
    return of_registration(history, history.registrations.front(), now);
  }
  if (!history.waiting.empty()) return of_waiting(history, history.waiting.front(), now);
  Verdict verdict;
  if (!history.mails.empty()) {
    verdict.kind = Verdict::Kind::kMail;
    verdict.mail = of_mail(history.mails.front(), history.pause, now);
  } else if (!history.events.empty()) {
    verdict = of_event(*std::ranges::max_element(history.events, {}, &EventRow::at));
  }
  return verdict;
}

}  // namespace

Verdict verdict_of(const History& history, EpochSeconds now) {
  Verdict verdict = of_what_is_known(history, now);
  if (history.mail_stopped_until > now) verdict.mail_stopped_until = history.mail_stopped_until;
  return verdict;
}

std::string in_words(const Verdict& verdict, Language language, std::string_view sender_domain) {
  return language == Language::kJapanese ? in_japanese(verdict, sender_domain)
                                         : in_english(verdict, sender_domain);
}

}  // namespace portal
