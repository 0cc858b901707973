// What a refusal means: whose fault it is, and whether a later attempt can help.
#include "core/mail/refusal.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace portal::mail {
namespace {

constexpr auto kTo = "taro@example.jp";

struct Case {
  const char* label;
  Stage stage;
  const char* text;
  MailFault fault;
  bool final = false;
};

void expect_all(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const Refusal refusal = read_refusal({c.stage, c.text, kTo});
    EXPECT_EQ(name_of(refusal.fault), name_of(c.fault)) << c.label << ": " << c.text;
    EXPECT_EQ(refusal.final, c.final) << c.label << ": " << c.text;
  }
}

TEST(Refusal, OurRelayDoesNotTakeOurMail) {
  expect_all({
      {"SES identity", Stage::kMessage,
       "554 Message rejected: Email address is not verified. The following identities failed the "
       "check in region AP-NORTHEAST-1: no-reply@portal.test",
       MailFault::kOurs},
      {"SES quota", Stage::kMessage, "454 Throttling failure: Daily message quota exceeded.",
       MailFault::kOurs},
      {"SES paused", Stage::kMessage, "554 Message rejected: Sending paused for this account.",
       MailFault::kOurs},
      {"SES permission", Stage::kMessage,
       "554 Access denied: User `arn:aws:iam::1:user/x' is not authorized to perform "
       "`ses:SendRawEmail'",
       MailFault::kOurs},
      {"Microsoft send as", Stage::kMessage,
       "554 5.2.252 SendAsDenied; no-reply@portal.test not allowed to send as x@portal.test",
       MailFault::kOurs},
      {"Microsoft, the code alone", Stage::kMessage, "554 5.2.252 no", MailFault::kOurs},
      {"Exchange send as", Stage::kMessage,
       "550 5.7.60 SMTP; Client does not have permissions to send as this sender",
       MailFault::kOurs},
      {"Microsoft limit", Stage::kMessage, "550 5.1.90 Your message can't be sent",
       MailFault::kOurs},
      {"Microsoft tenant", Stage::kMessage,
       "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP",
       MailFault::kOurs},
      {"Microsoft banned", Stage::kRecipient, "550 5.7.606 Access denied, banned sending IP",
       MailFault::kOurs},
      {"Microsoft trial limit", Stage::kMessage,
       "550 5.7.232 Your message can't be sent because your trial tenant has exceeded its limit",
       MailFault::kOurs},
      {"Microsoft relay", Stage::kRecipient,
       "550 5.7.64 TenantAttribution; Relay Access Denied [ValidationStatus of '' is "
       "EmptyCertificate]",
       MailFault::kOurs},
      {"Gmail limit", Stage::kMessage,
       "550-5.4.5 Daily user sending limit exceeded. For more information on Gmail 550-5.4.5 "
       "sending limits go to 550 5.4.5 https://support.google.com/a/answer/166852 - gsmtp",
       MailFault::kOurs},
      {"Gmail limit, short", Stage::kRecipient, "550 5.4.5 Daily sending quota exceeded",
       MailFault::kOurs},
      {"Gmail relay limit", Stage::kMessage,
       "550 5.7.1 Daily SMTP relay limit exceeded for customer.", MailFault::kOurs},
      {"Gmail relay", Stage::kRecipient,
       "550-5.7.1 Invalid credentials for relay [192.0.2.1]. The IP address you've 550 5.7.1 "
       "registered in your Workspace SMTP Relay service doesn't match",
       MailFault::kOurs},
      {"Gmail denied", Stage::kMessage, "550 5.7.0 Mail sending denied", MailFault::kOurs},
      {"SendGrid identity", Stage::kMessage,
       "550 The from address does not match a verified Sender Identity. Mail cannot be sent until "
       "this error is resolved.",
       MailFault::kOurs},
      {"SendGrid credits", Stage::kMessage, "451 Maximum credits exceeded", MailFault::kOurs},
      {"Mailgun sandbox", Stage::kMessage,
       "550 5.7.1 Sandbox subdomains are for test purposes only.", MailFault::kOurs},
      {"Mailgun domain", Stage::kMessage,
       "421 Domain portal.test is not allowed to send: recipient limit exceeded", MailFault::kOurs},
      {"Postmark", Stage::kMessage,
       "550 The 'From' address you supplied is not a Sender Signature on your account.",
       MailFault::kOurs},
      {"Brevo", Stage::kMessage, "525 5.7.1 Unauthorized IP address", MailFault::kOurs},
      {"Brevo sender", Stage::kMessage,
       "550 Sending has been rejected because the sender you used is not valid.", MailFault::kOurs},
      {"Postfix relay", Stage::kRecipient, "554 5.7.1 <taro@example.jp>: Relay access denied",
       MailFault::kOurs},
      {"Postfix client", Stage::kRecipient,
       "554 5.7.1 <a[192.0.2.1]>: Client host rejected: Access denied", MailFault::kOurs},
      {"Postfix name", Stage::kRecipient,
       "504 5.5.2 <a>: Helo command rejected: need fully-qualified hostname", MailFault::kOurs},
      {"Postfix owner", Stage::kRecipient,
       "553 5.7.1 <n@a>: Sender address rejected: not owned by user portal", MailFault::kOurs},
      {"Postfix sender's domain", Stage::kRecipient,
       "550 5.1.8 <n@a>: Sender address rejected: Domain not found", MailFault::kOurs},
      {"Postfix blocklist", Stage::kRecipient,
       "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
       MailFault::kOurs},
      {"Exim relay", Stage::kRecipient, "550 relay not permitted", MailFault::kOurs},
      {"Exim sender", Stage::kRecipient, "550 Sender verify failed", MailFault::kOurs},
      {"qmail relay", Stage::kRecipient,
       "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", MailFault::kOurs},
      {"OpenSMTPD", Stage::kRecipient,
       "530 5.5.1 Invalid command: Must issue an AUTH command first", MailFault::kOurs},
      {"login, the code alone", Stage::kRecipient, "530 no", MailFault::kOurs},
      {"outgoing limit", Stage::kMessage,
       "554 5.7.0 The limit on the number of allowed outgoing messages was exceeded.",
       MailFault::kOurs},
      {"a limit", Stage::kMessage, "550 5.7.1 Sending has been stopped: limit exceeded",
       MailFault::kOurs},
      {"sender, other words", Stage::kMessage, "550 5.7.1 Sender is not authorized",
       MailFault::kOurs},
      {"SoftBank, our domain", Stage::kRecipient, "553 portal.test does not exist",
       MailFault::kOurs},
      {"SPF", Stage::kMessage, "550 5.7.23 SPF validation failed", MailFault::kOurs},
      {"DMARC", Stage::kMessage, "550-5.7.26 This mail is unauthenticated", MailFault::kOurs},
      {"at the greeting", Stage::kSession, "554 5.1.1 no such user", MailFault::kOurs},
      {"at MAIL FROM", Stage::kSender, "552 5.2.2 over quota", MailFault::kOurs},
      {"at AUTH, for now", Stage::kSession, "454 4.7.0 Temporary authentication failure",
       MailFault::kOurs},
  });
}

TEST(Refusal, TheRecipient) {
  expect_all({
      {"Postfix", Stage::kRecipient,
       "550 5.1.1 <taro@example.jp>: Recipient address rejected: User unknown in local recipient "
       "table",
       MailFault::kUnknownUser, true},
      {"Postfix, soft", Stage::kRecipient, "450 4.1.1 <taro@example.jp>: user unknown",
       MailFault::kUnknownUser, false},
      {"Gmail", Stage::kRecipient,
       "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 "
       "double-checking the recipient's email address for typos or 550 5.1.1 unnecessary spaces.",
       MailFault::kUnknownUser, true},
      {"Gmail, disabled", Stage::kRecipient,
       "550 5.2.1 The email account that you tried to reach is disabled", MailFault::kUnknownUser,
       true},
      {"Gmail, busy", Stage::kRecipient,
       "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents",
       MailFault::kUnclear},
      {"Exchange", Stage::kRecipient,
       "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
       MailFault::kUnknownUser, true},
      {"Microsoft, edge", Stage::kRecipient,
       "550 5.4.1 Recipient address rejected: Access denied. [TY2.example.com]",
       MailFault::kUnknownUser, true},
      {"Exim", Stage::kRecipient, "550 Unrouteable address", MailFault::kUnknownUser, true},
      {"Exim, words", Stage::kRecipient, "550 No Such User Here", MailFault::kUnknownUser, true},
      {"OpenSMTPD", Stage::kRecipient, "550 Invalid recipient: <taro@example.jp>",
       MailFault::kUnknownUser, true},
      {"qmail", Stage::kReport, "<taro@example.jp>: Sorry, no mailbox here by that name. (#5.1.1)",
       MailFault::kUnknownUser, true},
      {"docomo, after DATA", Stage::kMessage, "550 Unknown user taro@example.jp",
       MailFault::kUnknownUser, true},
      {"au", Stage::kReport, "host lsean.ezweb.ne.jp said: 550 <taro@example.jp>: User unknown",
       MailFault::kUnknownUser, true},
      {"Yahoo", Stage::kReport,
       "554 delivery error: dd This user doesn't have a yahoo.com account (taro@example.jp) [0]",
       MailFault::kUnknownUser, true},
      {"unavailable", Stage::kRecipient, "550 Requested action not taken: mailbox unavailable",
       MailFault::kUnknownUser, true},
      {"rejecting", Stage::kRecipient, "550 user unknown, message rejected by user database",
       MailFault::kUnknownUser, true},
      {"the code alone", Stage::kRecipient, "551 no", MailFault::kUnknownUser, true},
      {"553, the mailbox", Stage::kRecipient, "553 mailbox does not exist", MailFault::kUnknownUser,
       true},
      {"a host called relay", Stage::kRecipient, "550 relay3.isp.test: no such user",
       MailFault::kUnknownUser, true},
      {"domain", Stage::kRecipient, "550 5.1.2 no such system", MailFault::kUnknownDomain, true},
      {"Postfix, domain", Stage::kReport,
       "Host or domain name not found. Name service error for name=example.jp type=A: Host not "
       "found",
       MailFault::kUnknownDomain, true},
      {"qmail, domain", Stage::kReport,
       "Sorry, I couldn't find any host named example.jp. (#5.1.2)", MailFault::kUnknownDomain,
       true},
      {"null MX", Stage::kRecipient, "556 5.1.10 Recipient domain does not accept mail (nullMX)",
       MailFault::kUnknownDomain, true},
      {"OpenSMTPD, domain", Stage::kReport, "550 5.1.2 No MX found for domain",
       MailFault::kUnknownDomain, true},
      {"group", Stage::kReport,
       "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
       MailFault::kRecipientFilter, true},
      {"not in the list", Stage::kReport,
       "550 5.7.124 RESOLVER.RST.NotAuthorized; sender not in allowed-senders list",
       MailFault::kRecipientFilter, true},
      {"filter, words", Stage::kMessage, "550 5.7.1 message refused by the recipient",
       MailFault::kRecipientFilter, true},
      {"filter, more words", Stage::kRecipient, "550 the user does not accept mail from you",
       MailFault::kRecipientFilter, true},
  });
}

TEST(Refusal, AFullMailboxIsNeverFinal) {
  expect_all({
      {"the code alone", Stage::kRecipient, "552 no", MailFault::kMailboxFull},
      {"after DATA", Stage::kMessage, "552 Requested mail action aborted: exceeded storage",
       MailFault::kMailboxFull},
      {"status", Stage::kRecipient, "550 5.2.2 no", MailFault::kMailboxFull},
      {"for now", Stage::kRecipient, "452 4.2.2 The email account is over quota",
       MailFault::kMailboxFull},
      {"words, another code", Stage::kRecipient, "554 mailbox is full", MailFault::kMailboxFull},
      {"Gmail", Stage::kRecipient, "452 4.2.2 The recipient's inbox is out of storage space",
       MailFault::kMailboxFull},
      {"docomo", Stage::kMessage, "552 Too much mail data taro@example.jp",
       MailFault::kMailboxFull},
      {"Exim", Stage::kReport, "mailbox is full (MTA-imposed quota exceeded while writing to file)",
       MailFault::kMailboxFull},
      {"Biglobe", Stage::kReport,
       "The number of messages in recipient's mailbox exceeded the local limit.",
       MailFault::kMailboxFull},
      {"qmail", Stage::kReport, "Recipient's mailbox is full, message returned to sender. (#5.2.2)",
       MailFault::kMailboxFull},
      {"too big is not full", Stage::kMessage,
       "552 5.3.4 Message size exceeds fixed maximum message size", MailFault::kTooBig},
  });
}

TEST(Refusal, ThisMailOrNobodyKnows) {
  expect_all({
      {"spam", Stage::kMessage, "550 5.7.1 spam", MailFault::kContent},
      {"Gmail", Stage::kMessage,
       "550-5.7.1 Our system has detected that this message is 550-5.7.1 likely unsolicited mail.",
       MailFault::kContent},
      {"Postfix", Stage::kMessage, "550 5.7.1 message content rejected", MailFault::kContent},
      {"format", Stage::kMessage, "554 5.6.0 malformed", MailFault::kContent},
      {"Gmail, 552", Stage::kMessage,
       "552-5.7.0 This message was blocked because its content presents a potential 552-5.7.0 "
       "security issue.",
       MailFault::kContent},
      {"552, too large", Stage::kMessage, "552 message too large", MailFault::kTooBig},
      {"no words", Stage::kMessage, "554 5.7.1 no", MailFault::kUnclear},
      {"no words at RCPT", Stage::kRecipient, "550 rejected", MailFault::kUnclear},
      {"policy", Stage::kRecipient, "550 5.7.1 policy violation", MailFault::kUnclear},
      {"transaction", Stage::kMessage, "554 Transaction failed", MailFault::kUnclear},
      {"no service", Stage::kMessage, "554 5.5.1 none", MailFault::kUnclear},
      {"greylisted", Stage::kRecipient, "450 4.2.0 greylisted", MailFault::kUnclear},
      {"nothing", Stage::kReport, "", MailFault::kUnclear},
  });
}

// Else a stranger's address could stop the mail to everybody.
TEST(Refusal, WhatARecipientIsCalledIsNoRefusalOfUs) {
  for (const auto& [to, text] : std::vector<std::pair<const char*, const char*>>{
           {"relay@example.jp",
            "550 5.1.1 <Relay@example.jp>: Recipient address rejected: unknown"},
           {"relay.@example.jp", "550 5.1.1 no such user: \"relay.\"@example.jp"},
           {"spamhaus@example.jp", "550 5.1.1 spamhaus: user unknown"},
           {"dkim@example.jp", "550 <dkim@example.jp>: User unknown"},
           {"a@relay.example.jp", "550 5.1.2 Relay.example.jp has no such user"}}) {
    const Refusal refusal = read_refusal({Stage::kRecipient, text, to});
    EXPECT_TRUE(of_recipient(refusal.fault)) << text << ": " << name_of(refusal.fault);
    EXPECT_TRUE(refusal.final) << text;
  }
}

// A server behind the relay that does not relay does not serve the recipient's domain.
TEST(Refusal, BehindTheRelayNobodyRelaysForUs) {
  expect_all(
      {{"au", Stage::kReport, "554 <taro@example.jp>: Relay access denied", MailFault::kUnclear},
       {"the same from ours", Stage::kMessage, "554 <taro@example.jp>: Relay access denied",
        MailFault::kOurs}});
}

TEST(Refusal, CodesAreReadWhereverTheyStand) {
  struct Codes {
    const char* text;
    const char* field;
    int code;
    const char* status;
  };
  for (const Codes& c : std::vector<Codes>{
           {"550 5.1.1 no", "", 550, "5.1.1"},
           {"550-5.1.1 no 550 5.1.1 user", "", 550, "5.1.1"},
           {"no mailbox (#5.1.1)", "", 0, "5.1.1"},
           {"host mx[192.0.2.1] said: 550 5.2.1 no (in reply to RCPT TO)", "5.0.0", 550, "5.2.1"},
           {"550 5.0.0 no", "5.1.1", 550, "5.1.1"},
           {"550 5.0.0 no", "5.0.0", 550, "5.0.0"},
           {"smtp; 550 no", "5.1.1 (bad address)", 550, "5.1.1"},
           {"[5.1.1.1] [192.0.5.1] 4.7.1.2 no", "", 0, ""},
           {"2550 x", "", 0, ""}}) {
    const Refusal refusal = read_refusal({Stage::kReport, c.text, "", c.field});
    EXPECT_EQ(refusal.code, c.code) << c.text;
    EXPECT_EQ(refusal.status, c.status) << c.text;
  }
}

TEST(Refusal, AStatusFieldAloneIsEnough) {
  EXPECT_EQ(read_refusal({Stage::kReport, "no", "", "5.2.2"}).fault, MailFault::kMailboxFull);
  EXPECT_TRUE(read_refusal({Stage::kReport, "", "", "5.1.1"}).final);
  EXPECT_FALSE(read_refusal({Stage::kReport, "", "", "4.1.1"}).final);
}

TEST(Refusal, AnyTextIsRead) {
  const std::string long_text(100000, '5');
  EXPECT_EQ(read_refusal({Stage::kReport, long_text}).fault, MailFault::kUnclear);
  EXPECT_EQ(read_refusal({Stage::kReport, "\xff\xfe 550 \x01 user unknown"}).fault,
            MailFault::kUnknownUser);
}

TEST(MailFaultNames, FindTheirFaults) {
  for (const MailFaultRow& row : kMailFaultRows) EXPECT_EQ(find_mail_fault(row.name), row.fault);
  EXPECT_EQ(find_mail_fault("of a newer version"), MailFault::kUnclear);
}

}  // namespace
}  // namespace portal::mail
