// The one spelling of a request's target: people type a slash at the end or capitals, and mail
// programs take the Japanese full stop behind a link for a part of it (contract.md §1: 308).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace portal {

// The path of a target (REQUEST_URI), without the query, decoded once. Nothing if it is malformed.
std::optional<std::string> decoded_path(std::string_view uri);

// Where `uri` (REQUEST_URI: a path, perhaps with a query) leads if its path is not spelled as ours
// are: without slashes, white space, punctuation or brackets at its end, without empty segments, in
// small half-width letters. The query stays as it is. Nothing if the path is right already, or if
// it is `/`, `/desk/` or no decodable path. The result begins with exactly one slash, so that it
// never leads to another host.
std::optional<std::string> canonical_target(std::string_view uri);

}  // namespace portal
