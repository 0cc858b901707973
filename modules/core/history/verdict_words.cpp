// A verdict in English words.
#include "core/history/private/verdict_words.h"
#include "core/base/japan_time.h"
#include "core/database/mail/mail_kind.h"

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

// What to do when the link of this letter works no more. `resendable`: 再送 makes a new one.
std::string another(const MailVerdict& mail, bool resendable) {
  if (mail.letter == MailKind::kReset) return "have them ask again at パスワードを忘れた方.";
  if (mail.letter == MailKind::kEmailChange) return "have them change the address again.";
  return resendable ? "have them register again, or press 再送 in the same browser."
                    : "have them register again.";
}

std::string of_link(const MailVerdict& mail, bool resendable) {
  const std::string until = japan_timestamp(mail.link_until);
  switch (mail.link) {
    case MailVerdict::Link::kGood:
      return " Its link is good until " + until + ".";
    case MailVerdict::Link::kOver:
      return " Its link ended " + until + ": " + another(mail, resendable);
    case MailVerdict::Link::kEnded:
      return std::string(mail.letter == MailKind::kActivation
                             ? " Five wrong passwords have ended its link: "
                             : " Its link was used already, or is void because something else "
                               "was changed since: ") +
             another(mail, resendable);
    case MailVerdict::Link::kNone:
      break;
  }
  return "";
}

// Which letter it was, if that is not what one expects of a mail with a link.
std::string of_letter(const MailVerdict& mail) {
  if (!mail.letter) {
    return " Nobody noted whether it was the link or the notice 「すでに登録されています」: have "
           "them "
           "look for both.";
  }
  switch (*mail.letter) {
    case MailKind::kRegistered:
      return " It was the notice 「すでに登録されています」, without a link, because the address "
             "has an "
             "account: have them log in, or set a new password at パスワードを忘れた方.";
    case MailKind::kListed:
      return " It leads to the form, where the clinic can be registered now.";
    case MailKind::kActivation:
    case MailKind::kReset:
    case MailKind::kEmailChange:
      return "";
    default:
      return " It was a notice, without a link (" +
             std::string(row_of(*mail.letter).words.japanese) + ").";
  }
}

std::string of_sent(const MailVerdict& mail, std::string_view sender_domain, bool resendable) {
  std::string text = "The mail left at " + japan_timestamp(mail.at) +
                     ", and the mail server took it (" + mail.reply +
                     "): have them look among the spam." + of_letter(mail) +
                     of_link(mail, resendable);
  if (!mail.carrier) return text;
  return text + " " + std::string(mail.carrier->name) +
         " drops filtered mail without a word: if it is not there, " + let_in(mail, sender_domain) +
         ".";
}

// What to do about a mail that the portal itself did not send, or holds back.
std::string of_obstacle(const MailVerdict& mail) {
  switch (mail.obstacle) {
    case MailObstacle::kRegistrationGone:
    case MailObstacle::kCancelled:
      return " Have them register again.";
    case MailObstacle::kActivated:
      return " Have them log in, or set a new password at パスワードを忘れた方.";
    case MailObstacle::kAddressStopped:
      return " 「心当たりがない」 was pressed in a mail to it: `portalctl mail allow` ends that, "
             "if its "
             "owner asks for it.";
    case MailObstacle::kAddressEnough:
      return " Have them look for the mails before it, or try again later.";
    case MailObstacle::kNotInRoster:
      return " The mail is for clinics that are in the roster.";
    case MailObstacle::kClinicTaken:
      return " See `portalctl timeline` of its number.";
    case MailObstacle::kNoAccount:
      return " Have them look for the address that they registered with, or register.";
    case MailObstacle::kAccountDisabled:
      return " See `portalctl account enable`.";
    case MailObstacle::kRestored:
      return " Have them do again what they had asked for.";
    case MailObstacle::kAddressCorrected:
      return " A newer mail goes to the right address.";
    case MailObstacle::kClinicBusy:
    case MailObstacle::kNetworkBusy:
    case MailObstacle::kSystemBusy:
      return " It leaves by itself.";
    case MailObstacle::kNone:
    case MailObstacle::kWithdrawn:
    case MailObstacle::kAccountGone:
    case MailObstacle::kUnknown:
      break;
  }
  return "";
}

// Of a fault that time alone may mend, only a full mailbox is the caller's matter.
std::string of_retried(const MailVerdict& mail, std::string_view sender_domain) {
  const std::string text =
      "The mail waits, next attempt " + japan_timestamp(mail.at) + ": " + mail.reply + ".";
  if (mail.obstacle != MailObstacle::kNone) return text + of_obstacle(mail);
  const bool told = mail.fault == MailFault::kMailboxFull || mail.fault == MailFault::kOurs;
  return told ? text + " " + of_fault(mail, sender_domain) : text;
}

// `resendable`: 再送 is possible.
std::string of_mail(const MailVerdict& mail, std::string_view sender_domain,
                    bool resendable = false) {
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
      return of_sent(mail, sender_domain, resendable);
    case State::kWithheld:
      return "The mail was not sent, on purpose: " + mail.reply + "." + of_obstacle(mail);
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

std::string of_mails(const Verdict& verdict, std::string_view sender_domain) {
  if (!verdict.mail) return "Its mails were purged: have them register again.";
  const bool resendable = verdict.kind == Verdict::Kind::kNotActivated;
  std::string text = of_mail(*verdict.mail, sender_domain, resendable);
  if (!verdict.earlier_mail) return text;
  return text + " An earlier one left at " + japan_timestamp(verdict.earlier_mail->at) +
         ": have them look for it." + of_link(*verdict.earlier_mail, resendable);
}

// Of a registration that was not activated.
std::string of_not_activated(const Verdict& verdict, std::string_view sender_domain) {
  const std::string pressed = ": OK was pressed at " + japan_timestamp(verdict.at) + ". ";
  const std::string rival =
      verdict.rival_number.text() + " since " + japan_timestamp(verdict.rival_since);
  switch (verdict.kind) {
    case Verdict::Kind::kExpired:
      return "Not activated in time" + pressed + of_mails(verdict, sender_domain);
    case Verdict::Kind::kAddressTaken:
      return "Not activated, and it cannot be any more, because the address has the account of " +
             rival + pressed +
             "No link to it works. Have them log in to that account; another "
             "clinic needs another address." +
             (verdict.mail ? " " + of_mail(*verdict.mail, sender_domain) : "");
    case Verdict::Kind::kClinicTaken:
      return "Not activated, and it cannot be any more, because there is another account of the "
             "clinic " +
             rival + pressed +
             "No link to it works. If that account is not theirs, see "
             "`portalctl account release`.";
    default:
      return "Not activated yet" + pressed + of_mails(verdict, sender_domain);
  }
}

// The kinds of which there is a registration or an account.
std::string of_registration(const Verdict& verdict, std::string_view sender_domain) {
  using Kind = Verdict::Kind;
  const std::string at = japan_timestamp(verdict.at);
  if (verdict.kind == Kind::kCancelled) {
    return "Cancelled at " + at + " by 「心当たりがない」 in the mail: have them register again.";
  }
  if (verdict.kind == Kind::kAccountGone) {
    return "Activated at " + at +
           ", but the account is gone: its owner left, or it was released (see above).";
  }
  const bool account = verdict.kind == Kind::kAccount || verdict.kind == Kind::kAccountDisabled;
  return account ? of_account(verdict, sender_domain) : of_not_activated(verdict, sender_domain);
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
    case Kind::kExpired:
    case Kind::kAddressTaken:
    case Kind::kClinicTaken:
    case Kind::kCancelled:
    case Kind::kAccountGone:
    case Kind::kAccountDisabled:
    case Kind::kAccount:
      break;
  }
  return of_registration(verdict, sender_domain);
}

// Tells it apart from the other attempts.
std::string of_attempt(const Verdict& verdict, std::string_view sender_domain) {
  const std::string number = verdict.number.text();
  return "#" + std::to_string(verdict.attempt) + " (" + (number.empty() ? "?" : number) + ", " +
         (verdict.address.empty() ? "?" : verdict.address) +
         "): " + of_kind(verdict, sender_domain);
}

}  // namespace

std::string in_english(const Verdict& verdict, std::string_view sender_domain) {
  std::string text =
      verdict.others.empty() ? of_kind(verdict, sender_domain) : of_attempt(verdict, sender_domain);
  for (const Verdict& other : verdict.others) text += " " + of_attempt(other, sender_domain);
  if (verdict.mail_stopped_until == 0) return text;
  return text + " The address gets no mail until " + japan_timestamp(verdict.mail_stopped_until) +
         ": 「心当たりがない」 was pressed (see `portalctl mail allow`).";
}

}  // namespace portal
