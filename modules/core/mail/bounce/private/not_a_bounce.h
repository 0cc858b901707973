// What comes to the bounce address and returns no mail: complaints, read receipts, absence notices,
// questions, and words that the mail arrived. Also the words by which a warning of a delay is told
// from a mail that came back.
//
// Sources: RFC 5965 (complaints), RFC 8098 (read receipts), RFC 3834 (automatic answers), and the
// texts of Exchange, Outlook, Gmail, vacation(1), cPanel and Cybozu in English and Japanese.
#pragma once

#include <string_view>

#include "core/mail/bounce/private/parts.h"
#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {

// Who sent the message, by Return-Path, From and what else tells.
enum class Sender {
  kMailSystem,  // the null sender, MAILER-DAEMON, postmaster: RFC 5321 §4.5.5
  kUnknown,     // neither a mail system nor a person tells of itself
  kPerson,
};
Sender sender_of(const Fields& header);
// The null sender, or the name or address of a mail system.
bool is_by_mail_system(const Fields& header);

// These return a reason, or nothing.
std::string_view complaint_or_receipt(const Message& message, const Prose& text);
// `returns`: the text has words that mail systems use. Then the header alone can tell otherwise.
std::string_view automatic_answer(const Message& message, const Prose& text, bool returns);

bool tells_of_delay(const Fields& header, const Prose& text);
bool tells_of_delivery(const Fields& header, const Prose& text);
// The subject says that a person answers or sends on what it has got.
bool is_answer_or_forward(const Fields& header);

}  // namespace portal::mail::bounce
