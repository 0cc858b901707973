// What servers say when they refuse a mail, and what it means. The first fact that fits decides, so
// particular facts stand before general ones. Only refusal.cpp reads this table.
//
// A fact fits if the reply has its code, its status and its words, as far as it has them, and was
// given at one of its stages. `status` without its class, "1.1" for 4.1.1 and 5.1.1; "7.6*" is each
// that begins so. `words` are in lower case; * is any text between two of them. The reply is
// compared in lower case, without its codes, without addresses and without the recipient's domain.
//
// Sources: RFC 5321 §4.2 (codes), RFC 3463, RFC 4954, RFC 5248, RFC 7293, RFC 7372, RFC 7504, RFC
// 7505 and IANA's registry "SMTP Enhanced Status Codes"; the vendors' pages are named beside their
// words.
#pragma once

#include <array>
#include <string_view>

#include "core/mail/refusal.h"

namespace portal::mail {

enum class Where {
  kAnywhere,
  kAtRelay,   // RCPT and DATA: our own relay speaks
  kInReport,  // a server behind the relay speaks: "relaying denied" there is about its recipient
  kAtRecipient,
  kAtMessage,
};

struct RefusalFact {
  int code;                 // 0: any
  std::string_view status;  // empty: any
  std::string_view words;   // empty: any
  MailFault fault;
  Where where = Where::kAnywhere;
};

inline constexpr auto kRefusalFacts = std::to_array<RefusalFact>({
    // --- Our relay does not take our mail: identity, permission, limit ---------------------------
    // Amazon SES Developer Guide, "SMTP response codes returned by Amazon SES" and "Email sending
    // errors". The daily quota comes as 454, everything else as 554 after DATA.
    {0, "", "address is not verified", MailFault::kOurs},
    {0, "", "identities failed the check", MailFault::kOurs},
    {0, "", "message quota exceeded", MailFault::kOurs},
    {0, "", "sending rate exceeded", MailFault::kOurs},
    {0, "", "throttling failure", MailFault::kOurs},
    {0, "", "sending suspended", MailFault::kOurs},
    {0, "", "sending paused", MailFault::kOurs},
    {0, "", "is not authorized to perform", MailFault::kOurs},
    // Its list of addresses that it does not send to: "has a recent history of bouncing".
    {0, "", "history of bouncing", MailFault::kUnknownUser},
    // Microsoft 365, "Email non-delivery reports and SMTP errors in Exchange Online".
    {0, "", "sendasdenied", MailFault::kOurs},
    {0, "", "does not have permission*to send as", MailFault::kOurs},
    {0, "", "not allowed to send as", MailFault::kOurs},
    {0, "2.252", "", MailFault::kOurs},
    {0, "1.90", "", MailFault::kOurs},  // "can't be sent because the daily limit was reached"
    {0, "1.10", "recipientnotfound", MailFault::kUnknownUser},
    {0, "1.10", "not found", MailFault::kUnknownUser},
    {0, "4.1", "recipient address rejected: access denied", MailFault::kUnknownUser},
    {0, "7.504", "recipient address rejected", MailFault::kUnknownUser},
    {0, "2.121", "", MailFault::kUnclear},  // the recipient gets too much mail at the moment
    {0, "2.122", "", MailFault::kUnclear},
    {0, "7.12", "", MailFault::kRecipientFilter},
    {0, "7.124", "", MailFault::kRecipientFilter},  // not in the list of allowed senders
    {0, "7.129", "", MailFault::kRecipientFilter},
    {0, "7.13*", "resolver.rst", MailFault::kRecipientFilter},
    {0, "7.133", "", MailFault::kRecipientFilter},
    {0, "7.134", "", MailFault::kRecipientFilter},  // accepts mail from the own organisation only
    {0, "7.135", "", MailFault::kRecipientFilter},
    {0, "7.136", "", MailFault::kRecipientFilter},
    {0, "7.510", "", MailFault::kRecipientFilter},
    {0, "7.505", "", MailFault::kUnclear},  // "banned recipient"
    {0, "7.512", "", MailFault::kContent},  // "message must be RFC 5322 section 3.6.2 compliant"
    {0, "7.139", "", MailFault::kOurs},
    {0, "7.54", "", MailFault::kOurs},
    {0, "7.57", "", MailFault::kOurs},
    {0, "7.60", "", MailFault::kOurs},
    {0, "7.64", "", MailFault::kOurs},
    {0, "7.23*", "", MailFault::kOurs},  // RFC 7372: 7.23; 7.232, 7.233, 7.236: the tenant's limit
    {0, "7.5??", "", MailFault::kOurs},  // 7.501 to 7.513: spam, banned sender, DMARC, bad HELO
    {0, "7.6??", "", MailFault::kOurs},  // 7.606 to 7.649: banned sending IP
    {0, "7.7??", "", MailFault::kOurs},  // 7.700 to 7.750: limits and domains of the tenant
    // Google Workspace, "Gmail SMTP errors and codes". 5.4.5 is the sending limit there; RFC 3463
    // has it for a congested mail system, which no server says for good.
    {0, "2.1", "receiving mail", MailFault::kUnclear},  // "at a rate", "too quickly"
    {0, "", "sending limit", MailFault::kOurs},
    {0, "", "relay limit", MailFault::kOurs},
    {0, "", "email quota exceeded", MailFault::kOurs},
    {0, "", "sending quota", MailFault::kOurs},
    {0, "", "mail sending denied", MailFault::kOurs},
    {0, "4.5", "", MailFault::kOurs},
    {0, "", "unusual rate of", MailFault::kOurs},
    {0, "", "likely unsolicited", MailFault::kContent},
    {0, "", "likely suspicious", MailFault::kOurs},  // "due to the very low reputation of …"
    // SendGrid, "SMTP Errors and Troubleshooting": 550 or 403 after DATA.
    {0, "", "verified sender identity", MailFault::kOurs},
    {0, "", "not authorized to send from", MailFault::kOurs},
    {0, "", "maximum credits exceeded", MailFault::kOurs},
    {0, "", "exceeded your messaging limit", MailFault::kOurs},
    {0, "", "unauthenticated senders not allowed", MailFault::kOurs},
    // Mailgun, "Common SMTP errors": free and sandbox domains, domains without DNS; its own codes
    // 605 and 607 for addresses that bounced or complained before.
    {0, "", "is not allowed to send", MailFault::kOurs},
    {0, "", "for test purposes only", MailFault::kOurs},
    {0, "", "domain is unverified", MailFault::kOurs},
    {0, "", "requires dns configuration", MailFault::kOurs},
    {0, "", "previously bounced address", MailFault::kUnknownUser},
    {0, "", "marked your messages as spam", MailFault::kRecipientFilter},
    // Postmark, "API error codes" 400, 401, 405, 406, 412, which SMTP repeats in words.
    {0, "", "sender signature", MailFault::kOurs},
    {0, "", "run out of credits", MailFault::kOurs},
    {0, "", "account is pending approval", MailFault::kOurs},
    {0, "", "recipient*inactive", MailFault::kUnknownUser},
    // Brevo, "SMTP relay: errors": 502 and 525.
    {0, "", "smtp account is not yet activated", MailFault::kOurs},
    {0, "", "unauthorized ip address", MailFault::kOurs},
    {0, "", "sender you used is not valid", MailFault::kOurs},
    // Postfix, access(5) and smtpd(8): with smtpd_delay_reject it refuses client, name and sender
    // only at RCPT. The word before `rejected` says which.
    {0, "", "client host rejected", MailFault::kOurs},
    {0, "", "helo command rejected", MailFault::kOurs},
    {0, "", "sender address rejected", MailFault::kOurs},
    {0, "", "client host*blocked", MailFault::kOurs},
    {0, "", "must issue a starttls", MailFault::kOurs},
    // Exim, "sender verification"; qmail, badmailfrom; SoftBank, which looks up our domain.
    {0, "", "sender verify fail", MailFault::kOurs},
    {0, "", "badmailfrom", MailFault::kOurs},
    {553, "", "does not exist", MailFault::kOurs},

    // --- Clearly about the recipient: RFC 3463 ---------------------------------------------------
    // Before words that servers use for us as well.
    {0, "1.1", "", MailFault::kUnknownUser},
    {0, "1.2", "", MailFault::kUnknownDomain},
    {0, "1.3", "", MailFault::kUnknownUser},  // the address cannot be one
    {0, "1.4", "", MailFault::kUnknownUser},
    {0, "1.6", "", MailFault::kUnknownUser},  // moved
    {0, "2.2", "", MailFault::kMailboxFull},
    {0, "7.17", "", MailFault::kUnknownUser},     // RFC 7293: the owner has changed
    {0, "1.10", "", MailFault::kUnknownDomain},   // RFC 7505: null MX
    {556, "", "", MailFault::kUnknownDomain},     // RFC 7504
    {0, "7.18", "", MailFault::kUnknownDomain},   // RFC 7293
    {0, "4.4", "", MailFault::kUnknownDomain},    // no route, no MX
    {0, "4.310", "", MailFault::kUnknownDomain},  // Microsoft 365: the domain is not in the DNS

    // Filters of the recipient, before "sender … denied" and "not allowed to send", which are ours.
    {0, "", "not allowed to send mail to this", MailFault::kRecipientFilter, Where::kInReport},
    {0, "", "denied by*recipient", MailFault::kRecipientFilter, Where::kInReport},
    {0, "", "only accepts mail from", MailFault::kRecipientFilter, Where::kInReport},
    {0, "", "only accepts messages from", MailFault::kRecipientFilter, Where::kInReport},
    {0, "", "recipient's allow", MailFault::kRecipientFilter, Where::kInReport},

    // --- About us, in words that many servers use ------------------------------------------------
    // Behind the relay, a server that does not relay does not serve the recipient's domain; au
    // answers so to addresses that it cannot have.
    {0, "", "relay", MailFault::kOurs, Where::kAtRelay},
    {0, "", "rcpthosts", MailFault::kOurs, Where::kAtRelay},  // qmail
    {0, "", "must issue an auth", MailFault::kOurs},          // OpenSMTPD
    {0, "", "authentication required", MailFault::kOurs},
    {0, "", "authentication is required", MailFault::kOurs},
    {0, "", "authenticat", MailFault::kOurs, Where::kAtRelay},
    {0, "", "credentials", MailFault::kOurs},
    {0, "", "unauthenticated", MailFault::kOurs},
    {0, "", "not verified", MailFault::kOurs},
    {0, "", "unverified", MailFault::kOurs},
    {0, "", "not allowed to send", MailFault::kOurs},
    {0, "", "not permitted to send", MailFault::kOurs},
    {0, "", "not authorized to send", MailFault::kOurs},
    {0, "", "not authorised to send", MailFault::kOurs},
    {0, "", "sender domain", MailFault::kOurs},
    {0, "", "sender*denied", MailFault::kOurs},
    {0, "", "sender*rejected", MailFault::kOurs},
    {0, "", "invalid sender", MailFault::kOurs},
    {0, "", "from address*not", MailFault::kOurs},
    {0, "", "rate limit", MailFault::kOurs},
    {0, "", "daily", MailFault::kOurs},
    {0, "", "hourly", MailFault::kOurs},
    {0, "", "per day", MailFault::kOurs},
    {0, "", "per hour", MailFault::kOurs},
    {0, "", "too many messages", MailFault::kOurs},
    {0, "", "too much mail from", MailFault::kOurs},
    {0, "", "account*suspended", MailFault::kOurs, Where::kAtRelay},
    {0, "", "account*disabled", MailFault::kOurs, Where::kAtMessage},
    {0, "", "dmarc", MailFault::kOurs},
    {0, "", "dkim", MailFault::kOurs},
    {0, "", "spf", MailFault::kOurs},
    {0, "", "reverse dns", MailFault::kOurs},
    {0, "", "ptr record", MailFault::kOurs},
    {0, "", "reputation", MailFault::kOurs},
    {0, "", "blocklist", MailFault::kOurs},
    {0, "", "blacklist", MailFault::kOurs},
    {0, "", "black list", MailFault::kOurs},
    {0, "", "block list", MailFault::kOurs},
    {0, "", "blocked using", MailFault::kOurs},
    {0, "", "spamhaus", MailFault::kOurs},
    {0, "", "spamcop", MailFault::kOurs},
    {0, "", "barracuda", MailFault::kOurs},
    {0, "", "whitelist", MailFault::kOurs, Where::kInReport},
    {0, "", "no rdns", MailFault::kOurs},
    {0, "", "too many connections", MailFault::kOurs},
    {0, "", "permanently deferred", MailFault::kOurs},  // Yahoo, TSS09

    // --- About the recipient, in words -----------------------------------------------------------
    // A full mailbox. docomo says "552 Too much mail data"; qmail "(#5.2.2)", Exim and Cyrus "over
    // quota", Gmail "out of storage space".
    {0, "", "mailbox full", MailFault::kMailboxFull},
    {0, "", "mailbox is full", MailFault::kMailboxFull},
    {0, "", "mailbox*is full", MailFault::kMailboxFull},
    {0, "", "mailbox*exceed", MailFault::kMailboxFull},
    {0, "", "mailbox size limit", MailFault::kMailboxFull},
    {0, "", "inbox is full", MailFault::kMailboxFull},
    {0, "", "full mailbox", MailFault::kMailboxFull},
    {0, "", "mail box full", MailFault::kMailboxFull},
    {0, "", "maildir*over", MailFault::kMailboxFull},
    {0, "", "over quota", MailFault::kMailboxFull},
    {0, "", "overquota", MailFault::kMailboxFull},
    {0, "", "over*quota", MailFault::kMailboxFull},
    {0, "", "quota exceeded", MailFault::kMailboxFull},
    {0, "", "exceed*quota", MailFault::kMailboxFull},
    {0, "", "quota*exceed", MailFault::kMailboxFull},
    {0, "", "out of storage", MailFault::kMailboxFull},
    {0, "", "storage limit", MailFault::kMailboxFull},
    {0, "", "storage allocation", MailFault::kMailboxFull},
    {0, "", "not enough*space", MailFault::kMailboxFull, Where::kInReport},
    {0, "", "too much mail data", MailFault::kMailboxFull},
    {0, "", "over the allowed size", MailFault::kMailboxFull},
    {0, "", "insufficient*space", MailFault::kMailboxFull, Where::kInReport},
    {0, "", "insufficient system storage", MailFault::kMailboxFull, Where::kInReport},
    {0, "", "account is full", MailFault::kMailboxFull},
    {0, "", "folder is full", MailFault::kMailboxFull},
    {0, "", "folder full", MailFault::kMailboxFull},
    {0, "", "exceed*storage", MailFault::kMailboxFull},
    {0, "", "over*storage limit", MailFault::kMailboxFull},
    {0, "", "いっぱい", MailFault::kMailboxFull},
    {0, "", "一杯", MailFault::kMailboxFull},
    {0, "", "容量*超", MailFault::kMailboxFull, Where::kInReport},
    {0, "", "容量オーバー", MailFault::kMailboxFull, Where::kInReport},
    // Before "not found" and the like, which these also say.
    {0, "", "domain*not found", MailFault::kUnknownDomain},
    {0, "", "domain*not exist", MailFault::kUnknownDomain},
    {0, "", "domain*doesn't exist", MailFault::kUnknownDomain},
    {0, "", "domain*doesnt exist", MailFault::kUnknownDomain},  // KDDI
    {0, "", "host not found", MailFault::kUnknownDomain},
    {0, "", "host unknown", MailFault::kUnknownDomain},
    {0, "", "unknown host", MailFault::kUnknownDomain},
    {0, "", "unknown domain", MailFault::kUnknownDomain},
    {0, "", "no such domain", MailFault::kUnknownDomain},
    {0, "", "find any host", MailFault::kUnknownDomain},       // qmail, §5.1.2
    {0, "", "non-existent hosts", MailFault::kUnknownDomain},  // Exim
    {0, "", "no mx", MailFault::kUnknownDomain},               // OpenSMTPD
    {0, "", "null mx", MailFault::kUnknownDomain},
    {0, "", "nullmx", MailFault::kUnknownDomain},
    {0, "", "domain*not accept mail", MailFault::kUnknownDomain},
    {0, "", "name or service not known", MailFault::kUnknownDomain},
    {0, "", "nxdomain", MailFault::kUnknownDomain},
    {0, "", "unrouteable mail domain", MailFault::kUnknownDomain},
    {0, "", "no such host", MailFault::kUnknownDomain},
    {0, "", "illegal host", MailFault::kUnknownDomain},
    {0, "", "domain name is invalid", MailFault::kUnknownDomain},
    {0, "", "dns lookup fail", MailFault::kUnknownDomain, Where::kInReport},
    {0, "", "resolve mx", MailFault::kUnknownDomain, Where::kInReport},
    {0, "", "ドメイン*存在しません", MailFault::kUnknownDomain},
    {0, "", "ドメイン*見つかりません", MailFault::kUnknownDomain},
    // An address that is not there. Yahoo "doesn't have a … account", OpenSMTPD and SoftBank
    // "Invalid recipient", Exim "Unrouteable address", qmail "no mailbox here by that name".
    {0, "", "user unknown", MailFault::kUnknownUser},
    {0, "", "unknown user", MailFault::kUnknownUser},
    {0, "", "unknown recipient", MailFault::kUnknownUser},
    {0, "", "recipient unknown", MailFault::kUnknownUser},
    {0, "", "unknown local part", MailFault::kUnknownUser},
    {0, "", "unknown address", MailFault::kUnknownUser},
    {0, "", "address unknown", MailFault::kUnknownUser},
    {0, "", "unknown mailbox", MailFault::kUnknownUser},
    {0, "", "no such user", MailFault::kUnknownUser},
    {0, "", "no such recipient", MailFault::kUnknownUser},
    {0, "", "no such mailbox", MailFault::kUnknownUser},
    {0, "", "no such address", MailFault::kUnknownUser},
    {0, "", "no such account", MailFault::kUnknownUser},
    {0, "", "no such person", MailFault::kUnknownUser},
    {0, "", "no mailbox here", MailFault::kUnknownUser},
    {0, "", "no mailbox found", MailFault::kUnknownUser},
    {0, "", "no account by that name", MailFault::kUnknownUser},
    {0, "", "not a valid*mailbox", MailFault::kUnknownUser},
    {0, "", "not a known user", MailFault::kUnknownUser},
    {0, "", "not our customer", MailFault::kUnknownUser},
    {0, "", "user not found", MailFault::kUnknownUser},
    {0, "", "recipient not found", MailFault::kUnknownUser},
    {0, "", "mailbox not found", MailFault::kUnknownUser},
    {0, "", "address not found", MailFault::kUnknownUser},
    {0, "", "account not found", MailFault::kUnknownUser},
    {0, "", "user*not exist", MailFault::kUnknownUser},
    {0, "", "user*doesn't exist", MailFault::kUnknownUser},
    {0, "", "account*not exist", MailFault::kUnknownUser},
    {0, "", "account*doesn't exist", MailFault::kUnknownUser},
    {0, "", "mailbox*not exist", MailFault::kUnknownUser},
    {0, "", "mailbox*doesn't exist", MailFault::kUnknownUser},
    {0, "", "address*not exist", MailFault::kUnknownUser},
    {0, "", "address*doesn't exist", MailFault::kUnknownUser},
    {0, "", "recipient*not exist", MailFault::kUnknownUser},
    {0, "", "doesn't have a*account", MailFault::kUnknownUser},
    {0, "", "invalid recipient", MailFault::kUnknownUser},
    {0, "", "no valid recipient", MailFault::kUnknownUser},      // Verizon
    {0, "", "name is not recognized", MailFault::kUnknownUser},  // Exchange 5.5
    {0, "", "not listed in", MailFault::kUnknownUser},           // Domino: its directory
    {0, "", "invalid mailbox", MailFault::kUnknownUser},
    {0, "", "bad recipient", MailFault::kUnknownUser},
    {0, "", "unrouteable address", MailFault::kUnknownUser},
    {0, "", "unroutable address", MailFault::kUnknownUser},
    {0, "", "mailbox unavailable", MailFault::kUnknownUser, Where::kAtRecipient},
    {0, "", "mailbox unavailable", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "mailbox disabled", MailFault::kUnknownUser},
    {0, "", "account*disabled", MailFault::kUnknownUser},  // au, "The user(s) account is disabled."
    {0, "", "account*inactive", MailFault::kUnknownUser},
    {0, "", "recipient address rejected*unknown", MailFault::kUnknownUser},
    {0, "", "undeliverable address", MailFault::kUnknownUser},  // Postfix, address verification
    {0, "", "invalid user", MailFault::kUnknownUser},
    {0, "", "mailbox not available", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "illegal alias", MailFault::kUnknownUser},
    {0, "", "recipient*doesn't exist", MailFault::kUnknownUser},
    {0, "", "no longer accepts", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "no longer in use", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "no longer valid", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "address invalid", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "invalid address", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "address is invalid", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "not known at this site", MailFault::kUnknownUser},
    {0, "", "account expired", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "no mailbox by that name", MailFault::kUnknownUser},
    {0, "", "recipient not recognized", MailFault::kUnknownUser},
    {0, "", "not a registered user", MailFault::kUnknownUser},
    {0, "", "unknown local user", MailFault::kUnknownUser},
    {0, "", "bad destination mailbox", MailFault::kUnknownUser},
    {0, "", "user is unknown", MailFault::kUnknownUser},
    {0, "", "unable to find user", MailFault::kUnknownUser},
    {0, "", "can't find recipient", MailFault::kUnknownUser},
    {0, "", "no users here by that name", MailFault::kUnknownUser},
    {0, "", "address couldn't be found", MailFault::kUnknownUser},
    {0, "", "wasn't found at", MailFault::kUnknownUser},
    {550, "", "address rejected", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "宛先不明", MailFault::kUnknownUser},
    {0, "", "アドレス不明", MailFault::kUnknownUser},
    {0, "", "存在しません", MailFault::kUnknownUser},
    {0, "", "存在しない", MailFault::kUnknownUser},
    {0, "", "見つかりません", MailFault::kUnknownUser, Where::kInReport},

    // Filters. docomo and au answer a filtered mail as an unknown address.
    {0, "", "refused by*recipient", MailFault::kRecipientFilter},
    {0, "", "rejected by*recipient", MailFault::kRecipientFilter},
    {0, "", "blocked by*recipient", MailFault::kRecipientFilter},
    {0, "", "refused by*user", MailFault::kRecipientFilter},
    {0, "", "rejected by*user", MailFault::kRecipientFilter},
    {0, "", "blocked by*user", MailFault::kRecipientFilter},
    {0, "", "user has rejected", MailFault::kRecipientFilter},
    {0, "", "recipient has rejected", MailFault::kRecipientFilter},
    {0, "", "recipient has refused", MailFault::kRecipientFilter},
    {0, "", "recipient*not accept", MailFault::kRecipientFilter},
    {0, "", "user*not accept", MailFault::kRecipientFilter},
    {0, "", "extended inbox rules", MailFault::kRecipientFilter},
    {0, "", "受信拒否", MailFault::kRecipientFilter},
    {0, "", "受信を拒否", MailFault::kRecipientFilter},
    {0, "", "指定受信", MailFault::kRecipientFilter},
    {0, "", "受信設定", MailFault::kRecipientFilter},
    {0, "", "迷惑メールフィルタ", MailFault::kRecipientFilter},
    // --- About this mail
    // --------------------------------------------------------------------------
    {0, "2.3", "", MailFault::kTooBig},
    {0, "3.4", "", MailFault::kTooBig},
    {0, "", "message size", MailFault::kTooBig},
    {0, "", "message too large", MailFault::kTooBig},
    {0, "", "message is too large", MailFault::kTooBig},
    {0, "", "message too big", MailFault::kTooBig},
    {0, "", "message file too big", MailFault::kTooBig},
    {0, "", "message length exceed", MailFault::kTooBig},
    {0, "", "size limit exceeded", MailFault::kTooBig},
    {0, "", "size exceeds", MailFault::kTooBig},
    {0, "", "databytes limit", MailFault::kTooBig},  // qmail
    {0, "6.*", "", MailFault::kContent},
    {0, "", "spam", MailFault::kContent},
    {0, "", "unsolicited", MailFault::kContent},
    {0, "", "virus", MailFault::kContent},
    {0, "", "malware", MailFault::kContent},
    {0, "", "phishing", MailFault::kContent},
    {0, "", "content rejected", MailFault::kContent},  // Postfix, header_checks(5)
    {0, "", "message content", MailFault::kContent},
    {0, "", "blocked content", MailFault::kContent},
    {0, "", "content restriction", MailFault::kContent},
    {0, "", "policy: content", MailFault::kContent, Where::kInReport},

    // --- RFC 3463 and its registry, where the words say nothing
    // -----------------------------------
    {0, "1.7", "", MailFault::kOurs},  // the sender's address
    {0, "1.8", "", MailFault::kOurs},
    {0, "2.1", "", MailFault::kUnknownUser},  // the mailbox is disabled
    {0, "7.3", "", MailFault::kOurs},
    {0, "7.8", "", MailFault::kOurs},   // RFC 4954: wrong credentials
    {0, "7.9", "", MailFault::kOurs},   // RFC 4954; Yahoo has it for DMARC
    {0, "7.10", "", MailFault::kOurs},  // RFC 5248: encryption needed
    {0, "7.11", "", MailFault::kOurs},
    {0, "7.13", "", MailFault::kOurs},  // RFC 5248: the account that logged in is disabled
    {0, "7.14", "", MailFault::kOurs},
    {0, "7.20", "", MailFault::kOurs},  // RFC 7372: DKIM, SPF, reverse DNS
    {0, "7.21", "", MailFault::kOurs},
    {0, "7.22", "", MailFault::kOurs},
    {0, "7.24", "", MailFault::kOurs},
    {0, "7.25", "", MailFault::kOurs},
    {0, "7.26", "", MailFault::kOurs},
    {0, "7.27", "", MailFault::kOurs},  // RFC 7505: our domain takes no mail
    {0, "7.28", "", MailFault::kOurs},  // the registry: mail flood
    {0, "7.29", "", MailFault::kOurs},
    {0, "7.30", "", MailFault::kOurs},

    // --- RFC 5321 §4.2.2, §4.2.3, RFC 4954: the code alone
    // ----------------------------------------
    {530, "", "", MailFault::kOurs},
    {534, "", "", MailFault::kOurs},
    {535, "", "", MailFault::kOurs},
    {538, "", "", MailFault::kOurs},
    {525, "", "", MailFault::kOurs},
    {551, "", "", MailFault::kUnknownUser},
    {552, "", "", MailFault::kMailboxFull},
});

}  // namespace portal::mail
