// A FastCGI connection of raw records (core/fastcgi/client.h), so that a test can also send what no
// web server would. Helpers that fail throw: the test then fails with the reason.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/descriptor.h"
#include "core/fastcgi/client.h"

namespace portal::fastcgi::testing {

using fastcgi::begin_record;
using fastcgi::encoded;
using fastcgi::Parameters;
using fastcgi::record;
using fastcgi::request;
using fastcgi::stream;
using fastcgi::Type;

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
