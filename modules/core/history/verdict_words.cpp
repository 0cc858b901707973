// A verdict in English words.
#include "core/history/private/verdict_words.h"
#include "core/base/japan_time.h"

namespace portal {
namespace {

std::string let_in(const MailVerdict& mail, std::string_view sender_domain) {
  std::string text =
      "have them let in mail from the domain " + std::string(sender_domain) + " (受信設定";
  if (mail.carrier) {
    text.append("; ").append(mail.carrier->name).append(": ").append(mail.carrier->setting);
    text.append(", or ask: ").append(mail.carrier->help);
  }
  return text + "), and press 再送";
}

std::string of_unknown_user(const MailVerdict& mail, std::string_view sender_domain) {
  const std::string text =
      "Is the address right? The mail server says that there is no such address: have them "
      "register again with the right one.";
  if (!mail.carrier || !mail.carrier->filter_looks_unknown) return text;
  return text + " " + std::string(mail.carrier->name) +
         " says the same when the phone's filter refuses the mail: then " +
         let_in(mail, sender_domain) + ".";
}

// What the fault means, and what to do.
std::string of_fault(const MailVerdict& mail, std::string_view sender_domain) {
  switch (mail.fault) {
    case MailFault::kUnknownUser:
      return of_unknown_user(mail, sender_domain);
    case MailFault::kUnknownDomain:
      return "Is the address right? No mail can reach what follows its @: have them register again "
             "with the right one.";
    case MailFault::kMailboxFull:
      return "The mailbox is full: have them make room in it, and press 再送.";
    case MailFault::kRecipientFilter:
      return "A filter of the recipient's refuses the mail: " + let_in(mail, sender_domain) + ".";
    case MailFault::kOurs:
      return "That is the portal's fault or its relay's, and nothing is wrong with the address: "
             "tell the administrators (`portalctl mail status`).";
    case MailFault::kContent:
    case MailFault::kTooBig:
      return "That is about what the mail says, and nothing is wrong with the address: tell the "
             "administrators.";
    case MailFault::kNone:
    case MailFault::kUnclear:
      break;
  }
  return "Is the address right? Nobody said why. If it is: the mailbox may be full, or " +
         let_in(mail, sender_domain) + ".";
}

std::string of_sent(const MailVerdict& mail, std::string_view sender_domain) {
  std::string text = "The mail left at " + japan_timestamp(mail.at) +
                     ", and the mail server took it (" + mail.reply +
                     "): have them look among the spam.";
  if (mail.link_until > 0) {
    const std::string until = japan_timestamp(mail.link_until);
    text += mail.link_over ? " Its link ended " + until +
                                 ": have them register again, or press 再送 in the same browser."
                           : " Its link is good until " + until + ".";
  }
  if (!mail.carrier) return text;
  return text + " " + std::string(mail.carrier->name) +
         " drops filtered mail without a word: if it is not there, " + let_in(mail, sender_domain) +
         ".";
}

// Of a fault that time alone may mend, only a full mailbox is the caller's matter.
std::string of_retried(const MailVerdict& mail, std::string_view sender_domain) {
  const std::string text =
      "The mail waits, next attempt " + japan_timestamp(mail.at) + ": " + mail.reply + ".";
  const bool told = mail.fault == MailFault::kMailboxFull || mail.fault == MailFault::kOurs;
  return told ? text + " " + of_fault(mail, sender_domain) : text;
}

std::string of_mail(const MailVerdict& mail, std::string_view sender_domain) {
  using State = MailVerdict::State;
  switch (mail.state) {
    case State::kJustQueued:
      return "The mail was queued just now.";
    case State::kNeverTried:
      return "The mail is queued since " + japan_timestamp(mail.at) +
             " and was never tried: is portal-mailer running?";
    case State::kToBeRetried:
      return of_retried(mail, sender_domain);
    case State::kPaused:
      return "The mail waits: the relay refuses the portal since " + japan_timestamp(mail.at) +
             " (" + mail.reply +
             "). Nothing is wrong with the address; the mail leaves by itself when the "
             "administrators have mended that (`portalctl mail status`).";
    case State::kSent:
      return of_sent(mail, sender_domain);
    case State::kWithheld:
      return "The mail was not sent, on purpose: " + mail.reply + ".";
    case State::kBounced:
      return "The mail came back: " + mail.reply + ". " + of_fault(mail, sender_domain);
    case State::kFailed:
      break;
  }
  return "The mail could not be delivered: " + mail.reply + ". " + of_fault(mail, sender_domain);
}

std::string of_account(const Verdict& verdict, std::string_view sender_domain) {
  std::string text = "Registered: the account exists since " + japan_timestamp(verdict.at);
  if (verdict.kind == Verdict::Kind::kAccountDisabled) {
    text += ", but it is disabled (see `portalctl account enable`).";
  } else if (verdict.last_login_at == 0) {
    text += "; nobody has logged in yet.";
  } else {
    text += "; last login " + japan_timestamp(verdict.last_login_at) + ".";
  }
  if (!verdict.mail) return text;
  return text + " The newest mail (" + verdict.mail->kind +
         "): " + of_mail(*verdict.mail, sender_domain);
}

std::string of_waiting_told(const Verdict& verdict, std::string_view sender_domain) {
  return verdict.number.text() + " is in the roster: the mail to who waited was queued at " +
         japan_timestamp(verdict.at) + ". " +
         (verdict.mail ? of_mail(*verdict.mail, sender_domain) : "It was purged since.");
}

std::string of_not_activated(const Verdict& verdict, std::string_view sender_domain) {
  return "Not activated yet: OK was pressed at " + japan_timestamp(verdict.at) + ". " +
         (verdict.mail ? of_mail(*verdict.mail, sender_domain)
                       : "Its mails were purged: have them register again.");
}

// The kinds of which there is a registration or an account.
std::string of_registration(const Verdict& verdict, std::string_view sender_domain) {
  using Kind = Verdict::Kind;
  const std::string at = japan_timestamp(verdict.at);
  if (verdict.kind == Kind::kNotActivated) return of_not_activated(verdict, sender_domain);
  if (verdict.kind == Kind::kCancelled) {
    return "Cancelled at " + at + " by 「心当たりがない」 in the mail: have them register again.";
  }
  if (verdict.kind == Kind::kAccountGone) {
    return "Activated at " + at +
           ", but the account is gone: its owner left, or it was released (see above).";
  }
  return of_account(verdict, sender_domain);
}

std::string of_kind(const Verdict& verdict, std::string_view sender_domain) {
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
      return of_mail(*verdict.mail, sender_domain);
    case Kind::kWaiting:
      return "Since " + japan_timestamp(verdict.at) + " somebody waits for " +
             verdict.number.text() + " to be in the roster, and will get a mail then.";
    case Kind::kWaitingTold:
      return of_waiting_told(verdict, sender_domain);
    case Kind::kNotActivated:
    case Kind::kCancelled:
    case Kind::kAccountGone:
    case Kind::kAccountDisabled:
    case Kind::kAccount:
      break;
  }
  return of_registration(verdict, sender_domain);
}

}  // namespace

std::string in_english(const Verdict& verdict, std::string_view sender_domain) {
  std::string text = of_kind(verdict, sender_domain);
  if (verdict.mail_stopped_until == 0) return text;
  return text + " The address gets no mail until " + japan_timestamp(verdict.mail_stopped_until) +
         ": 「心当たりがない」 was pressed (see `portalctl mail allow`).";
}

}  // namespace portal
