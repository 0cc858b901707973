// FastCGI: sockets, the accept loop, orderly shutdown. The only room that includes <fcgiapp.h>.
//
// Each fact behind this room stands in library-facts.md ("libfcgi"). In short: own accept loop,
// one connection a request (no kept connections), N threads, SIGTERM drains, stalled peers and
// oversized records end by themselves. One thing the library does not survive: a parameter whose
// name and value are announced as nearly 2^31 bytes or more may abort the process. So the socket is
// for the web server alone (0660, or loopback), and whatever starts a responder restarts it.
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
  // Empty ones are absent. A header that came several times is one list (RFC 9110 §5.2).
  std::map<std::string, std::string, std::less<>> parameters;
  std::string body;  // empty if there is a fault; wiped after the handler: it may hold a password
  enum class Fault {
    kNone,
    kTooLarge,   // the body is over Limits::body
    kTruncated,  // CONTENT_LENGTH and the body differ, or the stream broke
    kParameters  // more or larger parameters than Limits allows; those that fit are there
  } fault = Fault::kNone;

  std::string_view parameter(std::string_view name) const;  // empty if absent
};

// The whole answer, CGI style: "Status: 200 OK\r\n…\r\n\r\nbody". Must not throw. Called from
// several threads at once.
using Handler = std::function<std::string(Exchange&)>;

struct Limits {
  std::size_t body = std::size_t{64} * 1024;        // bytes
  std::size_t parameters = std::size_t{64} * 1024;  // bytes, names and values together
  std::size_t parameter_count = 200;
  std::chrono::milliseconds silence{10'000};  // a peer that neither reads nor writes
  std::chrono::milliseconds whole{30'000};  // one exchange from accept to end, but for the handler
};

// The listening socket: `listen` is "unix:PATH" or "ADDRESS:PORT" (made here: mode 0660 and a
// path that a living process listens on is refused, a stale one replaced), or empty: LISTEN_FDS
// (sd_listen_fds(3)) or a listening socket on fd 0 (FastCGI 1.0 §2.2). Close-on-exec, backlog 512.
// ADDRESS is numeric ("127.0.0.1", "[::1]"). The caller owns the descriptor.
//
// A path made here stays when the process ends. Removing it could remove the one that a successor
// has just put there, and to the web server a refused and a missing socket are the same 502.
Result<int> listening_socket(std::string_view listen);

// On the main thread; neither may throw, either may be empty.
struct Callbacks {
  std::function<void()> reload;  // SIGHUP
  std::function<void()> idle;    // about once a second
};

// Serves until SIGTERM or SIGINT: then what is in flight, or has just woken a thread, finishes, no
// further connection is taken, and it returns. Call it from the main thread before any other thread
// exists: it blocks the signals, and they stay blocked, so that a second SIGTERM cannot turn an
// orderly end into a failure. The socket becomes non-blocking and stays the caller's. The error:
// not enough descriptors, or the threads could not be started.
Result<Done> serve(int listening_socket, int threads, const Limits& limits, const Handler& handler,
                   const Callbacks& callbacks);

}  // namespace portal::fastcgi
