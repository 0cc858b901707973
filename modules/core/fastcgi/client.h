// The other side of FastCGI 1.0 (§3): a request's records, as a web server sends them, and what
// stands in the answer. libfcgi has none of it. For `portalctl check`, and for tests, which also
// send what no web server would.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"

namespace portal::fastcgi {

using Parameters = std::vector<std::pair<std::string, std::string>>;

enum class Type : unsigned char { kBegin = 1, kAbort = 2, kParameters = 4, kStdin = 5 };

// One record; `content` is at most 65535 bytes.
std::string record(Type type, std::string_view content);
std::string begin_record(bool keep_connection = false);

// A whole stream: as many records as it needs, and the empty one at its end.
std::string stream(Type type, std::string_view content);
std::string encoded(const Parameters& parameters);

// BEGIN_REQUEST, PARAMS and STDIN, without adding CONTENT_LENGTH.
std::string request(const Parameters& parameters, std::string_view body = {},
                    bool keep_connection = false);

// The content of STDOUT within `records`; refused unless END_REQUEST is there.
Result<std::string> output_of(std::string_view records);

// One request without a body on a connection of its own: the CGI answer ("Status: 200 OK\r\n…").
// kUnavailable: nobody listens there, or the answer is not whole within `patience`.
Result<std::string> ask(const std::string& socket_path, const Parameters& parameters,
                        std::chrono::milliseconds patience);

}  // namespace portal::fastcgi
