// MailDomains answers whether mail can reach a domain, for many requests at once and always soon,
// however slowly the DNS answers: it asks from threads of its own, remembers the answers, and does
// not wait for a resolver that has just been slow.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/result.h"

namespace portal {

enum class MailReach { kUnknown, kYes, kNo };

class MailDomains {
 public:
  using Milliseconds = std::chrono::milliseconds;

  // Finds out about one domain. It may take seconds, and several threads call it at once.
  using Ask = std::function<Result<bool>(const std::string& domain)>;

  struct Limits {
    Milliseconds patience{500};  // for one answer: the page promises it within a second
    Milliseconds pause{10'000};  // without waiting, after an answer that did not come in time
    int waiting = 2;  // requests that wait at the same time: fewer than a responder's threads
    std::size_t asking = 4;     // threads that ask
    int per_second = 20;        // domains that are asked for; more are unknown
    std::size_t kept = 10'000;  // answers
    Milliseconds keep_yes = std::chrono::hours(1);
    Milliseconds keep_no = std::chrono::minutes(5);  // its owner may be mending it
    Milliseconds keep_unknown = std::chrono::seconds(30);
  };

  // Starts no thread before the first question: the responder blocks its signals before that.
  explicit MailDomains(Ask ask) : MailDomains(std::move(ask), Limits()) {}
  MailDomains(Ask ask, const Limits& limits);
  // Waits for the questions that are under way.
  ~MailDomains();
  MailDomains(const MailDomains&) = delete;
  MailDomains& operator=(const MailDomains&) = delete;

  // `domain` is in lower case. Any number of threads may call this.
  MailReach find(const std::string& domain);

 private:
  using Clock = std::chrono::steady_clock;
  struct Answer {
    MailReach reach = MailReach::kUnknown;
    Clock::time_point until;
  };

  // Precondition of these: the mutex is held.
  MailReach remembered(const std::string& domain) const;
  bool is_fresh(const std::string& domain, Clock::time_point now) const;
  bool enqueue(const std::string& domain, Clock::time_point now);
  void remember(const std::string& domain, const Result<bool>& answer, Clock::time_point now);
  void complain(const std::string& error, Clock::time_point now);

  void work();  // what a thread that asks does

  const Ask ask_;
  const Limits limits_;
  std::mutex mutex_;
  std::condition_variable queued_;
  std::condition_variable answered_;
  std::map<std::string, Answer> answers_;
  std::deque<std::string> queue_;
  std::set<std::string> open_;  // in the queue, or asked for just now
  std::vector<std::thread> threads_;
  int waiting_ = 0;
  int asked_in_second_ = 0;
  Clock::time_point second_;       // when it began
  Clock::time_point waits_again_;  // no request waits before this
  Clock::time_point complains_again_;
  bool ending_ = false;
};

// "yes", "no", "unknown"
std::string_view word_of(MailReach reach);

}  // namespace portal
