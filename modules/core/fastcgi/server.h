// FastCGI: sockets, the accept loop, orderly shutdown. The only room that includes <fcgiapp.h>.
//
// The room has an accept loop of its own, with N threads and one connection for each request (no
// connection is kept). SIGTERM lets requests finish. Peers that stall and records that are too
// large are cut off. Nothing that a peer sends ends the process, nor does anything that a handler
// throws: libfcgi only reads records that private/records.h has checked.
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
  // Without empty ones. A header that came several times is joined into one list (RFC 9110 §5.2).
  std::map<std::string, std::string, std::less<>> parameters;
  std::string body;  // empty if there is a fault; wiped after the handler: it may hold a password
  enum class Fault {
    kNone,
    kTooLarge,   // the body is over Limits::body
    kTruncated,  // CONTENT_LENGTH and the body differ, or the stream broke
    kParameters  // there are more or larger parameters than Limits allows, or some that no web
                 // server sends (a NUL, no name); the others are here, and what the log says of the
                 // request
  } fault = Fault::kNone;
  // The request is to be refused (503), because it would wait too long for a place (places.h); from
  // so many seconds on it will be served. 0: it is to be served.
  std::chrono::seconds come_again{};
  std::chrono::nanoseconds waited{};  // for a place

  std::string_view parameter(std::string_view name) const;  // empty if absent
};

// Returns the whole answer as CGI has it: "Status: 200 OK\r\n…\r\n\r\nbody". Should not throw: the
// peer then gets a 500 of one line, or a 503 if there was no memory.
// Several threads call it at the same time.
using Handler = std::function<std::string(Exchange&)>;

struct Limits {
  std::size_t body = std::size_t{64} * 1024;        // bytes
  std::size_t parameters = std::size_t{64} * 1024;  // bytes, names and values together
  std::size_t parameter_count = 200;
  std::chrono::milliseconds silence{10'000};  // for a peer that neither reads nor writes
  std::chrono::milliseconds whole{30'000};    // for one exchange, without the time in the handler
};

// The listening socket. If `listen` is "unix:PATH" or "ADDRESS:PORT", the socket is made here. A
// unix socket has mode 0660; a path on which a living process listens is refused, and a stale one
// is replaced. If `listen` is empty, the socket is the one of LISTEN_FDS (sd_listen_fds(3)) or a
// listening socket on fd 0 (FastCGI 1.0 §2.2). It is close-on-exec and has a backlog of 512.
// ADDRESS is numeric ("127.0.0.1", "[::1]"). The caller owns the descriptor.
//
// A path made here stays when the process ends. To remove it could remove the path that a successor
// has just made, and the web server answers 502 for a refusing and for a missing socket alike.
Result<int> listening_socket(std::string_view listen);

// The main thread calls these, and logs what they throw. Each may be empty.
struct Callbacks {
  std::function<void()> reload;  // SIGHUP
  std::function<void()> idle;    // about once a second
};

class Places;

// Serves until SIGTERM or SIGINT. Then it takes no further connection, finishes those that are in
// flight or have just woken a thread, and returns. Call it from the main thread before any other
// thread exists: it blocks the signals, and they stay blocked, so that a second SIGTERM cannot turn
// an orderly end into a failure. The socket becomes non-blocking and still belongs to the caller.
// It is an error if there are not enough descriptors or the threads cannot be started.
// `places`: for which requests there are fewer places than threads; null: for none. If there are
// not fewer, another thread is started.
Result<Done> serve(int listening_socket, int threads, const Limits& limits, const Handler& handler,
                   const Callbacks& callbacks, Places* places = nullptr);

}  // namespace portal::fastcgi
