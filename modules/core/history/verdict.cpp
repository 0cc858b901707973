// The last line of `portalctl timeline`: what to tell the caller.
#include <algorithm>

#include "core/base/japan_time.h"
#include "core/database/registration/activation_links.h"
#include "core/history/history.h"
#include "core/registration/policy.h"

namespace portalctl {
namespace {

using portal::EpochSeconds;
using portal::japan_timestamp;
using portal::OutboxEntry;

constexpr EpochSeconds kSoon = portal::kMinute;  // a mail that has waited longer was not tried

std::string of_account(const portal::Account& account) {
  std::string text = "Registered: the account exists since " + japan_timestamp(account.created_at);
  if (!account.active()) return text + ", but it is disabled (see `portalctl account enable`).";
  if (account.last_login_at == 0) return text + "; nobody has logged in yet.";
  return text + "; last login " + japan_timestamp(account.last_login_at) + ".";
}

std::string of_queued(const OutboxEntry& mail, EpochSeconds now) {
  if (!mail.last_reply.empty()) {
    return "The mail waits, next attempt " + japan_timestamp(mail.next_attempt_at) + ": " +
           mail.last_reply + ".";
  }
  if (now - mail.created_at < kSoon) return "The mail was queued just now.";
  return "The mail is queued since " + japan_timestamp(mail.created_at) +
         " and was never tried: is portal-mailer running?";
}

std::string of_sent(const OutboxEntry& mail, EpochSeconds now) {
  const std::string text = "The mail left at " + japan_timestamp(mail.done_at) +
                           ", and the mail server took it (" + mail.last_reply +
                           "): have them look among the spam.";
  if (mail.kind != "activation") return text;
  const EpochSeconds until = mail.done_at + portal::kLinkLifetime;
  if (now < until) return text + " Its link is good until " + japan_timestamp(until) + ".";
  return text + " Its link ended " + japan_timestamp(until) +
         ": have them register again, or press 再送 in the same browser.";
}

std::string of_mail(const OutboxEntry& mail, EpochSeconds now) {
  if (mail.state == "queued") return of_queued(mail, now);
  if (mail.state == "sent") return of_sent(mail, now);
  if (mail.state == "withheld")
    return "The mail was not sent, on purpose: " + mail.last_reply + ".";
  if (mail.state == "bounced") {
    return "The mail came back: " + mail.last_reply + ". Is the address right?";
  }
  return "The mail could not be delivered: " + mail.last_reply + ". Is the address right?";
}

// The newest mail to who has an account, if it did not leave: a password that was forgotten, say.
std::string of_trouble(const Story& story, EpochSeconds now) {
  if (story.mails.empty() || story.mails.front().state == "sent") return "";
  return " The newest mail (" + story.mails.front().kind +
         "): " + of_mail(story.mails.front(), now);
}

const OutboxEntry* mail_of(const Story& story, const std::string& id) {
  const auto mail = std::ranges::find(story.mails, id, &OutboxEntry::registration_id);
  return mail == story.mails.end() ? nullptr : &*mail;
}

std::string of_registration(const Story& story, const portal::Registration& registration,
                            EpochSeconds now) {
  if (registration.cancelled()) {
    return "Cancelled at " + japan_timestamp(registration.cancelled_at) +
           " by 「心当たりがない」 in the mail: have them register again.";
  }
  if (registration.activated()) {
    return "Activated at " + japan_timestamp(registration.activated_at) +
           ", but the account is gone: its owner left, or it was released (see above).";
  }
  const std::string start =
      "Not activated yet: OK was pressed at " + japan_timestamp(registration.created_at) + ". ";
  const OutboxEntry* mail = mail_of(story, registration.id);
  if (mail == nullptr) return start + "Its mails were purged: have them register again.";
  return start + of_mail(*mail, now);
}

std::string of_waiting(const Story& story, const portal::WaitingEntry& entry, EpochSeconds now) {
  if (entry.notified_at == 0) {
    return "Since " + japan_timestamp(entry.created_at) + " somebody waits for " + entry.number +
           " to be in the roster, and will get a mail then.";
  }
  const OutboxEntry* mail = mail_of(story, entry.id);
  return entry.number + " is in the roster: the mail to who waited was queued at " +
         japan_timestamp(entry.notified_at) + ". " +
         (mail == nullptr ? "It was purged since." : of_mail(*mail, now));
}

std::string of_event(const portal::EventRow& event) {
  if (event.name == "form_refused") {
    return "The form was last sent with mistakes (" + event.detail +
           "), and not again since: nothing was registered.";
  }
  if (event.name == "ok_pressed") {
    return "OK was pressed at " + japan_timestamp(event.at) +
           ", but the link was not followed in time, and the registration was purged: have them "
           "register again.";
  }
  return "The form was filled in at " + japan_timestamp(event.at) +
         ", but OK was not pressed at 確認画面: nothing was registered.";
}

}  // namespace

std::string in_short(const Story& story, EpochSeconds now) {
  std::string text;
  if (!story.accounts.empty()) {
    text = of_account(story.accounts.front()) + of_trouble(story, now);
  } else if (!story.registrations.empty()) {
    text = of_registration(story, story.registrations.front(), now);
  } else if (!story.waiting.empty()) {
    text = of_waiting(story, story.waiting.front(), now);
  } else if (!story.mails.empty()) {
    text = of_mail(story.mails.front(), now);
  } else if (!story.events.empty()) {
    const auto newest = std::ranges::max_element(story.events, {}, &portal::EventRow::at);
    text = of_event(*newest);
  } else {
    text =
        "Nothing is known: it was never entered, or otherwise (look for the address, the "
        "registration number and the phone number).";
  }
  if (story.mail_stopped_until > now) {
    text += " The address gets no mail until " + japan_timestamp(story.mail_stopped_until) +
            ": 「心当たりがない」 was pressed (see `portalctl mail allow`).";
  }
  return text;
}

}  // namespace portalctl
