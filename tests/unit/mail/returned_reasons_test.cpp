// What the words of returned mails mean: each case is a reason as mail systems write it.
#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "core/mail/refusal.h"

namespace portal::mail {
namespace {

struct Case {
  MailFault fault;
  std::string_view words;
};

constexpr auto kCases = std::to_array<Case>({
    {MailFault::kUnknownUser, "550 5.1.1 <hanako@clinic.example>... User unknown"},
    {MailFault::kUnknownUser, "User not found in directory"},
    {MailFault::kUnknownUser, "Sorry, no such user here"},
    {MailFault::kUnknownUser, "This user doesn't exist"},
    {MailFault::kUnknownUser, "550 Invalid User"},
    {MailFault::kUnknownUser, "550 mailbox not available"},
    {MailFault::kUnknownUser, "550 Requested action not taken: mailbox unavailable"},
    {MailFault::kUnknownUser, "unknown or illegal alias: hanako"},
    {MailFault::kUnknownUser, "550 hanako is not a valid mailbox"},
    {MailFault::kUnknownUser, "The recipient does not exist here"},
    {MailFault::kUnknownUser, "550 No such person at this address"},
    {MailFault::kUnknownUser, "550 address rejected: hanako@clinic.example"},
    {MailFault::kUnknownUser, "Mailbox does not exist"},
    {MailFault::kUnknownUser, "550 unknown user account"},
    {MailFault::kUnknownUser, "550 This account is not allowed... no such user"},
    {MailFault::kUnknownUser, "550 sorry, that recipient doesn't exist"},
    {MailFault::kUnknownUser, "this address no longer accepts mail"},
    {MailFault::kUnknownUser, "This account has been disabled or discontinued [#102]."},
    {MailFault::kUnknownUser, "宛先のメールアドレスは存在しません"},
    {MailFault::kUnknownUser, "ユーザーが存在しません"},
    {MailFault::kUnknownUser, "宛先不明"},
    {MailFault::kUnknownUser, "ご指定のメールアドレスが見つかりません"},
    {MailFault::kUnknownUser, "アドレス不明"},
    {MailFault::kUnknownUser, "550 Address invalid"},
    {MailFault::kUnknownUser, "User hanako@clinic.example not known at this site"},
    {MailFault::kUnknownUser, "address does not exist"},
    {MailFault::kUnknownUser, "550 account expired"},
    {MailFault::kUnknownUser, "no mailbox by that name is currently available"},
    {MailFault::kUnknownUser, "Recipient not recognized"},
    {MailFault::kUnknownUser, "550 #5.1.0 Address rejected"},
    {MailFault::kUnknownUser, "invalid address"},
    {MailFault::kUnknownUser, "is not a registered user"},
    {MailFault::kUnknownUser, "hanako: unknown local user"},
    {MailFault::kUnknownUser, "bad destination mailbox address"},
    {MailFault::kUnknownUser, "550 Recipient address rejected: Access denied 5.4.1"},
    {MailFault::kUnknownUser, "User is unknown"},
    {MailFault::kUnknownUser, "unable to find user"},
    {MailFault::kUnknownUser, "can't find recipient"},
    {MailFault::kUnknownUser, "no users here by that name"},
    {MailFault::kUnknownDomain, "Host or domain name not found"},
    {MailFault::kUnknownDomain, "DNS Error: Domain name not found"},
    {MailFault::kUnknownDomain, "DNS error: NXDOMAIN"},
    {MailFault::kUnknownDomain, "550 Host unknown"},
    {MailFault::kUnknownDomain, "Name server: clinic.example: host not found"},
    {MailFault::kUnknownDomain, "unrouteable mail domain \"clinic.example\""},
    {MailFault::kUnknownDomain, "Domain does not exist"},
    {MailFault::kUnknownDomain, "no such host"},
    {MailFault::kUnknownDomain, "Illegal host/domain name found"},
    {MailFault::kUnknownDomain, "The domain name is invalid"},
    {MailFault::kUnknownDomain, "DNS lookup failure: clinic.example"},
    {MailFault::kUnknownDomain, "unable to resolve MX host"},
    {MailFault::kUnknownDomain, "ドメインが存在しません"},
    {MailFault::kMailboxFull, "552 5.2.2 Over quota"},
    {MailFault::kMailboxFull, "User's mailbox is full"},
    {MailFault::kMailboxFull, "The user's mailbox is over the allowed size"},
    {MailFault::kMailboxFull, "Mailbox quota exceeded"},
    {MailFault::kMailboxFull, "Disk quota exceeded"},
    {MailFault::kMailboxFull, "User has exceeded storage quota"},
    {MailFault::kMailboxFull, "Recipient's mailbox is over the storage limit"},
    {MailFault::kMailboxFull, "not enough storage space in mailbox"},
    {MailFault::kMailboxFull, "insufficient disk space"},
    {MailFault::kMailboxFull, "account is full"},
    {MailFault::kMailboxFull, "メールボックスがいっぱいです"},
    {MailFault::kMailboxFull, "容量を超えています"},
    {MailFault::kMailboxFull, "受信容量オーバー"},
    {MailFault::kMailboxFull, "exceeded the storage space"},
    {MailFault::kMailboxFull, "user over disk quota"},
    {MailFault::kMailboxFull, "mailbox has exceeded the limit"},
    {MailFault::kMailboxFull, "mailfolder is full"},
    {MailFault::kMailboxFull, "Folder full"},
    {MailFault::kMailboxFull, "As their mailbox is full."},
    {MailFault::kMailboxFull, "out of memory: user is over quota"},
    {MailFault::kRecipientFilter, "受信者が受信を拒否しました"},
    {MailFault::kRecipientFilter, "ドメイン指定受信により拒否"},
    {MailFault::kRecipientFilter, "迷惑メールフィルタにより拒否"},
    {MailFault::kRecipientFilter, "550 You are not allowed to send mail to this recipient"},
    {MailFault::kRecipientFilter, "Sender denied by recipient"},
    {MailFault::kRecipientFilter, "The recipient only accepts mail from specific senders"},
    {MailFault::kRecipientFilter, "not on the recipient's allow list"},
    {MailFault::kOurs, "550 5.7.1 SPF check failed"},
    {MailFault::kOurs,
     "554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using zen.spamhaus.org"},
    {MailFault::kOurs,
     "550 5.7.26 Unauthenticated email is not accepted due to domain's DMARC policy"},
    {MailFault::kOurs, "421 4.7.0 IP not in whitelist for RCPT domain, closing connection"},
    {MailFault::kOurs, "550 5.7.1 Our system has detected an unusual rate of unsolicited mail"},
    {MailFault::kOurs,
     "554 Your access to this mail system has been rejected due to the sending MTA's poor "
     "reputation"},
    {MailFault::kOurs,
     "550-5.7.1 [192.0.2.10] The IP you're using to send mail is not authorized to send email "
     "directly to our servers"},
    {MailFault::kOurs, "553 sorry, your envelope sender domain must exist"},
    {MailFault::kOurs, "450 4.7.1 Client host rejected: cannot find your reverse hostname"},
    {MailFault::kOurs, "550 Sender verify failed"},
    {MailFault::kOurs, "550 rejected: no rDNS"},
    {MailFault::kOurs, "Too many connections from your host"},
    {MailFault::kContent, "554 5.7.1 Message rejected as spam"},
    {MailFault::kContent, "550 High probability of spam"},
    {MailFault::kContent, "550 5.7.1 Message contains a virus"},
    {MailFault::kContent, "Denied by policy: content"},
    {MailFault::kTooBig, "552 5.3.4 Message size exceeds fixed limit"},
    {MailFault::kTooBig, "Message too large"},
    {MailFault::kTooBig, "552 size limit exceeded"},
    {MailFault::kTooBig, "message file too big"},
    {MailFault::kTooBig, "5.2.3 Message length exceeds administrative limit"},
    {MailFault::kUnclear, "Connection timed out"},
    {MailFault::kUnclear, "retry timeout exceeded"},
    {MailFault::kUnclear, "4.4.7 delivery expired"},
    {MailFault::kUnclear, "451 4.3.0 mail server temporarily rejected message"},
    {MailFault::kUnclear, "550 5.4.6 mail loop: too many hops"},
    {MailFault::kUnclear, "Network error on destination MXs"},
    {MailFault::kUnclear, "550 Administrative prohibition"},
});

TEST(ReturnedReasons, TellWhoseFaultItIs) {
  for (const auto& c : kCases) {
    const Refusal refusal = read_refusal({Stage::kReport, c.words, "hanako@clinic.example"});
    EXPECT_EQ(name_of(refusal.fault), name_of(c.fault)) << c.words;
  }
}

}  // namespace
}  // namespace portal::mail
