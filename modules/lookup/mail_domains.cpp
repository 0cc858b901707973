#include "lookup/mail_domains.h"

#include <algorithm>
#include <utility>

#include "core/base/log.h"

namespace portal {

MailDomains::MailDomains(Ask ask, const Limits& limits) : ask_(std::move(ask)), limits_(limits) {}

MailDomains::~MailDomains() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  queued_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

MailReach MailDomains::find(const std::string& domain) {
  std::unique_lock lock(mutex_);
  const auto now = Clock::now();
  if (is_fresh(domain, now)) return remembered(domain);
  if (!open_.contains(domain) && !enqueue(domain, now)) return MailReach::kUnknown;
  // The answer will be there for the next request.
  if (waiting_ >= limits_.waiting || now < waits_again_) return MailReach::kUnknown;
  ++waiting_;
  const bool answered =
      answered_.wait_for(lock, limits_.patience, [&] { return !open_.contains(domain); });
  --waiting_;
  if (answered) return remembered(domain);
  waits_again_ = Clock::now() + limits_.pause;
  return MailReach::kUnknown;
}

MailReach MailDomains::remembered(const std::string& domain) const {
  const auto found = answers_.find(domain);
  return found == answers_.end() ? MailReach::kUnknown : found->second.reach;
}

bool MailDomains::is_fresh(const std::string& domain, Clock::time_point now) const {
  const auto found = answers_.find(domain);
  return found != answers_.end() && now < found->second.until;
}

// False if too much is asked for already.
bool MailDomains::enqueue(const std::string& domain, Clock::time_point now) {
  const auto most_open = 2 * limits_.asking;
  if (now - second_ >= std::chrono::seconds(1)) {
    second_ = now;
    asked_in_second_ = 0;
  }
  if (open_.size() >= most_open || asked_in_second_ >= limits_.per_second) return false;
  ++asked_in_second_;
  open_.insert(domain);
  queue_.push_back(domain);
  if (threads_.size() < limits_.asking) {
    threads_.emplace_back([this] { work(); });
  }
  queued_.notify_one();
  return true;
}

void MailDomains::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    queued_.wait(lock, [&] { return ending_ || !queue_.empty(); });
    if (ending_) return;
    const std::string domain = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    const auto began = Clock::now();
    const auto answer = ask_(domain);
    lock.lock();
    const auto now = Clock::now();
    // It is quick again, so that it is worth while to wait.
    if (answer && now - began < limits_.patience) waits_again_ = now;
    if (!answer) complain(answer.error().message, now);
    remember(domain, answer, now);
    open_.erase(domain);
    answered_.notify_all();
  }
}

void MailDomains::remember(const std::string& domain, const Result<bool>& answer,
                           Clock::time_point now) {
  if (answers_.size() >= limits_.kept) {
    std::erase_if(answers_, [&](const auto& entry) { return entry.second.until <= now; });
  }
  if (answers_.size() >= limits_.kept) answers_.clear();
  Answer kept{MailReach::kUnknown, now + limits_.keep_unknown};
  if (answer && *answer) kept = {MailReach::kYes, now + limits_.keep_yes};
  if (answer && !*answer) kept = {MailReach::kNo, now + limits_.keep_no};
  answers_.insert_or_assign(domain, kept);
}

// At most once a minute: a resolver that is away would fill the log.
void MailDomains::complain(const std::string& error, Clock::time_point now) {
  if (now < complains_again_) return;
  complains_again_ = now + std::chrono::minutes(1);
  log::warning("domain_unchecked", {{"error", error}});
}

std::string_view word_of(MailReach reach) {
  switch (reach) {
    case MailReach::kYes:
      return "yes";
    case MailReach::kNo:
      return "no";
    case MailReach::kUnknown:
      break;
  }
  return "unknown";
}

}  // namespace portal
