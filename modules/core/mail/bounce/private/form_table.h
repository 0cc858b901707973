// How the usual programs write a returned mail. Only forms.cpp reads these tables.
//
// The words are what those programs are known to send; OpenSMTPD's were compared with its source. A
// form that is missing costs little: what comes to bounce_address() counts without one.
#pragma once

#include <array>
#include <string_view>

#include "core/mail/bounce/private/forms.h"

namespace portal::mail::bounce {

enum class Reason {
  kBehindRecipient,  // it is the rest of the recipient's paragraph, or else the reply
  kReply,            // it begins in the first line with a mail server's reply, or else as above
  kOpening,          // it is the paragraph that has the opening
};

struct Form {
  std::string_view family;
  std::string_view field;           // the header field with the opening; empty: the text has it
  std::string_view opening;         // what the family is recognised by: lower case, single spaces
  std::string_view recipient = {};  // the words before the recipient; empty: the first address
  Reason reason = Reason::kBehindRecipient;
  // The words before the reason, if the text has them; with | between several, the best first.
  std::string_view words = {};
};

// The first row that fits counts, so what is special stands before what is general.
inline constexpr auto kForms = std::to_array<Form>({
    // Programs that say who they are.
    {"James", "", "this is the james mail server", "failed recipient(s):", Reason::kBehindRecipient,
     "error message:"},
    {"qmail", "", "this is the qmail-send program"},
    {"Postfix", "", "this is the postfix program at host"},
    {"Postfix", "", "this is the mail system at host"},
    {"OpenSMTPD", "", "an error has occurred while attempting to deliver a message"},
    {"OpenSMTPD", "", "this is the mailer-daemon, please do not reply"},
    {"Courier", "", "your message to the following recipients cannot be delivered"},
    {"SurfControl", "x-mailer", "surfcontrol", "addressed to:", Reason::kReply,
     "failed to send to identified host,"},
    {"IMail", "x-mailer", "<smtp32 v", "", Reason::kOpening},
    {"m-FILTER", "x-mailer", "m-filter", "", Reason::kReply, "server message"},
    {"InterScan", "", "received >>>", "sent <<< rcpt to:", Reason::kReply, "received >>>"},
    {"InterScan", "from", "interscan", "", Reason::kReply},
    {"hMailServer", "", "hmailserver sent:", "could not be reached:", Reason::kBehindRecipient,
     "remote server replied:"},
    {"MDaemon", "", "the attached message had permanent fatal delivery errors",
     "failed address:", Reason::kReply},
    {"MailFoundry", "", "this is a notification from mailfoundry", "unable to deliver message to:",
     Reason::kBehindRecipient, "delivery failed for the following reason:"},
    {"SendGrid", "", "your message was not able to be delivered", "", Reason::kReply},
    {"Amazon SES", "", "an error occurred while trying to deliver the mail to the following"},
    {"Google Groups", "", "the group you tried to contact", "", Reason::kOpening},
    {"FML", "", "fml status", "", Reason::kOpening},
    {"FML", "x-mlserver", "fml", "", Reason::kOpening},
    {"Verizon", "", "message could not be delivered to mobile", "", Reason::kOpening, "error:"},
    {"Zoho", "", "error_code :", "", Reason::kOpening},
    // Sieve's reject (RFC 5429) and Dovecot's, which come as a read receipt.
    {"Sieve", "", "was automatically rejected", "", Reason::kOpening, "reason was given:"},
    // Sendmail and what imitates it.
    {"Biglobe", "", "the following addresses had delivery problems", "", Reason::kBehindRecipient,
     "non-delivered information -----"},
    {"Sendmail", "", "had permanent fatal errors", "", Reason::kBehindRecipient,
     "(reason:|transcript of session follows -----"},
    {"Sendmail", "", "transcript of session follows", "", Reason::kReply},
    // qmail's QSBMF and what imitates it: Yahoo, netqmail, qmail-ldap.
    {"qmail", "", "able to deliver your message to the following"},
    {"Yahoo", "", "unable to deliver message to the following"},
    // Exim and what imitates it: GMX, 1&1, mail.ru, MXLogic.
    {"Exim", "", "the following address(es) failed"},
    {"Exim", "", "the following address failed"},
    {"Exim", "", "could not be delivered to one or more of its recipients"},
    {"Exim", "", "rejected by the local scanning code", "", Reason::kOpening, "error was given:"},
    {"Exim", "", "were incorrectly constructed:", "", Reason::kOpening,
     "were incorrectly constructed:"},
    {"Exim", "", "this message was created automatically by"},
    // Exchange and Microsoft 365.
    {"Exchange", "", "did not reach the following recipient(s)"},
    {"Exchange", "", "the following recipient(s) could not be reached"},
    {"Exchange", "", "the following recipient(s) cannot be reached"},
    {"Exchange", "", "delivery has failed to these recipients or", "", Reason::kReply},
    {"Exchange", "", "delivery to the following recipients failed"},
    {"Exchange", "", "diagnostic information for administrators", "", Reason::kReply},
    {"Exchange", "", "これらの受信者またはグループ", "", Reason::kReply},
    {"Exchange", "", "次の受信者", "", Reason::kReply},
    // Domino and Notes.
    {"Domino", "", "was not delivered to:", "", Reason::kBehindRecipient, "because:"},
    {"Domino", "", "failure reasons --------", "", Reason::kBehindRecipient,
     "failure reasons --------"},
    // Gmail, old and new, in English and Japanese.
    {"Gmail", "", "delivery to the following recipient", "", Reason::kBehindRecipient,
     "the other server returned was:|technical details of permanent failure:"},
    {"Gmail", "", "message wasn't delivered to", "", Reason::kOpening, "the response was:"},
    {"Gmail", "", "message has been blocked", "", Reason::kOpening, "the response was:"},
    {"Gmail", "", "に配信されませんでした", "", Reason::kOpening, "the response was:"},
    // Japanese carriers and providers.
    {"au", "", "was rejected by a remote mail server", "recipient:", Reason::kReply, "reason:"},
    {"au", "", "the user(s) account is", "", Reason::kOpening},
    {"au", "", "did not receive this message"},
    {"KDDI", "", "your mail sent on", "", Reason::kReply, "could not be delivered to:"},
    {"KDDI", "", "your mail attempted to be delivered on", "", Reason::kReply,
     "could not be delivered to:"},
    // iPlanet, Sun and Oracle Messaging Server.
    {"Messaging Server", "", "this report relates to a message you sent",
     "recipient address:", Reason::kBehindRecipient, "reason:"},
    {"Messaging Server", "", "cannot be delivered to the following recipients",
     "recipient address:", Reason::kBehindRecipient, "reason:"},
    // Other gateways.
    {"MailMarshal", "", "could not be delivered because of",
     "recipients were affected:", Reason::kOpening, "because of"},
    {"AOL", "", "the mail you sent could not be delivered"},
    {"AsyncOS", "", "was undeliverable. the reason for the problem", "the following message to",
     Reason::kReply, "the reason for the problem:"},
    {"WorkMail", "", "technical report:", "", Reason::kReply, "remote server returned"},
    {"Barracuda", "", "has not been delivered", "", Reason::kOpening},
    {"Symantec", "", "we had trouble delivering your message", "rejected recipient", Reason::kReply,
     "it responded as follows:"},
    {"GroupWise", "", "was undeliverable to the following"},
    {"CommuniGate", "", "failed to deliver to"},
    {"Mercury", "", "in your message have failed with the following response", "", Reason::kReply},
});

// What a text or a subject of any other program has that returns a mail.
inline constexpr auto kFailureWords = std::to_array<std::string_view>(
    {"could not be delivered", "cannot be delivered", "couldn't be delivered", "could not deliver",
     "couldn't deliver", "unable to deliver", "not delivered", "undeliverable", "delivery failed",
     "delivery failure", "配信できません", "配送できません", "配達できません", "送信できません",
     "届けられません", "お届けできません", "配信に失敗", "配送に失敗", "送信に失敗"});
inline constexpr auto kFailureSubjects = std::to_array<std::string_view>(
    {"undelivered", "undeliverable", "nondeliverable", "returned mail", "returned to sender",
     "failure notice", "delivery fail", "delivery status notification (failure", "delivery error",
     "mail system error", "could not be delivered"});

// What stands between the report and the copy of the mail. A copy may also begin with its header.
inline constexpr auto kCopyBegins =
    std::to_array<std::string_view>({"--- below this line is a copy",
                                     "--- enclosed is a copy",
                                     "--- this is a copy of",
                                     "below is a copy of the original message",
                                     "copy of the original message below",
                                     "--- the header of the original message",
                                     "included is a copy of the message header",
                                     "--- original m",
                                     "---original m",
                                     "original message follows",
                                     "original message headers:",
                                     "--- unsent message",
                                     "--- returned message",
                                     "--- undelivered message",
                                     "--- message non-deliverable",
                                     "--- message header",
                                     "message headers follow",
                                     "message details",
                                     "--- 以下",
                                     "--- 元のメッセージ",
                                     "元のメッセージ ヘッダー",
                                     "元のメッセージ:"});

}  // namespace portal::mail::bounce
