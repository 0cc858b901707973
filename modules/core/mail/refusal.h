// Reads why a mail was refused: the reply of an SMTP server, or the text of a returned mail.
//
// Pure: no connection, no clock. The facts (reply codes, RFC 3463 status codes, the words of the
// usual relays and of the usual recipients' servers) stand in one table, refusal_facts.h.
#pragma once

#include <string>
#include <string_view>

#include "core/mail/mail_fault.h"

namespace portal::mail {

// What the server was asked when it refused.
enum class Stage {
  kSession,    // before a mail begins: greeting, EHLO, TLS, AUTH
  kSender,     // MAIL FROM
  kRecipient,  // RCPT TO
  kMessage,    // DATA, or its end
  kReport,     // a returned mail, written by a server behind the relay
};

struct Told {
  Stage stage = Stage::kReport;
  // The reply or the diagnostic, of any length, in one line or several: "550 5.1.1 no such user".
  std::string_view text = {};
  // The mail's recipient. The text may repeat it, and an address such as relay@example.jp must not
  // look like a refusal to relay. May be empty.
  std::string_view recipient = {};
  // The field Status of a report (RFC 3464 §2.3.4). The text's own status goes before a general one
  // such as 5.0.0. Empty: there is none.
  std::string_view status = {};
};

struct Refusal {
  MailFault fault = MailFault::kUnclear;
  // No later attempt can help: the reply is permanent, and it is clearly about the recipient. Never
  // true of a full mailbox, which is full for hours, or of what may be our own fault.
  bool final = false;
  // What was read out of the text, for logs and tests. 0 and empty: it has none.
  int code = 0;        // 550
  std::string status;  // "5.1.1"
};

// Never says kNone. At kSession and kSender every refusal is ours, because no recipient was named
// yet.
Refusal read_refusal(const Told& told);

}  // namespace portal::mail
