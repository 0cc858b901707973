// answer(): what is refused before a step sees it, and what the log and the metrics say of it.
#include <algorithm>
#include <cstdlib>

#include "answer_fixture.h"
#include "core/responder/security_headers.h"
#include "core/view/stylesheet.h"

namespace portal {
namespace {

TEST_F(AnswerTest, ARequestIsOneLineWithTheIdThatTheBrowserGets) {
  const std::string text = ask("/register?secret=1");
  EXPECT_NE(text.find("\r\nX-Request-Id: " + std::string(kId) + "\r\n"), std::string::npos);
  EXPECT_TRUE(logged(" portal-form info request step=form status=200 method=GET ms=")) << log_;
  EXPECT_TRUE(logged(kEnd)) << log_;
  EXPECT_EQ(std::count(log_.begin(), log_.end(), '\n'), 1) << log_;
  EXPECT_FALSE(logged("secret")) << log_;
}

// The line of the request, and the number behind `key=` in it; -1 if it is not there.
std::string request_line(const std::string& log) {
  const auto begin = log.find(" info request ");
  return begin == std::string::npos ? "" : log.substr(begin, log.find('\n', begin) - begin);
}
double number_of(const std::string& line, const std::string& key) {
  const auto found = line.find(" " + key + "=");
  return found == std::string::npos ? -1 : std::atof(line.c_str() + found + key.size() + 2);
}
constexpr auto kTimes = {"db", "lock", "hash_wait", "hash", "render"};

// A web server that sends none, or passes on what a browser has chosen: then it is drawn here.
// A browser names the type of its forms; curl -X POST sends no body and no type.
// What is kept for the owner of an account to read must not be as long as a stranger likes.
TEST_F(AnswerTest, ARequestSaysWhereItsTimeWent) {
  ask("/register");
  EXPECT_TRUE(logged(" db=0 lock=0 hash_wait=0 hash=0 render=0 client=")) << log_;
  ask("/slow");
  double sum = 0;
  for (const std::string key : {"db", "lock", "hash_wait", "hash"}) {
    EXPECT_GE(number_of(request_line(log_), key), 1.0) << key << " in " << log_;
    sum += number_of(request_line(log_), key);
  }
  EXPECT_GE(number_of(request_line(log_), "ms") + 0.5, sum) << log_;
  ask("/throw");  // its page is made of a template
  EXPECT_EQ(number_of(request_line(log_), "db"), 0.0) << "the next request begins at 0: " << log_;
  EXPECT_GT(number_of(request_line(log_), "render"), 0.0) << log_;
}

TEST_F(AnswerTest, ARequestThatIsRefusedEarlyHasTheSameLine) {
  using Fault = Exchange::Fault;
  struct Case {
    int status;
    const char* method;
    const char* uri;
    std::map<std::string, std::string> more;
    Fault fault = Fault::kNone;
  };
  const Case cases[] = {
      {400, "GET", "/register?a=%", {}},
      {400, "GET", "no path", {}},
      {400, "GET", "/%FF", {}},
      {400, "GET", "/caf\xE9", {}},
      {400, "GET", "/%E6%96", {}},
      {400, "GET", "/%00", {}},
      {400, "POST", "/register", {}, Fault::kTruncated},
      {400, "GET", "/register", {}, Fault::kParameters},
      {403, "POST", "/register", {{"HTTP_ORIGIN", "https://elsewhere.example"}}},
      {405, "DELETE", "/healthz/form", {}},
      {413, "POST", "/register", {}, Fault::kTooLarge},
      {415, "POST", "/register", {{"CONTENT_TYPE", "application/json"}}},
      {429, "GET", "/register", {}},
      {308, "GET", "/Register/", {}},
      {503, "GET", "/away", {}},
      {503, "GET", "/register", {{"HTTP_SEC_PURPOSE", "prefetch"}}},
      {500, "POST", "/throw", {}},
  };
  for (const Case& c : cases) {
    step_.status = c.status;  // 429 is the step's
    ask(c.uri, c.method, "", c.more, c.fault);
    const std::string line = request_line(log_);
    EXPECT_NE(
        line.find(" step=form status=" + std::to_string(c.status) + " method=" + c.method + " ms="),
        std::string::npos)
        << log_;
    for (const std::string key : kTimes) EXPECT_GE(number_of(line, key), 0.0) << key << log_;
    EXPECT_TRUE((line + "\n").ends_with(kEnd)) << log_;
  }
}

TEST_F(AnswerTest, AShortageOfMemoryIsToldAsOne) {
  const std::string text = ask("/no%20memory");
  EXPECT_EQ(text.find("Status: 503 "), 0U);
  EXPECT_TRUE(logged(" error unavailable error=\"out of memory: raise MemoryMax= ")) << log_;
}

TEST_F(AnswerTest, WhateverIsLoggedMeanwhileHasTheId) {
  for (const char* uri : {"/tells", "/away", "/throw"}) {
    ask(uri);
    EXPECT_EQ(std::count(log_.begin(), log_.end(), '\n'), 2) << log_;
    for (std::string rest = log_; !rest.empty(); rest.erase(0, rest.find('\n') + 1)) {
      EXPECT_TRUE(rest.substr(0, rest.find('\n')).ends_with(std::string(" request=") + kId))
          << rest;
    }
  }
  ::testing::internal::CaptureStderr();
  log::info("idle");
  EXPECT_TRUE(::testing::internal::GetCapturedStderr().ends_with(" info idle\n"));
}

TEST_F(AnswerTest, APageAllowsTheStyleSheetWithinItAndNoOther) {
  const std::string text = ask("no path");
  const auto begin = text.find("<style>") + 7;
  ASSERT_EQ(text.find("<style", begin), std::string::npos);
  const std::string style = text.substr(begin, text.find("</style>") - begin);
  EXPECT_GT(style.size(), 1000);
  const std::string policy = header_of(text, "Content-Security-Policy");
  EXPECT_EQ(policy, content_security_policy(style_source(style)));
  EXPECT_NE(policy.find("; style-src 'self' 'sha256-"), std::string::npos) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos) << policy;
}

TEST_F(AnswerTest, WhatHasNoStyleSheetAllowsNone) {
  const std::string text = ask("/register");
  EXPECT_EQ(header_of(text, "Content-Security-Policy"), content_security_policy());
  EXPECT_NE(text.find("; style-src 'self'; "), std::string::npos) << text;
}

TEST_F(AnswerTest, AnErrorPageShowsTheId) {
  const std::string text = ask("no path");
  EXPECT_TRUE(text.starts_with("Status: 400 ")) << text;
  EXPECT_NE(text.find("<code>0123-4567</code>"), std::string::npos) << text;
}

TEST_F(AnswerTest, APostFromAnotherSiteIsALineOfItsOwn) {
  EXPECT_TRUE(ask("/register", "POST", "https://evil.example").starts_with("Status: 403 "));
  EXPECT_TRUE(logged(std::string(" warning cross_site_refused") + kEnd)) << log_;
  ask("/register", "POST", site_.settings.text("site.base_url"));
  EXPECT_FALSE(logged("cross_site_refused")) << log_;
}

TEST_F(AnswerTest, WhoeverHasToWaitIsALineOfItsOwn) {
  step_.status = 429;
  ask("/login?token=secret");
  EXPECT_TRUE(logged(std::string(" warning throttled path=/login limit=network") + kEnd)) << log_;
}

TEST_F(AnswerTest, WhatTheStepThrowsIsAFault) {
  EXPECT_TRUE(ask("/throw").starts_with("Status: 500 "));
  EXPECT_TRUE(logged(" error fault error=\"what nobody expected\" request=")) << log_;
}

TEST_F(AnswerTest, AnErrorThatTheStepReturnsIsOneLineAndA503) {
  const std::string text = ask("/away");
  EXPECT_TRUE(text.starts_with("Status: 503 ")) << text;
  EXPECT_NE(text.find("\r\nRetry-After: 30\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("<code>0123-4567</code>"), std::string::npos) << text;
  EXPECT_EQ(text.find("database"), std::string::npos) << "the page tells nothing of the inside";
  EXPECT_TRUE(logged(" error unavailable error=\"the database is away\" request=")) << log_;
  EXPECT_TRUE(counted("portal_http_requests_total{status=\"503\",step=\"form\",process=\"1\"} 1"));
}

TEST_F(AnswerTest, AStepMayHaveAPageOfItsOwnForThat) {
  const std::string text = ask("/away", "POST", site_.settings.text("site.base_url"));
  EXPECT_TRUE(text.starts_with("Status: 503 ")) << text;
  EXPECT_NE(text.find("\r\nRetry-After: 30\r\n"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with("what was typed")) << text;
}

TEST_F(AnswerTest, WhoWouldWaitTooLongIsToldWhenToComeAgainAndNoStepIsAsked) {
  come_again_ = std::chrono::seconds(7);
  step_.seen.path = "nothing";
  const std::string text = ask("/register", "POST", site_.settings.text("site.base_url"));
  EXPECT_TRUE(text.starts_with("Status: 503 ")) << text;
  EXPECT_EQ(header_of(text, "Retry-After"), "7");
  EXPECT_TRUE(text.ends_with("what was typed")) << text;
  EXPECT_EQ(step_.seen.path, "nothing");
  EXPECT_TRUE(logged(" info come_again seconds=7 request=")) << log_;
  EXPECT_FALSE(logged(" error ")) << "many people are no fault: " << log_;
}

TEST_F(AnswerTest, WhatIsNoRequestIsRefusedAsEverHoweverManyWait) {
  come_again_ = std::chrono::seconds(7);
  EXPECT_TRUE(ask("/register", "POST", "https://elsewhere.example").starts_with("Status: 403 "));
}

TEST_F(AnswerTest, TheTimeInTheQueueIsPartOfTheRequests) {
  waited_ = std::chrono::milliseconds(1500);
  ask("/register");
  EXPECT_TRUE(logged(" hash_wait=1500.00 ")) << log_;
  EXPECT_GE(number_of(request_line(log_), "ms"), 1500.0) << log_;
}

TEST_F(AnswerTest, RequestsAreCountedByStatusAndMeasured) {
  EXPECT_TRUE(counted("portal_http_requests_total{status=\"503\",step=\"form\",process=\"1\"} 0"));
  ask("/register");
  ask("/register");
  ask("/throw");
  step_.status = 418;  // none of ours
  ask("/register");
  for (const char* sample :
       {"portal_http_requests_total{status=\"200\",step=\"form\",process=\"1\"} 2",
        "portal_http_requests_total{status=\"500\",step=\"form\",process=\"1\"} 1",
        "portal_http_requests_total{status=\"other\",step=\"form\",process=\"1\"} 1",
        "portal_http_request_duration_seconds_count{step=\"form\",process=\"1\"} 4",
        "portal_http_requests_in_flight{step=\"form\",process=\"1\"} 0",
        "portal_http_threads{step=\"form\",process=\"1\"} 4"}) {
    EXPECT_TRUE(counted(sample)) << sample << " is not in\n" << registry_.text("form", "1");
  }
}

TEST_F(AnswerTest, HashingIsToldAsItIs) {
  using namespace std::chrono_literals;
  metrics_.hashing({.running = 2, .waiting = 3, .begun = 7, .waited = 1500ms, .sent_away = 4});
  for (const char* sample :
       {"portal_password_hashes_running{step=\"form\",process=\"1\"} 2",
        "portal_password_hashes_waiting{step=\"form\",process=\"1\"} 3",
        "portal_password_hashes_total{step=\"form\",process=\"1\"} 7",
        "portal_password_hashes_sent_away_total{step=\"form\",process=\"1\"} 4",
        "portal_password_hash_wait_seconds_total{step=\"form\",process=\"1\"} 1.5"}) {
    EXPECT_TRUE(counted(sample)) << sample << " is not in\n" << registry_.text("form", "1");
  }
}

}  // namespace
}  // namespace portal
