// The texts in which mail systems say that they return a mail, beside or in place of a report (RFC
// 3464).
//
// kForms (forms.cpp) has a row for each family of programs: the words that it is recognised by,
// behind which words the recipient and the reason stand. They come from the sources and documents
// of those programs. A text of no family is read as far as all of them are alike.
#pragma once

#include <string>
#include <string_view>

#include "core/mail/bounce/private/fields.h"
#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {

// The family of texts that say no more than that a mail was not delivered.
inline constexpr std::string_view kAnyMailSystem = "a mail system";

struct Reading {
  std::string_view family;  // "qmail"; empty if the text does not look like a returned mail
  std::string recipient;    // may be empty
  std::string words;        // the mail system's reason in one line; empty if it is not found
  std::string opening;      // the paragraph in which it says what it is about, in one line
};

// How much a text tells: 2 if a family wrote it, 1 if it says that a mail was not delivered, else
// 0.
int certainty(const Reading& reading);

// `text` ends where the copy of the mail begins. `bounces` is mail.bounces: no recipient.
Reading read_by_form(const Fields& header, const Prose& text, std::string_view bounces);

// Where the copy of the mail begins in a text; its size if there is none.
std::size_t copy_begins(const Prose& text);

}  // namespace portal::mail::bounce
