// A FastCGI client of raw records (FastCGI 1.0 §3), so that a test can also send what no web server
// would. Helpers that fail throw: the test then fails with the reason.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/descriptor.h"

namespace portal::fastcgi::testing {

using Parameters = std::vector<std::pair<std::string, std::string>>;

enum class Type : unsigned char { kBegin = 1, kAbort = 2, kParameters = 4, kStdin = 5 };

// One record; `content` is at most 65535 bytes.
std::string record(Type type, std::string_view content);
std::string begin_record(bool keep_connection = false);

// A whole stream: as many records as it needs, and the empty one at its end.
std::string stream(Type type, std::string_view content);
std::string encoded(const Parameters& parameters);

// BEGIN_REQUEST, PARAMS and STDIN as a web server sends them, without adding CONTENT_LENGTH.
std::string request(const Parameters& parameters, std::string_view body = {},
                    bool keep_connection = false);

class Connection {
 public:
  explicit Connection(const std::string& path);

  // False: the other side has closed.
  bool send(std::string_view bytes) const;
  void finish_sending() const;

  // What comes until the other side closes. Throws after ten seconds.
  std::string read_to_end() const;

 private:
  Descriptor socket_;
};

// The content of STDOUT within `records`; throws unless END_REQUEST is there.
std::string output_of(std::string_view records);

// One request on a connection of its own.
std::string ask(const std::string& path, const Parameters& parameters, std::string_view body = {});

}  // namespace portal::fastcgi::testing
