// What servers say when they refuse a mail, and what it means. The first fact that fits decides, so
// particular facts stand before general ones. Only refusal.cpp reads this table.
//
// A fact fits if the reply has its code, its status and its words, as far as it has them, and was
// given at one of its stages. `status` without its class, "1.1" for 4.1.1 and 5.1.1; "7.6*" is each
// that begins so. `words` are alternatives in lower case, between |; * is any text between two
// parts of one. The reply is compared in lower case, without its codes, without addresses and
// without the recipient's domain.
//
// Sources: RFC 5321 §4.2 (codes), RFC 3463, RFC 4954, RFC 5248, RFC 7293, RFC 7372, RFC 7504, RFC
// 7505 and IANA's registry "SMTP Enhanced Status Codes". A vendor's page that is named beside words
// is where to look for more of them; the words themselves are those its servers are known to say.
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
    {0, "",
     "address is not verified|identities failed the check|message quota exceeded|"
     "sending rate exceeded|throttling failure|sending suspended|sending paused|"
     "is not authorized to perform",
     MailFault::kOurs},
    // Its list of addresses that it does not send to: "has a recent history of bouncing".
    {0, "", "history of bouncing", MailFault::kUnknownUser},
    // Microsoft 365, "Email non-delivery reports and SMTP errors in Exchange Online".
    {0, "", "sendasdenied|does not have permission*to send as|not allowed to send as",
     MailFault::kOurs},
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
    {0, "", "sending limit|relay limit|email quota exceeded|sending quota|mail sending denied",
     MailFault::kOurs},
    {0, "4.5", "", MailFault::kOurs},
    {0, "", "unusual rate of", MailFault::kOurs},
    {0, "", "likely unsolicited", MailFault::kContent},
    {0, "", "likely suspicious", MailFault::kOurs},  // "due to the very low reputation of …"
    // SendGrid, "SMTP Errors and Troubleshooting": 550 or 403 after DATA.
    {0, "",
     "verified sender identity|not authorized to send from|maximum credits exceeded|"
     "exceeded your messaging limit|unauthenticated senders not allowed",
     MailFault::kOurs},
    // Mailgun, "Common SMTP errors": free and sandbox domains, domains without DNS; its own codes
    // 605 and 607 for addresses that bounced or complained before.
    {0, "",
     "is not allowed to send|for test purposes only|domain is unverified|"
     "requires dns configuration",
     MailFault::kOurs},
    {0, "", "previously bounced address", MailFault::kUnknownUser},
    {0, "", "marked your messages as spam", MailFault::kRecipientFilter},
    // Postmark, "API error codes" 400, 401, 405, 406, 412, which SMTP repeats in words.
    {0, "", "sender signature|run out of credits|account is pending approval", MailFault::kOurs},
    {0, "", "recipient*inactive", MailFault::kUnknownUser},
    // Brevo, "SMTP relay: errors": 502 and 525.
    {0, "",
     "smtp account is not yet activated|unauthorized ip address|"
     "sender you used is not valid",
     MailFault::kOurs},
    // Postfix, access(5) and smtpd(8): with smtpd_delay_reject it refuses client, name and sender
    // only at RCPT. The word before `rejected` says which.
    {0, "",
     "client host rejected|helo command rejected|sender address rejected|"
     "client host*blocked|must issue a starttls",
     MailFault::kOurs},
    // Exim, "sender verification"; qmail, badmailfrom.
    {0, "", "sender verify fail|badmailfrom", MailFault::kOurs},

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
    {0, "",
     "not allowed to send mail to this|denied by*recipient|only accepts mail from|"
     "only accepts messages from|recipient's allow",
     MailFault::kRecipientFilter, Where::kInReport},

    // --- About us, in words that many servers use ------------------------------------------------
    // Behind the relay, a server that does not relay does not serve the recipient's domain; au
    // answers so to addresses that it cannot have. Not "relay" alone: hosts are called so.
    {0, "",
     "relay access|relaying|to relay|relay not|not relay|relay denied|for relay|relay is|"
     "relay prohib|relay forbid|rcpthosts",
     MailFault::kOurs, Where::kAtRelay},
    // OpenSMTPD "Must issue an AUTH command first".
    {0, "",
     "must issue an auth|authentication required|authentication is required|auth required|"
     "smtp auth",
     MailFault::kOurs},
    {0, "", "authenticat", MailFault::kOurs, Where::kAtRelay},
    {0, "",
     "credentials|unauthenticated|not verified|unverified|not allowed to send|"
     "not permitted to send|not authorized to send|not authorised to send|sender domain|"
     "sender*denied|sender*rejected|sender*not authorized|sender*not allowed|sender*unauthori|"
     "invalid sender|from address*not|rate limit|daily|hourly|per day|per hour|"
     "too many messages|exceed*number of messages|outgoing messages|too much mail from|"
     "recipients limit",
     MailFault::kOurs},
    {0, "", "account*suspended", MailFault::kOurs, Where::kAtRelay},
    {0, "", "account*disabled", MailFault::kOurs, Where::kAtMessage},
    {0, "",
     "dmarc|dkim|spf|reverse dns|ptr record|reputation|blocklist|blacklist|black list|"
     "block list|blocked using|spamhaus|spamcop|barracuda",
     MailFault::kOurs},
    {0, "", "whitelist", MailFault::kOurs, Where::kInReport},
    // Yahoo, TSS09: "permanently deferred".
    {0, "", "no rdns|too many connections|permanently deferred", MailFault::kOurs},

    // --- About the recipient, in words -----------------------------------------------------------
    // A full mailbox. docomo says "552 Too much mail data"; qmail "(#5.2.2)", Exim and Cyrus "over
    // quota", Gmail "out of storage space".
    {0, "",
     "mailbox full|mailbox is full|mailbox*is full|mailbox*exceed|mailbox size limit|"
     "inbox is full|full mailbox|mail box full|maildir*over|over quota|overquota|"
     "over*quota|quota exceeded|exceed*quota|quota*exceed|out of storage|storage limit|"
     "storage allocation",
     MailFault::kMailboxFull},
    {0, "", "not enough*space", MailFault::kMailboxFull, Where::kInReport},
    {0, "", "too much mail data|over the allowed size", MailFault::kMailboxFull},
    {0, "", "insufficient*space|insufficient system storage", MailFault::kMailboxFull,
     Where::kInReport},
    {0, "",
     "account is full|folder is full|folder full|exceed*storage|over*storage limit|いっぱい|一杯",
     MailFault::kMailboxFull},
    {0, "", "容量*超|容量オーバー", MailFault::kMailboxFull, Where::kInReport},
    // Before "not found" and the like, which these also say. KDDI writes "doesnt", qmail "couldn't
    // find any host named", Exim "non-existent hosts", OpenSMTPD "No MX found".
    {0, "",
     "domain*not found|domain*not exist|domain*doesn't exist|domain*doesnt exist|"
     "host not found|host unknown|unknown host|unknown domain|no such domain|"
     "find any host|non-existent hosts|no mx|null mx|nullmx|domain*not accept mail|"
     "name or service not known|nxdomain|unrouteable mail domain|no such host|"
     "illegal host|domain name is invalid",
     MailFault::kUnknownDomain},
    {0, "", "dns lookup fail|resolve mx", MailFault::kUnknownDomain, Where::kInReport},
    {0, "", "ドメイン*存在しません|ドメイン*見つかりません", MailFault::kUnknownDomain},
    // An address that is not there. Yahoo "doesn't have a … account", OpenSMTPD and SoftBank
    // "Invalid recipient", Exim "Unrouteable address", qmail "no mailbox here by that name",
    // Verizon
    // "no valid recipient", Exchange 5.5 "name is not recognized", Domino "not listed in" its book.
    {0, "",
     "user unknown|unknown user|unknown recipient|recipient unknown|unknown local part|"
     "unknown address|address unknown|unknown mailbox|no such user|no such recipient|"
     "no such mailbox|no such address|no such account|no such person|no mailbox here|"
     "no mailbox found|no account by that name|not a valid*mailbox|not a known user|"
     "not our customer|user not found|recipient not found|mailbox not found|"
     "address not found|account not found|user*not exist|user*doesn't exist|"
     "account*not exist|account*doesn't exist|mailbox*not exist|mailbox*doesn't exist|"
     "address*not exist|address*doesn't exist|recipient*not exist|doesn't have a*account|"
     "invalid recipient|no valid recipient|name is not recognized|not listed in|"
     "invalid mailbox|bad recipient|unrouteable address|unroutable address",
     MailFault::kUnknownUser},
    {0, "", "mailbox unavailable", MailFault::kUnknownUser, Where::kAtRecipient},
    {0, "", "mailbox unavailable", MailFault::kUnknownUser, Where::kInReport},
    // au "The user(s) account is disabled", Postfix "undeliverable address" when it has verified.
    {0, "",
     "mailbox disabled|account*disabled|account*inactive|"
     "recipient address rejected*unknown|undeliverable address|invalid user",
     MailFault::kUnknownUser},
    {0, "", "mailbox not available", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "illegal alias|recipient*doesn't exist", MailFault::kUnknownUser},
    {0, "",
     "no longer accepts|no longer in use|no longer valid|address invalid|invalid address|"
     "address is invalid",
     MailFault::kUnknownUser, Where::kInReport},
    {0, "", "not known at this site", MailFault::kUnknownUser},
    {0, "", "account expired", MailFault::kUnknownUser, Where::kInReport},
    {0, "",
     "no mailbox by that name|recipient not recognized|not a registered user|"
     "unknown local user|bad destination mailbox|user is unknown|unable to find user|"
     "can't find recipient|no users here by that name|address couldn't be found|"
     "wasn't found at",
     MailFault::kUnknownUser},
    {550, "", "address rejected", MailFault::kUnknownUser, Where::kInReport},
    {0, "", "宛先不明|アドレス不明|存在しません|存在しない", MailFault::kUnknownUser},
    {0, "", "見つかりません", MailFault::kUnknownUser, Where::kInReport},
    // SoftBank says so of the sender's domain.
    {553, "", "does not exist", MailFault::kOurs},

    // Filters. docomo and au answer a filtered mail as an unknown address.
    {0, "",
     "refused by*recipient|rejected by*recipient|blocked by*recipient|refused by*user|"
     "rejected by*user|blocked by*user|user has rejected|recipient has rejected|"
     "recipient has refused|recipient*not accept|user*not accept|extended inbox rules|"
     "受信拒否|受信を拒否|指定受信|受信設定|迷惑メールフィルタ",
     MailFault::kRecipientFilter},

    // --- About this mail -------------------------------------------------------------------------
    {0, "2.3", "", MailFault::kTooBig},
    {0, "3.4", "", MailFault::kTooBig},
    // qmail "exceeds my databytes limit".
    {0, "",
     "message size|too large|too big|message length exceed|size limit exceeded|size exceeds|"
     "maximum size|databytes limit",
     MailFault::kTooBig},
    {0, "6.*", "", MailFault::kContent},
    // Postfix, header_checks(5), "message content rejected"; Gmail, 552 5.7.0.
    {0, "",
     "spam|unsolicited|virus|malware|phishing|content rejected|message content|"
     "blocked content|its content|content restriction|illegal attachment",
     MailFault::kContent},
    {552, "7.0", "", MailFault::kContent},
    {0, "", "policy: content", MailFault::kContent, Where::kInReport},

    // A limit that is neither a mailbox's nor a mail's size.
    {0, "", "limit exceeded|exceed*limit", MailFault::kOurs, Where::kAtRelay},

    // --- RFC 3463 and its registry, where the words say nothing ----------------------------------
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

    // --- RFC 5321 §4.2.2, §4.2.3, RFC 4954: the code alone ---------------------------------------
    {530, "", "", MailFault::kOurs},
    {534, "", "", MailFault::kOurs},
    {535, "", "", MailFault::kOurs},
    {538, "", "", MailFault::kOurs},
    {525, "", "", MailFault::kOurs},
    {551, "", "", MailFault::kUnknownUser},
    {552, "", "", MailFault::kMailboxFull},
});

}  // namespace portal::mail
