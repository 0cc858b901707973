// A TimeLimit shuts a socket down when its time is over.
//
// OpenSSL reads the socket by itself, as often as it needs for a handshake or a record, and each
// reading starts the socket's own time limit again. So a server that sends one byte now and then
// holds it for hours. Whatever waits for the socket fails once it is shut down.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace portal::mail {

class TimeLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // The socket stays its owner's and must outlive this object.
  TimeLimit(int socket, Time until);
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;
  ~TimeLimit();

  void set(Time until);

 private:
  void watch(const std::stop_token& stop);

  const int socket_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  Time until_;
  std::jthread thread_;  // the last member: it uses the others
};

}  // namespace portal::mail
