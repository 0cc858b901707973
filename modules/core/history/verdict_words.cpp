// A verdict in words, in English.
#include "core/base/japan_time.h"
#include "core/history/verdict.h"

namespace portal {
namespace {

std::string of_sent(const MailVerdict& mail) {
  std::string text = "The mail left at " + japan_timestamp(mail.at) +
                     ", and the mail server took it (" + mail.reply +
                     "): have them look among the spam.";
  if (mail.link_until == 0) return text;
  const std::string until = japan_timestamp(mail.link_until);
  if (!mail.link_over) return text + " Its link is good until " + until + ".";
  return text + " Its link ended " + until +
         ": have them register again, or press 再送 in the same browser.";
}

std::string of_mail(const MailVerdict& mail) {
  using State = MailVerdict::State;
  switch (mail.state) {
    case State::kJustQueued:
      return "The mail was queued just now.";
    case State::kNeverTried:
      return "The mail is queued since " + japan_timestamp(mail.at) +
             " and was never tried: is portal-mailer running?";
    case State::kToBeRetried:
      return "The mail waits, next attempt " + japan_timestamp(mail.at) + ": " + mail.reply + ".";
    case State::kSent:
      return of_sent(mail);
    case State::kWithheld:
      return "The mail was not sent, on purpose: " + mail.reply + ".";
    case State::kBounced:
      return "The mail came back: " + mail.reply + ". Is the address right?";
    case State::kFailed:
      break;
  }
  return "The mail could not be delivered: " + mail.reply + ". Is the address right?";
}

std::string of_account(const Verdict& verdict) {
  std::string text = "Registered: the account exists since " + japan_timestamp(verdict.at);
  if (verdict.kind == Verdict::Kind::kAccountDisabled) {
    text += ", but it is disabled (see `portalctl account enable`).";
  } else if (verdict.last_login_at == 0) {
    text += "; nobody has logged in yet.";
  } else {
    text += "; last login " + japan_timestamp(verdict.last_login_at) + ".";
  }
  if (!verdict.mail) return text;
  return text + " The newest mail (" + verdict.mail->kind + "): " + of_mail(*verdict.mail);
}

std::string of_waiting_told(const Verdict& verdict) {
  return verdict.number.text() + " is in the roster: the mail to who waited was queued at " +
         japan_timestamp(verdict.at) + ". " +
         (verdict.mail ? of_mail(*verdict.mail) : "It was purged since.");
}

std::string of_not_activated(const Verdict& verdict) {
  return "Not activated yet: OK was pressed at " + japan_timestamp(verdict.at) + ". " +
         (verdict.mail ? of_mail(*verdict.mail)
                       : "Its mails were purged: have them register again.");
}

// The kinds of which there is a registration or an account.
std::string of_registration(const Verdict& verdict) {
  using Kind = Verdict::Kind;
  const std::string at = japan_timestamp(verdict.at);
  if (verdict.kind == Kind::kNotActivated) return of_not_activated(verdict);
  if (verdict.kind == Kind::kCancelled) {
    return "Cancelled at " + at + " by 「心当たりがない」 in the mail: have them register again.";
  }
  if (verdict.kind == Kind::kAccountGone) {
    return "Activated at " + at +
           ", but the account is gone: its owner left, or it was released (see above).";
  }
  return of_account(verdict);
}

std::string of_kind(const Verdict& verdict) {
  using Kind = Verdict::Kind;
  switch (verdict.kind) {
    case Kind::kNothing:
      return "Nothing is known: it was never entered, or otherwise (look for the address, the "
             "registration number and the phone number).";
    case Kind::kErrorShown:
      return "An error page was shown at " + japan_timestamp(verdict.at) + " (" + verdict.mistakes +
             "): the log has the reason, in the lines with the same request.";
    case Kind::kFormRefused:
      return "The form was last sent with mistakes (" + verdict.mistakes +
             "), and not again since: nothing was registered.";
    case Kind::kFormAccepted:
      return "The form was filled in at " + japan_timestamp(verdict.at) +
             ", but OK was not pressed at 確認画面: nothing was registered.";
    case Kind::kRegistrationPurged:
      return "OK was pressed at " + japan_timestamp(verdict.at) +
             ", but the link was not followed in time, and the registration was purged: have them "
             "register again.";
    case Kind::kMail:
      return of_mail(*verdict.mail);
    case Kind::kWaiting:
      return "Since " + japan_timestamp(verdict.at) + " somebody waits for " +
             verdict.number.text() + " to be in the roster, and will get a mail then.";
    case Kind::kWaitingTold:
      return of_waiting_told(verdict);
    case Kind::kNotActivated:
    case Kind::kCancelled:
    case Kind::kAccountGone:
    case Kind::kAccountDisabled:
    case Kind::kAccount:
      break;
  }
  return of_registration(verdict);
}

}  // namespace

std::string in_words(const Verdict& verdict) {
  std::string text = of_kind(verdict);
  if (verdict.mail_stopped_until == 0) return text;
  return text + " The address gets no mail until " + japan_timestamp(verdict.mail_stopped_until) +
         ": 「心当たりがない」 was pressed (see `portalctl mail allow`).";
}

}  // namespace portal
