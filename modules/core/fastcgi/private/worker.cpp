#include "core/fastcgi/private/worker.h"

#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <climits>
#include <utility>

#include "core/base/log.h"
#include "core/base/secret.h"
#include "core/base/system_error.h"
#include "core/fastcgi/private/request_stream.h"

namespace portal::fastcgi {
namespace {

constexpr int kRest = 100;  // milliseconds

// accept(2): the connection is gone before it was taken, or another worker has it. Linux hands on
// what the network said about that one connection.
constexpr std::array kPassing = {EAGAIN,       EINTR,    ECONNABORTED, EPROTO,
                                 EPERM,        ENETDOWN, EHOSTDOWN,    ENOPROTOOPT,
                                 EHOSTUNREACH, ENONET,   EOPNOTSUPP,   ENETUNREACH};

// EPOLLEXCLUSIVE: one connection wakes one thread, also among several processes.
bool wait_for(int waiting, int descriptor, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = descriptor;
  return ::epoll_ctl(waiting, EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void limit_silence(int connection, std::chrono::milliseconds silence) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(silence);
  const std::chrono::microseconds rest = silence - seconds;
  const timeval time{seconds.count(), rest.count()};
  ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
  ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
}

}  // namespace

Result<std::unique_ptr<Worker>> Worker::make(int listener, int stop, const Limits& limits,
                                             const Handler& handler) {
  Descriptor waiting(::epoll_create1(EPOLL_CLOEXEC));
  Descriptor seat(::fcntl(stop, F_DUPFD_CLOEXEC, 0));
  if (!waiting || !seat || !wait_for(waiting.get(), stop, EPOLLIN) ||
      !wait_for(waiting.get(), listener, EPOLLIN | EPOLLEXCLUSIVE)) {
    return unavailable("cannot wait for connections: " + system_error() +
                       "; raise the limit of open files");
  }
  return std::unique_ptr<Worker>(
      new Worker(listener, stop, std::move(waiting), std::move(seat), limits, handler));
}

Worker::Worker(int listener, int stop, Descriptor waiting, Descriptor seat, const Limits& limits,
               const Handler& handler)
    : listener_(listener),
      stop_(stop),
      waiting_(std::move(waiting)),
      watch_(std::move(seat), stop),
      limits_(limits),
      handler_(handler) {}

void Worker::run() noexcept {
  // The last round serves the connection, if there is one, whose wake-up came together with the
  // stop: no other process that shares the socket was woken for it.
  for (bool stopping = false; !stopping;) {
    const Ready ready = wait();
    stopping = ready.stop;
    if (ready.listener) serve_one();
  }
}

Worker::Ready Worker::wait() {
  std::array<epoll_event, 2> events{};
  const int count = ::epoll_wait(waiting_.get(), events.data(), events.size(), -1);
  assert(count > 0 || errno == EINTR);
  Ready ready;
  for (int i = 0; i < count; ++i) {
    const int descriptor = events.at(static_cast<std::size_t>(i)).data.fd;
    if (descriptor == listener_) ready.listener = true;
    if (descriptor == stop_) ready.stop = true;
  }
  return ready;
}

void Worker::serve_one() {
  const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (connection < 0) {
    rest(errno);
    return;
  }
  has_complained_ = false;
  limit_silence(connection, limits_.silence);
  watch_.begin(connection);
  converse(connection);
  watch_.end();
}

// Out of descriptors or memory, the listening socket stays readable: without a rest this would be
// a loop that takes the processor from those who could give some back.
void Worker::rest(int error) {
  if (std::find(kPassing.begin(), kPassing.end(), error) != kPassing.end()) return;
  if (!std::exchange(has_complained_, true)) {
    log::warning("accept_failed", {{"error", system_error(error)}});
  }
  pollfd stop{stop_, POLLIN, 0};
  ::poll(&stop, 1, kRest);
}

// From here on the connection is the library's, which closes it on every way out.
void Worker::converse(int connection) {
  FCGX_Request request;
  FCGX_InitRequest(&request, -1, 0);
  request.ipcFd = connection;
  request.keepConnection = 1;  // or FCGX_Accept_r would begin with closing it
  // Garbage, silence or an end: the library has closed, tried to accept on -1, and given up.
  if (FCGX_Accept_r(&request) != 0) return;
  request.keepConnection = 0;  // whatever the peer asked for: a kept connection pins its thread

  Exchange exchange = read_exchange(request, limits_);
  watch_.pause();
  const std::string answer = handler_(exchange);
  wipe(exchange.body);
  watch_.resume();

  assert(answer.size() <= INT_MAX);
  // A peer that has gone is no fault, and one that has not may still never read: nothing here
  // says that an answer has arrived.
  FCGX_PutStr(answer.data(), static_cast<int>(answer.size()), request.out);
  FCGX_Finish_r(&request);
}

}  // namespace portal::fastcgi
