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

// These errors of accept(2) concern one connection: it has gone before it was taken, or another
// worker has it. Linux also reports errors of the network for that connection.
constexpr std::array kPassing = {EAGAIN,       EINTR,    ECONNABORTED, EPROTO,
                                 EPERM,        ENETDOWN, EHOSTDOWN,    ENOPROTOOPT,
                                 EHOSTUNREACH, ENONET,   EOPNOTSUPP,   ENETUNREACH};

// With EPOLLEXCLUSIVE one connection wakes one thread, also among several processes.
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
  activity_.take_thread();
  // If a connection woke this worker together with the stop, the last round serves it: no other
  // process that shares the socket was woken for it.
  for (bool stopping = false; !stopping;) {
    const Ready ready = wait();
    stopping = ready.stop;
    if (ready.listener) serve_one();
  }
}

Worker::Ready Worker::wait() {
  const Phase phase(Activity::Kind::kOther, Activity::kUnlimited);
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
  // The peer may take its time; after `whole` the connection is shut down (Watch).
  const Phase phase(Activity::Kind::kOther,
                    std::chrono::ceil<Activity::Bound>(limits_.whole) + Activity::kMargin);
  limit_silence(connection, limits_.silence);
  watch_.begin(connection);
  converse(connection);
  watch_.end();
}

// Without descriptors or memory, the listening socket stays readable. Without a rest, this loop
// would take the processor from the threads that could free some.
void Worker::rest(int error) {
  if (std::find(kPassing.begin(), kPassing.end(), error) != kPassing.end()) return;
  if (!std::exchange(has_complained_, true)) {
    log::warning("accept_failed", {{"error", system_error(error)}});
  }
  pollfd stop{stop_, POLLIN, 0};
  ::poll(&stop, 1, kRest);
}

// From here on the library owns the connection and closes it in every case.
void Worker::converse(int connection) {
  FCGX_Request request;
  FCGX_InitRequest(&request, -1, 0);
  request.ipcFd = connection;
  request.keepConnection = 1;  // otherwise FCGX_Accept_r would begin by closing it
  // After garbage, silence or an end, the library closes it, tries to accept on -1, and gives up.
  if (FCGX_Accept_r(&request) != 0) return;
  request.keepConnection = 0;  // even if the peer asks for it: it would occupy this thread

  Exchange exchange = read_exchange(request, limits_);
  watch_.pause();
  const std::string answer = handle(exchange);
  wipe(exchange.body);
  watch_.resume();

  assert(answer.size() <= INT_MAX);
  // It is no fault if the peer has gone. Even if it is there, it may never read: nothing here can
  // tell whether an answer has arrived.
  FCGX_PutStr(answer.data(), static_cast<int>(answer.size()), request.out);
  FCGX_Finish_r(&request);
}

std::string Worker::handle(Exchange& exchange) {
  const Phase phase(Activity::Kind::kOther);
  return handler_(exchange);
}

}  // namespace portal::fastcgi
