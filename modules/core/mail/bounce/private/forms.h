// The texts in which mail systems say that they return a mail, beside or in place of a report (RFC
// 3464).
//
// kForms (form_table.h) has a row for each family of programs: the words that it is recognised by,
// behind which words the recipient and the reason stand. They come from the sources and documents
// of those programs. A text of no family is read as far as all of them are alike.
#pragma once

#include <string>
#include <string_view>

#include "core/mail/bounce/private/fields.h"
#include "core/mail/bounce/private/words.h"

namespace portal::mail::bounce {

// How sure it is that the text returns a mail.
enum class Certainty {
  kNone,
  kWords,   // it has words that mail systems of any kind use
  kFamily,  // it has words that one family of programs writes
};

struct Reading {
  Certainty certainty = Certainty::kNone;
  std::string family;     // "qmail"; "a mail system" if it is not known
  std::string recipient;  // may be empty
  std::string words;      // the mail system's reason in one line; empty if it is not found
  std::string opening;    // the paragraph that says that the mail is returned, or all, in one line
};

// `text` ends where the copy of the mail begins. `bounces` is mail.bounces: no recipient.
Reading read_by_form(const Fields& header, const Prose& text, std::string_view bounces);

// Where the copy of the mail begins in a text; its size if there is none.
std::size_t copy_begins(const Prose& text);

}  // namespace portal::mail::bounce
