// What a mail program would make a link of, in a text that somebody typed: a stranger's name in our
// mail must not carry a message of its own (contract.md §2).
#pragma once

#include <string>
#include <string_view>

namespace portal {

// The part of a name that would become a link, as a message can name it: `/`, `@`, `www.`, `:`
// after a letter (http:, mailto:), the ending of a domain (`.com`), or a telephone number. Case,
// width and invisible characters do not matter, and 。 is a dot, as browsers read it (UTS #46).
// Empty if there is none.
std::string link_in(std::string_view name);

// The text with a zero-width space within everything that would become a link (URLs, domains of any
// ending, addresses, telephone numbers), so that a mail shows the same and links nothing. For names
// that were accepted before this rule, for endings that it does not know, and for clinics.
std::string without_links(std::string_view text);

}  // namespace portal
