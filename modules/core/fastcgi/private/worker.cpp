#include "core/fastcgi/private/worker.h"

#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <climits>
#include <exception>
#include <new>
#include <utility>

#include "core/base/log.h"
#include "core/base/secret.h"
#include "core/base/system_error.h"
#include "core/fastcgi/private/request_stream.h"

namespace portal::fastcgi {
namespace {

constexpr int kRest = 100;  // milliseconds

// For whoever gets no page of the portal.
std::string bare_answer(const std::string& status, const std::string& words) {
  return "Status: " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " +
         std::to_string(words.size()) + "\r\n\r\n" + words;
}

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

// Makes `number` another name for `descriptor`.
void seat(int descriptor, int number) {
  [[maybe_unused]] const int same = ::dup3(descriptor, number, O_CLOEXEC);
  assert(same == number);  // both are open: there is nothing that could fail
}

// Fills a file in memory, for somebody who reads it from the beginning. False: no memory.
bool put(int file, std::string_view bytes) {
  return ::ftruncate(file, 0) == 0 &&
         ::pwrite(file, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()) &&
         ::lseek(file, 0, SEEK_SET) == 0;
}

// libfcgi's request. It frees what is left of it: FCGX_Finish_r() did so already if all went well.
class Request {
 public:
  explicit Request(int connection) {
    FCGX_InitRequest(&request_, -1, 0);
    request_.ipcFd = connection;
    request_.keepConnection = 1;  // otherwise FCGX_Accept_r would begin by closing it
  }
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;
  ~Request() { FCGX_Free(&request_, 1); }
  FCGX_Request& operator*() { return request_; }
  FCGX_Request* operator->() { return &request_; }

 private:
  FCGX_Request request_{};
};

}  // namespace

Result<std::unique_ptr<Worker>> Worker::make(int listener, int stop, const Limits& limits,
                                             const Handler& handler) {
  Descriptor waiting(::epoll_create1(EPOLL_CLOEXEC));
  Descriptor seat(::fcntl(stop, F_DUPFD_CLOEXEC, 0));
  Descriptor records(::memfd_create("request", MFD_CLOEXEC));
  if (!waiting || !seat || !records || !wait_for(waiting.get(), stop, EPOLLIN) ||
      !wait_for(waiting.get(), listener, EPOLLIN | EPOLLEXCLUSIVE)) {
    return unavailable("cannot wait for connections: " + system_error() +
                       "; raise the limit of open files");
  }
  return std::unique_ptr<Worker>(new Worker(listener, stop, std::move(waiting), std::move(seat),
                                            std::move(records), limits, handler));
}

Worker::Worker(int listener, int stop, Descriptor waiting, Descriptor seat, Descriptor records,
               const Limits& limits, const Handler& handler)
    : listener_(listener),
      stop_(stop),
      waiting_(std::move(waiting)),
      records_(std::move(records)),
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

// Owns the connection.
void Worker::converse(int number) {
  Descriptor connection(number);
  try {
    const auto records = read_records(connection.get(), limits_);
    if (records) answer(connection.release(), *records);
  } catch (const std::exception& error) {  // no memory: the web server answers 502
    log::error("fault", {{"error", error.what()}});
  }
}

// libfcgi reads the checked records in place of the connection, under its number, and then answers
// on the connection itself, whose duplicate the watch has. From here on the library owns the number
// and closes it in every case.
void Worker::answer(int connection, const Records& records) {
  Request request(connection);
  if (!put(records_.get(), records.bytes)) throw std::bad_alloc();
  seat(records_.get(), connection);
  if (FCGX_Accept_r(&*request) != 0) return;
  request->keepConnection = 0;  // even if the peer asks for it: it would occupy this thread

  Exchange exchange = read_exchange(*request, limits_);
  if (records.is_odd) {
    exchange.fault = Exchange::Fault::kParameters;
    wipe(exchange.body);
  }
  seat(watch_.connection(), connection);
  watch_.pause();
  const std::string answer = handle(exchange);
  wipe(exchange.body);
  watch_.resume();

  assert(answer.size() <= INT_MAX);
  // It is no fault if the peer has gone. Even if it is there, it may never read: nothing here can
  // tell whether an answer has arrived.
  FCGX_PutStr(answer.data(), static_cast<int>(answer.size()), request->out);
  FCGX_Finish_r(&*request);
}

// The handler has its own ways to say what went wrong. What it throws nevertheless is its fault, or
// there is not even the memory to draw a page; and it must not end the work of the other threads.
std::string Worker::handle(Exchange& exchange) noexcept {
  const Phase phase(Activity::Kind::kOther);
  try {
    return handler_(exchange);
  } catch (const std::bad_alloc&) {
    log::error("unavailable", {{"error", words_of(Shortage::kMemory)}});
    return bare_answer("503 Service Unavailable\r\nRetry-After: 30",
                       "ただいま込み合っています。少し待ってから、もう一度読み込んでください。\n");
  } catch (const std::exception& error) {
    log::error("fault", {{"error", error.what()}});
  } catch (...) {
    log::error("fault", {{"error", "something that is no std::exception was thrown"}});
  }
  return bare_answer("500 Internal Server Error",
                     "エラーが発生しました。少し待ってから、もう一度読み込んでください。\n");
}

}  // namespace portal::fastcgi
