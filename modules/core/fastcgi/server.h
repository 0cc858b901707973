// FastCGI: sockets, the accept loop, orderly shutdown. The only room that includes <fcgiapp.h>.
//
// Each fact behind this room stands in library-facts.md ("libfcgi"). In short: own accept loop,
// one connection a request (no kept connections), N threads, SIGTERM drains, stalled peers and
// oversized records end by themselves.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace portal::fastcgi {

// What the web server sent: parameters, and the body read to its end.
struct Exchange {
  std::map<std::string, std::string, std::less<>> parameters;  // empty ones are absent
  std::string body;
  enum class Fault {
    kNone,
    kTooLarge,   // the body is over Limits::body
    kTruncated,  // CONTENT_LENGTH and the body differ, or the stream broke
    kParameters  // more or larger parameters than Limits allows
  } fault = Fault::kNone;

  std::string_view parameter(std::string_view name) const;  // empty if absent
};

// The whole answer, CGI style: "Status: 200 OK\r\n…\r\n\r\nbody". Must not throw.
using Handler = std::function<std::string(Exchange&)>;

struct Limits {
  std::size_t body = 64 * 1024;             // bytes
  std::size_t parameters = 64 * 1024;       // bytes, names and values together
  std::size_t parameter_count = 200;
  std::chrono::milliseconds silence{10'000};  // a peer that neither reads nor writes
  std::chrono::milliseconds whole{30'000};    // one exchange from accept to end, but for the handler
};

// The listening socket: `listen` is "unix:PATH" or "ADDRESS:PORT" (made here: mode 0660 and a
// path that a living process listens on is refused, a stale one replaced), or empty: LISTEN_FDS
// (sd_listen_fds(3)) or a listening socket on fd 0 (FastCGI 1.0 §2.2). Close-on-exec, backlog 512.
Result<int> listening_socket(std::string_view listen);

struct Callbacks {
  std::function<void()> reload;  // SIGHUP, on the main thread
  std::function<void()> idle;    // about once a second, on the main thread
};

// Serves until SIGTERM or SIGINT: then no new connection is taken, what is in flight finishes, and
// it returns. Call it from the main thread before any other thread exists: it blocks the signals.
void serve(int listening_socket, int threads, const Limits& limits, const Handler& handler,
           const Callbacks& callbacks);

}  // namespace portal::fastcgi
