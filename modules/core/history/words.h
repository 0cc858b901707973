// What happened, in words: entries of a history, and what became of mails. Rows are data
// (history.h); their words stand in the tables of what they are, in each language.
//
// Addresses are not masked yet: mask_addresses() of core/base/log.h does.
#pragma once

#include <string>
#include <string_view>

#include "core/base/language.h"
#include "core/database/mail/mail_attempts.h"
#include "core/database/mail/outbox.h"
#include "core/history/history.h"

namespace portal {

// One entry: "the form was sent with mistakes, in these fields: phone_format".
std::string in_words(const HistoryEntry& entry, Language language);

// One attempt to send a mail, with the server's reply explained: what came of it, whose fault it
// was, and what its code means.
std::string in_words(const MailAttempt& attempt, Language language);

// What a mail server means by "550 5.1.1 …", by its enhanced code (RFC 3463), else its reply code.
// Empty: the table does not know it.
std::string_view meaning_of_reply(std::string_view reply, Language language);

// What the screen said when it refused a form, its first sentence; in English the code, which the
// FAQ and the log name.
std::string words_of_mistake(std::string_view code, Language language);
// The same of several codes, separated by spaces.
std::string words_of_mistakes(const std::string& codes, Language language);
// Why a login was refused.
std::string words_of_login_refusal(std::string_view reason, Language language);

// The state of a mail, a registration, an account, by its name in the database; the name itself if
// this version does not know it.
std::string words_of_mail_kind(std::string_view name, Language language);
std::string words_of_mail_state(std::string_view name, Language language);
std::string words_of_mail_outcome(std::string_view name, Language language);
std::string words_of_mail_fault(std::string_view name, Language language);
std::string words_of_mail_obstacle(std::string_view name, Language language);
std::string words_of_registration_state(std::string_view name, Language language);
std::string words_of_account_state(std::string_view name, Language language);

}  // namespace portal
