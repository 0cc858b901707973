// Looks at the records of one request before libfcgi reads them.
//
// libfcgi does not survive what it does not expect: lengths of a parameter whose sum is over 2^31
// abort the process (also since CVE-2025-23016 is mended, which looks at each of them alone), names
// that FCGI_GET_VALUES repeats overrun a buffer of 64 bytes, and a NUL cuts a parameter silently.
// Padding behind BEGIN_REQUEST, or behind the record that ends a stream, it reads as the next
// record. So it only gets what has been checked here. FastCGI 1.0 §3.3, §3.4, §5.
//
// Nearly every request lies in the connection's buffer as a whole when the thread wakes, with
// nothing odd in it: then libfcgi reads it from there. Any other is taken off the connection and
// made anew, for libfcgi to read from a file in memory.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/fastcgi/server.h"

namespace portal::fastcgi {

// The id of the request that waits in the connection, if it is all there and libfcgi can read it as
// it is. Nothing is taken off the connection. It waits for the first bytes.
std::optional<std::size_t> find_plain_request(int connection, const Limits& limits);

struct Records {
  std::size_t request = 0;  // its id
  // BEGIN_REQUEST, all PARAMS, and STDIN. STDIN has no end if the peer's had none, or if it is
  // longer than Limits::body: then one byte more than that is here.
  std::string bytes;
  // A parameter is left out because its name is empty or has `=` in it, or because there is a NUL
  // in it. No web server sends one.
  bool is_odd = false;
  bool is_whole = false;  // STDIN has its end
};

// Reads until the request's end, or until the peer ends, is silent (Limits::silence) or sends what
// is no record of this request. Nothing if the parameters were not complete by then, or if they do
// not end where their lengths say: nobody can tell what the peer asked.
//
// It reads a limited part of a body that is too large, because some web servers send everything
// before they read the answer. Records of other requests and of the connection (FCGI_GET_VALUES)
// are skipped without an answer: the web servers send one request on a connection, and no question.
std::optional<Records> read_records(int connection, const Limits& limits);

}  // namespace portal::fastcgi
