// Unicode text: checking, normalising, counting. The only room that includes utf8proc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace portal::text {

// Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF) without NUL.
bool valid_utf8(std::string_view text);

// The text itself if it is valid. Otherwise it has `?` in place of NUL and of each byte beyond
// ASCII. For text from outside that must be stored or shown in any case.
std::string repaired(std::string_view text);

// All functions below have the precondition valid_utf8(text). Those that read it character by
// character assert it.

std::size_t code_points(std::string_view text);

// True if the text contains a control character (general category Cc), a line or paragraph
// separator (Zl, Zp), or a character that reorders or hides text (bidirectional controls, U+200B,
// U+FEFF, tags, fillers). Joiners (U+200C, U+200D) and variation selectors belong to a character
// and do not count.
bool has_control(std::string_view text);

// True if the text contains no Cc, Zl or Zp. Passwords must be printable; has_control() would be
// too strict for them, because emoji sequences need tags.
bool printable(std::string_view text);

// The position, from 1 on, of the first character that nobody can see and that could change what
// the others look like, or 0: control characters, line and paragraph separators, characters that
// reorder text, and everything of no width, joiners too. Variation selectors do not count: 葛󠄀
// needs one.
std::size_t position_of_unseen(std::string_view text);

// The text as it can go to a terminal, a log or a file without doing anything there: what
// position_of_unseen() means is shown as <U+001B>, a byte that is not UTF-8 as <0xFF>. `text` may
// be anything.
std::string visible(std::string_view text);

// The same for text that is a part of JSON, so that its value stays the same: \u001B.
std::string visible_json(std::string_view json);

// True if nothing can be seen: the text is empty, or has only white space and invisible characters.
bool blank(std::string_view text);

// NFC, except that CJK compatibility ideographs (U+F900–FAFF, U+2F800–2FA1F) stay as they are: NFC
// would turn 神 (U+FA19) in a person's name into another form, and CP932 distinguishes the two.
// Text with more than 30 combining marks in a row stays as it is: no language needs this, and it
// takes long to sort.
std::string nfc(std::string_view text);

// NFKC, which also replaces full-width and half-width forms, ①, ㈱ and the like by their plain
// characters. For comparing only: never store the result.
std::string nfkc(std::string_view text);

// The text without the white space (Unicode's, including U+3000) at both ends. Refers to `text`.
std::string_view trim(std::string_view text);

// nfc() and then trim().
std::string tidy(std::string_view text);

// For number and phone fields (contract.md §2). Full-width digits become half-width. Spaces, every
// kind of hyphen or dash, long-vowel marks used as one, and invisible format characters (numbers
// copied from an address book have them) are removed. Everything else stays, also 〜 and ～,
// because 03-1234-5678～9 means several numbers, and the kanji 一, which is a digit.
std::string fold_digits(std::string_view text);

// For the number and phone fields of the form: fold_digits(), and every bracket and every dot or
// middle dot is removed too: (03)1234.5678. Not for rosters, in whose cells 12.0 is a number.
std::string fold_number(std::string_view text);

// For a mail address (contract.md §2). Full-width ASCII (＠, letters, digits, the dot) becomes
// half-width. White space at both ends is removed, and so is every invisible character wherever it
// stands, also those that reorder text and fillers: it comes with text that is copied from a mail
// or an address book, no address contains one, and nobody can see that it is there. Everything
// else stays.
std::string fold_address(std::string_view text);

// The position, from 1 on, of the first character that other machines cannot show, or 0: private
// use (外字), noncharacters, characters that Unicode has not assigned, and those that stand for a
// lost one (U+FFFD, U+FFFC, 〓). Unassigned characters of the planes of ideographs count as
// assigned, because Unicode keeps adding kanji there.
std::size_t position_of_unshowable(std::string_view text);

// The first character as a message can name it: the character itself, or U+2800 if nobody would
// see it alone. Precondition: the text is not empty.
std::string name_of_first_character(std::string_view text);

// The same for the character at a position, which is from 1 to code_points(text).
std::string name_of_character(std::string_view text, std::size_t position);

// True if the text contains white space (Unicode's, including U+3000).
bool has_space(std::string_view text);

// At most the first `bytes` bytes, cut between two characters. Refers to `text`.
std::string_view cut(std::string_view text, std::size_t bytes);

std::string ascii_lower(std::string_view text);

}  // namespace portal::text
