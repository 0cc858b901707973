// A search of the desk while it is on the screen: what was typed, who typed it, and what was chosen
// since.
//
// It is sealed in a row of table draft under a random token, which alone stands in the URL: so no
// URL, log or history of a browser has personal data, and pages can be loaded again and gone back
// to without a second search. What is searched for or chosen on a page makes another row, whose
// token follows from one of that page: the same twice, such as a double click, is the same row.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/database/database.h"
#include "core/http/request.h"
#include "core/responder/site.h"

namespace portal {

struct DeskSearch {
  std::string token;
  std::string typed;   // as typed, for the search box and to search again
  std::string actor;   // nobody else opens it
  std::string hit;     // Hit::id of the one that was chosen, or the only one; empty: none yet
  std::string shown;   // id of the record that is not masked; empty: none
  std::string before;  // the token of the search without `shown`; empty: it is this one
  std::string once;    // what the form had that was sent; the search box has it again
};

// The row of another choice from that search.
std::string token_of_choice(const DeskSearch& search, std::string_view choice);

// The row of a search: it follows from `once`. What was found belongs to it: found otherwise
// meanwhile, it is another search. Precondition: is_token(search.once).
std::string token_of_search(const DeskSearch& search);

// Keeps it for kDeskSearchLifetime. False: a row with its token is there already, and stays.
bool keep(Connection& connection, const DeskSearch& search, EpochSeconds now);

// Nothing: there is none, it is over, or somebody else's.
std::optional<DeskSearch> open_search(Connection& connection, std::string_view token,
                                      std::string_view actor, EpochSeconds now);

// What came of an action, in words, for the page after it. It is kept under the token that the page
// to check has drawn, so that a second click finds that it was done.
bool keep_done(Connection& connection, std::string_view once, std::string_view words,
               EpochSeconds now);
std::optional<std::string> find_done(Connection& connection, std::string_view once,
                                     EpochSeconds now);

// "/desk/found?search=TOKEN", and what is to be said there.
std::string found_url(std::string_view token, std::string_view done = "");

}  // namespace portal
