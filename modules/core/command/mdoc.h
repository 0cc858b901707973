// Writes mdoc(7), the language of manual pages.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

namespace portal::mdoc {

// A line of text, in which nothing is taken for a macro or an escape. `words` become bold.
std::string text(std::string_view words);

// Puts each sentence on a line of its own (mdoc(7), "new sentence, new line").
std::string prose(std::string_view sentences);

// Puts an argument of a macro into quotes.
std::string argument(std::string_view words);

// Paragraphs, which blank lines separate. If the lines of one begin with two spaces, it is an
// example and stays as it is.
std::string paragraphs(std::string_view text);

// `Fl -listen Ar SOCKET`, for a macro line; `value` is empty if the option takes none.
std::string option(std::string_view name, std::string_view value);

// What a usage line says after the program's name, as macro lines:
// `[--config FILE] --bounce < MESSAGE`.
std::string synopsis(std::string_view usage);

// Date, title and the section NAME. `section`: "8"; `meaning`: one line, without a full stop.
void print_head(std::ostream& out, std::string_view name, std::string_view section,
                std::string_view meaning);

}  // namespace portal::mdoc
