#include "core/fastcgi/private/worker.h"

#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <exception>
#include <new>
#include <utility>

#include "core/base/log.h"
#include "core/base/secret.h"
#include "core/base/system_error.h"
#include "core/fastcgi/private/peer.h"
#include "core/fastcgi/private/request_stream.h"

namespace portal::fastcgi {
namespace {

using Clock = Places::Clock;

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

// Fills a file in memory, for somebody who reads it from the beginning. False: no memory.
bool put(int file, std::string_view bytes) {
  return ::ftruncate(file, 0) == 0 &&
         ::pwrite(file, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()) &&
         ::lseek(file, 0, SEEK_SET) == 0;
}

// libfcgi's request. It only reads: from `source`, which it never closes unless accept() fails.
class Request {
 public:
  explicit Request(int source) {
    FCGX_InitRequest(&request_, -1, 0);
    request_.ipcFd = source;
    request_.keepConnection = 1;  // otherwise FCGX_Accept_r would begin by closing it
  }
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;
  ~Request() { FCGX_Free(&request_, 0); }
  bool accept() { return FCGX_Accept_r(&request_) == 0; }
  FCGX_Request& operator*() { return request_; }

 private:
  FCGX_Request request_{};
};

// The records have been checked, so if libfcgi cannot read them there is no memory.
void expect(bool accepted) {
  if (!accepted) throw std::bad_alloc();
}

}  // namespace

Result<std::unique_ptr<Worker>> Worker::make(int listener, int stop, const Limits& limits,
                                             const Handler& handler, Places* places) {
  Descriptor waiting(::epoll_create1(EPOLL_CLOEXEC));
  Descriptor records(::memfd_create("request", MFD_CLOEXEC));
  if (!waiting || !records || !wait_for(waiting.get(), stop, EPOLLIN) ||
      !wait_for(waiting.get(), listener, EPOLLIN | EPOLLEXCLUSIVE)) {
    return unavailable("cannot wait for connections: " + system_error() +
                       "; raise the limit of open files");
  }
  return std::unique_ptr<Worker>(
      new Worker(listener, stop, std::move(waiting), std::move(records), limits, handler, places));
}

Worker::Worker(int listener, int stop, Descriptor waiting, Descriptor records, const Limits& limits,
               const Handler& handler, Places* places)
    : listener_(listener),
      stop_(stop),
      waiting_(std::move(waiting)),
      records_(std::move(records)),
      limits_(limits),
      handler_(handler),
      places_(places) {}

void Worker::run() noexcept {
  activity_.take_thread();
  // If a connection woke this worker together with the stop, the last round serves it: no other
  // process that shares the socket was woken for it.
  for (bool stopping = false; !stopping;) {
    const Ready ready = wait();
    stopping = ready.stop;
    if (ready.listener) serve_one();
    refuse_overdue();
  }
  refuse_while_others_finish();
}

Worker::Ready Worker::wait() {
  const Phase phase(Activity::Kind::kOther, Activity::kUnlimited);
  std::array<epoll_event, 2> events{};
  const int count = ::epoll_wait(waiting_.get(), events.data(), events.size(), patience());
  assert(count >= 0 || errno == EINTR);
  Ready ready;
  for (int i = 0; i < count; ++i) {
    const int descriptor = events.at(static_cast<std::size_t>(i)).data.fd;
    if (descriptor == listener_) ready.listener = true;
    if (descriptor == stop_) ready.stop = true;
  }
  return ready;
}

// Milliseconds until somebody who waits for a place must be refused; -1: nobody waits.
int Worker::patience() const {
  const auto left = places_ == nullptr ? std::nullopt : places_->until_overdue(Clock::now());
  return left ? static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(*left).count()) : -1;
}

void Worker::serve_one() {
  Descriptor connection(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!connection) {
    rest(errno);
    return;
  }
  has_complained_ = false;
  // The peer may take its time; after `whole` the connection is shut down (Watch).
  const Phase phase(Activity::Kind::kOther,
                    std::chrono::ceil<Activity::Bound>(limits_.whole) + Activity::kMargin);
  watch_.begin(connection.get());
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

void Worker::converse(Descriptor& connection) {
  try {
    if (const auto request = find_plain_request(connection.get(), limits_)) {
      watch_.pause();
      Exchange exchange = read_plain(connection);
      const bool is_read = exchange.fault == Exchange::Fault::kNone;
      settle({std::move(connection), *request, std::move(exchange), Clock::now()}, is_read);
    } else if (const auto records = read_records(connection.get(), limits_)) {
      watch_.pause();
      Exchange exchange = read_anew(*records);
      settle({std::move(connection), records->request, std::move(exchange), Clock::now()},
             records->is_whole);
    }
  } catch (const std::exception& error) {  // no memory: the web server answers 502
    log::error("fault", {{"error", error.what()}});
  }
}

// Precondition: the watch pauses. `is_read`: the request was read to its end.
void Worker::settle(Places::Guest guest, bool is_read) {
  using Need = Places::Need;
  const bool is_sound = guest.exchange.fault == Exchange::Fault::kNone;
  const Need need = places_ != nullptr && is_sound ? places_->need(guest.exchange) : Need::kThread;
  if (need != Need::kThread) {
    const auto now = Clock::now();
    auto admitted = places_->enter(std::move(guest), need, now);
    if (!admitted) return;
    if (admitted->exchange.come_again.count() == 0) return serve_in_place(std::move(admitted), now);
    return answer(*admitted);
  }
  answer(guest);
  if (!is_read) linger(guest.connection.get());
}

// Serves the guest, who has had a place since `began`, and then, one after another, whoever waits
// for it.
void Worker::serve_in_place(std::optional<Places::Guest> guest, Clock::time_point began) {
  while (guest) {
    answer_later(*std::exchange(guest, std::nullopt));
    refuse_overdue();
    const auto now = Clock::now();
    guest = places_->next(began, now);
    began = now;
  }
}

void Worker::refuse_overdue() {
  while (places_ != nullptr) {
    auto guest = places_->overdue(Clock::now());
    if (!guest) return;
    answer_later(std::move(*guest));
  }
}

// A guest whose request this thread may not have read.
void Worker::answer_later(Places::Guest guest) {
  watch_.begin(guest.connection.get());
  watch_.pause();
  answer(guest);
}

// After the stop: those who have places serve those who wait, and this thread sees to it that
// nobody waits too long.
void Worker::refuse_while_others_finish() {
  const Phase phase(Activity::Kind::kOther, Activity::kUnlimited);
  for (int left = patience(); left >= 0; left = patience()) {
    ::poll(nullptr, 0, std::min(left, kRest));
    refuse_overdue();
  }
}

// Everything is there, so libfcgi waits for nothing.
Exchange Worker::read_plain(Descriptor& connection) {
  Request request(connection.get());
  if (!request.accept()) connection.release();  // libfcgi has closed it
  expect(static_cast<bool>(connection));
  return read_exchange(*request, limits_);
}

Exchange Worker::read_anew(const Records& records) {
  expect(put(records_.get(), records.bytes));
  Request request(records_.get());
  if (!request.accept()) {
    records_.release();
    records_ = Descriptor(::memfd_create("request", MFD_CLOEXEC));
    expect(false);
  }
  Exchange exchange = read_exchange(*request, limits_);
  if (records.is_odd) {
    exchange.fault = Exchange::Fault::kParameters;
    wipe(exchange.body);
  }
  return exchange;
}

// Precondition: the watch pauses, and so it does afterwards.
void Worker::answer(Places::Guest& guest) noexcept {
  const std::string answer = handle(guest.exchange);
  wipe(guest.exchange.body);
  watch_.resume();
  // It is no fault if the peer has gone. Even if it is there, it may never read: nothing here can
  // tell whether an answer has arrived.
  [[maybe_unused]] const bool sent =
      send_answer(guest.connection.get(), guest.request, answer, limits_.silence);
  watch_.end();
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
