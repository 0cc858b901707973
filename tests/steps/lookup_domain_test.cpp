// /register/domain, and MailDomains: what is asked, remembered and given up.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "lookup/lookup.h"
#include "lookup/mail_domains.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class DomainTest : public PortalTest {
 protected:
  Response ask(std::string_view name) {
    LookupStep step(site_);
    Form query;
    query.set("name", name);
    return browser_.get(step, "/register/domain?" + query.encode());
  }
  Browser browser_{site_};
};

TEST_F(DomainTest, NobodyIsAskedUnlessItIsOn) {
  // The resolver would refuse at once.
  ASSERT_TRUE(site_.settings.set("mail.resolver", "127.0.0.1:1"));
  const Response response = ask("Example.JP");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Content-Type"), "application/json");
  EXPECT_EQ(response.body, "{\"domain\":\"example.jp\",\"mail\":\"unknown\"}");
}

TEST_F(DomainTest, NoResolverIsUnknown) {
  ASSERT_TRUE(site_.settings.set("mail.resolver", "127.0.0.1:1"));
  ASSERT_TRUE(site_.settings.set("mail.check_domains", "on"));
  EXPECT_EQ(ask("example.jp").body, "{\"domain\":\"example.jp\",\"mail\":\"unknown\"}");
}

TEST_F(DomainTest, FoldsAsTheFormDoes) {
  EXPECT_TRUE(shows(ask("ｅｘａｍｐｌｅ．\u200BＪＰ "), "{\"domain\":\"example.jp\","));
  EXPECT_TRUE(shows(ask("xn--wgv71a.jp"), "{\"domain\":\"xn--wgv71a.jp\","));
}

TEST_F(DomainTest, MalformedSaysWhatTheFormWouldSay) {
  const Response response = ask("日本語.jp");
  EXPECT_EQ(response.status, 422);
  EXPECT_TRUE(shows(response, "{\"error\":\"malformed\",\"field\":\"email\",\"message\":\""));
  EXPECT_TRUE(shows(response, "使えない文字「日」"));
  for (const std::string& name :
       {std::string(), std::string("docomo"), std::string("a b.jp"), std::string("taro@example.jp"),
        std::string("a..jp"), std::string(300, 'a') + ".jp"}) {
    EXPECT_EQ(ask(name).status, 422) << name;
  }
  LookupStep step(site_);
  EXPECT_EQ(browser_.get(step, "/register/domain").status, 422);
  EXPECT_EQ(browser_.post(step, "/register/domain", {}).status, 405);
}

// A resolver that answers when the test lets it.
class Resolving {
 public:
  MailDomains::Ask ask() {
    return [this](const std::string& domain) -> Result<bool> {
      std::unique_lock lock(mutex_);
      ++asked_;
      changed_.notify_all();
      changed_.wait(lock, [&] { return open_; });
      if (domain.starts_with("fails")) return unavailable("no resolver answers");
      return !domain.starts_with("no");
    };
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    open_ = false;
  }
  void wait_for_questions(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return asked_ >= count; });
  }
  int asked() {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int asked_ = 0;
};

MailDomains::Limits patient() {
  MailDomains::Limits limits;
  limits.patience = 60s;
  return limits;
}

TEST(MailDomainsTest, RemembersEveryAnswer) {
  Resolving resolver;
  resolver.open();
  MailDomains domains(resolver.ask(), patient());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(domains.find("yes.jp"), MailReach::kYes);
    EXPECT_EQ(domains.find("no.jp"), MailReach::kNo);
    EXPECT_EQ(domains.find("fails.jp"), MailReach::kUnknown);
  }
  EXPECT_EQ(resolver.asked(), 3);
}

TEST(MailDomainsTest, AsksAgainAfterItsTime) {
  Resolving resolver;
  resolver.open();
  auto limits = patient();
  limits.keep_no = 0ms;
  MailDomains domains(resolver.ask(), limits);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(domains.find("no.jp"), MailReach::kNo);
  EXPECT_EQ(resolver.asked(), 3);
}

TEST(MailDomainsTest, AsksOnceForAllWhoWait) {
  Resolving resolver;
  auto limits = patient();
  limits.waiting = 8;
  MailDomains domains(resolver.ask(), limits);
  std::atomic<int> answered = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { answered += domains.find("yes.jp") == MailReach::kYes ? 1 : 0; });
  }
  resolver.wait_for_questions(1);
  resolver.open();
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(answered, 8);
  EXPECT_EQ(resolver.asked(), 1);
}

TEST(MailDomainsTest, SlowAnswerIsUnknownInTimeAndThereLater) {
  Resolving resolver;
  MailDomains domains(resolver.ask());
  const auto began = Clock::now();
  EXPECT_EQ(domains.find("yes.jp"), MailReach::kUnknown);
  EXPECT_LT(Clock::now() - began, 1s);
  // Nobody waits for a resolver that has just been slow.
  const auto again = Clock::now();
  for (const char* const name : {"yes.jp", "no.jp", "a.jp"}) {
    EXPECT_EQ(domains.find(name), MailReach::kUnknown);
  }
  EXPECT_LT(Clock::now() - again, 500ms);
  resolver.open();
  const auto deadline = Clock::now() + 10s;
  while (domains.find("yes.jp") == MailReach::kUnknown && Clock::now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_EQ(domains.find("yes.jp"), MailReach::kYes);
}

TEST(MailDomainsTest, FewWaitAtTheSameTime) {
  Resolving resolver;
  auto limits = patient();
  limits.waiting = 1;
  MailDomains domains(resolver.ask(), limits);
  std::thread first([&] { EXPECT_EQ(domains.find("yes.jp"), MailReach::kYes); });
  resolver.wait_for_questions(1);
  EXPECT_EQ(domains.find("a.jp"), MailReach::kUnknown) << "returns although nobody answers";
  resolver.open();
  first.join();
}

TEST(MailDomainsTest, FewAreAskedInASecond) {
  Resolving resolver;
  resolver.open();
  auto limits = patient();
  limits.per_second = 5;
  MailDomains domains(resolver.ask(), limits);
  const auto began = Clock::now();
  int answered = 0;
  for (int i = 0; i < 50; ++i) {
    answered += domains.find("yes" + std::to_string(i) + ".jp") == MailReach::kYes ? 1 : 0;
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - began);
  EXPECT_GE(answered, 5);
  EXPECT_LE(answered, 5 * (2 + static_cast<int>(seconds.count())));
  EXPECT_EQ(resolver.asked(), answered);
}

TEST(MailDomainsTest, KeepsNoMoreThanItMay) {
  Resolving resolver;
  resolver.open();
  auto limits = patient();
  limits.kept = 3;
  limits.per_second = 1000;
  MailDomains domains(resolver.ask(), limits);
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(domains.find("yes" + std::to_string(i) + ".jp"), MailReach::kYes);
  }
  EXPECT_EQ(domains.find("yes9.jp"), MailReach::kYes);
  EXPECT_EQ(resolver.asked(), 10) << "the newest is remembered";
  EXPECT_EQ(domains.find("yes0.jp"), MailReach::kYes);
  EXPECT_EQ(resolver.asked(), 11) << "the oldest is not";
}

}  // namespace
}  // namespace portal::testing_portal
