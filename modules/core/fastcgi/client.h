// The web server's side of FastCGI 1.0 (§3): makes the records of a request and reads those of the
// answer. libfcgi does not have this. `portalctl check` uses it, and so do tests, which also send
// records that no web server would send.
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

// A whole stream: as many records as the content needs, and the empty record that ends it.
std::string stream(Type type, std::string_view content);
std::string encoded(const Parameters& parameters);

// BEGIN_REQUEST, PARAMS and STDIN, without adding CONTENT_LENGTH.
std::string request(const Parameters& parameters, std::string_view body = {},
                    bool keep_connection = false);

// The content of STDOUT within `records`. Refused if END_REQUEST is missing.
Result<std::string> output_of(std::string_view records);

// Sends one request without a body on a connection of its own and returns the CGI answer ("Status:
// 200 OK\r\n…"). kUnavailable: nobody listens there, or the answer is not complete within
// `patience`.
Result<std::string> ask(const std::string& socket_path, const Parameters& parameters,
                        std::chrono::milliseconds patience);

}  // namespace portal::fastcgi
