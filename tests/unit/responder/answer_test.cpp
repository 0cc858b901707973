// answer(): what is refused before a step sees it, and what the log and the metrics say of it.
#include "core/responder/answer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <new>
#include <set>
#include <stdexcept>
#include <thread>

#include "core/base/activity.h"
#include "core/base/log.h"
#include "core/responder/security_headers.h"
#include "core/view/stylesheet.h"

namespace portal {
namespace {

using fastcgi::Exchange;

// Answers as its test says; /throw throws, /away returns an error; a POST has a page of its own
// then.
class FakeStep : public Step {
 public:
  Result<Response> handle(const Request& request) override {
    seen = request;
    if (request.path == "/throw") throw std::runtime_error("what nobody expected");
    if (request.path == "/no memory") throw std::bad_alloc();
    if (request.path == "/away") return unavailable("the database is away");
    if (request.path == "/slow") {
      for (const auto kind : {Activity::Kind::kDatabase, Activity::Kind::kLock,
                              Activity::Kind::kHashWait, Activity::Kind::kHash}) {
        const Phase phase(kind);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
    if (request.path == "/tells") log::warning("told", {{"what", "something"}});
    Response response = plain(status, "");
    response.limit = "network";
    return response;
  }
  std::optional<Response> unavailable_page(const Request& request) override {
    if (request.method != Method::kPost) return std::nullopt;
    return plain(503, "what was typed");
  }
  bool takes_one_click() const override { return one_click; }
  int status = 200;
  Request seen;  // the last one
  bool one_click = false;
};

class AnswerTest : public testing::Test {
 protected:
  AnswerTest() {
    auto view = View::load(PORTAL_SOURCE_DIR "/templates", {"layout.tpl", "error.tpl"});
    EXPECT_TRUE(view) << view.error().message;
    site_.view = std::move(*view);
    log::start("portal-form", log::Level::kInfo, log::Format::kText);
  }

  // The whole answer; what was logged meanwhile is in log_.
  std::string ask(const std::string& uri, const std::string& method = "GET",
                  const std::string& origin = "",
                  const std::map<std::string, std::string>& more = {},
                  Exchange::Fault fault = Exchange::Fault::kNone) {
    Exchange exchange;
    exchange.fault = fault;
    exchange.parameters = {{"REQUEST_METHOD", method},
                           {"REQUEST_URI", uri},
                           {"REMOTE_ADDR", "192.0.2.7"},
                           {"REQUEST_ID", kId}};
    if (!origin.empty()) exchange.parameters["HTTP_ORIGIN"] = origin;
    for (const auto& [name, value] : more) exchange.parameters[name] = value;
    exchange.body = body_;
    testing::internal::CaptureStderr();
    std::string text = answer(site_, "form", step_, metrics_, exchange);
    log_ = testing::internal::GetCapturedStderr();
    return text;
  }
  bool logged(const std::string& text) const { return log_.find(text) != std::string::npos; }
  bool counted(const std::string& sample) const {
    return registry_.text("form", "1").find("\n" + sample + "\n") != std::string::npos;
  }

  static constexpr auto kId = "0123456789abcdef0123456789abcdef";
  static constexpr auto kEnd = " client=192.0.2.7 request=0123456789abcdef0123456789abcdef\n";
  Site site_;
  FakeStep step_;
  metrics::Registry registry_;
  RequestMetrics metrics_{registry_, 4};
  std::string body_;
  std::string log_;
};

// The value of a header; empty if it is not there exactly once.
std::string header_of(const std::string& text, const std::string& name) {
  const std::string begin = "\r\n" + name + ": ";
  const auto found = text.find(begin);
  if (found == std::string::npos || found != text.rfind(begin)) return "";
  const auto value = found + begin.size();
  return text.substr(value, text.find("\r\n", value) - value);
}

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
TEST_F(AnswerTest, OnlyThirtyTwoHexadecimalDigitsAreAnId) {
  const auto id_for = [&](const std::string& given) {
    return header_of(ask("/register", "GET", "", {{"REQUEST_ID", given}}), "X-Request-Id");
  };
  const std::string right = kId;
  EXPECT_EQ(id_for(right), right);
  std::set<std::string> drawn;
  for (const std::string& given : std::vector<std::string>{
           "", "0", right.substr(1), right + "0", "G" + right.substr(1), "A" + right.substr(1),
           right.substr(1) + "\n", std::string(32, ' '), std::string(1000, '0')}) {
    const std::string id = id_for(given);
    EXPECT_EQ(id.size(), 32U) << given;
    EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos) << id;
    EXPECT_NE(id, given);
    EXPECT_TRUE(logged(" request=" + id + "\n")) << log_;
    EXPECT_TRUE(drawn.insert(id).second) << "twice: " << id;
  }
}

// A browser names the type of its forms; curl -X POST sends no body and no type.
TEST_F(AnswerTest, OnlyAFormHasABody) {
  const auto status = [&](const std::string& type, const std::string& body) {
    body_ = body;
    return ask("/register", "POST", "", {{"CONTENT_TYPE", type}}).substr(8, 3);
  };
  EXPECT_EQ(status("", ""), "200");
  EXPECT_EQ(status("", "a=1"), "415") << "who knows what it is?";
  EXPECT_TRUE(step_.seen.form.encode().empty());
  EXPECT_EQ(status("application/x-www-form-urlencoded", "a=1"), "200");
  EXPECT_EQ(step_.seen.form.get("a"), "1");
  EXPECT_EQ(status("Application/X-WWW-Form-URLEncoded ; charset=UTF-8", "a=2"), "200");
  EXPECT_EQ(step_.seen.form.get("a"), "2");
  EXPECT_EQ(status("text/plain", ""), "415");
  EXPECT_EQ(status("application/x-www-form-urlencoded", "a=%"), "400");
}

// What is kept for the owner of an account to read must not be as long as a stranger likes.
TEST_F(AnswerTest, OfABrowsersNameTheBeginningIsKept) {
  for (const std::size_t length : {0U, 199U, 200U, 201U, 8000U}) {
    ask("/register", "GET", "", {{"HTTP_USER_AGENT", std::string(length, 'x')}});
    EXPECT_EQ(step_.seen.user_agent, std::string(std::min<std::size_t>(length, 200), 'x'));
  }
}

TEST_F(AnswerTest, HeadHasTheHeadersOfGetAndNoBody) {
  step_.status = 404;
  const std::string get = ask("/away");
  const std::string head = ask("/away", "HEAD");
  EXPECT_EQ(head, get.substr(0, get.find("\r\n\r\n") + 4));
  EXPECT_NE(header_of(head, "Content-Length"), "0");
}

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

TEST_F(AnswerTest, AMultipartFormIsTakenOnlyByWhoeverTakesOneClick) {
  const std::map<std::string, std::string> type = {
      {"CONTENT_TYPE", "multipart/form-data; boundary=b"}};
  const auto body_of = [](const std::string& name) {
    return "--b\r\nContent-Disposition: form-data; name=\"" + name +
           "\"\r\n\r\nOne-Click\r\n--b--\r\n";
  };
  body_ = body_of("List-Unsubscribe");
  EXPECT_TRUE(ask("/mail/stop", "POST", "", type).starts_with("Status: 415 "));
  step_.one_click = true;
  EXPECT_TRUE(ask("/mail/stop", "POST", "", type).starts_with("Status: 200 "));
  EXPECT_TRUE(
      ask("/mail/stop", "POST", "https://elsewhere.example", type).starts_with("Status: 403 "));
  body_ = body_of("action");
  EXPECT_TRUE(ask("/mail/stop", "POST", "", type).starts_with("Status: 415 "));
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

TEST_F(AnswerTest, AnotherSpellingOfAPathLeadsToTheRightOne) {
  const std::string text = ask("/Activate/?token=a%20B");
  EXPECT_TRUE(text.starts_with("Status: 308 ")) << text;
  EXPECT_NE(text.find("\r\nLocation: /activate?token=a%20B\r\n"), std::string::npos) << text;
  EXPECT_TRUE(ask("/register/", "POST").starts_with("Status: 308 ")) << "the method stays";
}

TEST_F(AnswerTest, APrefetchReachesNoStep) {
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"HTTP_SEC_PURPOSE", "prefetch"},
                                          {"HTTP_PURPOSE", "prefetch"},
                                          {"HTTP_X_MOZ", "prefetch"},
                                          {"HTTP_X_PURPOSE", "preview"}}) {
    const std::string text = ask("/throw", "GET", "", {{name, value}});
    EXPECT_TRUE(text.starts_with("Status: 503 ")) << name << text;
    EXPECT_NE(text.find("\r\nCache-Control: no-store\r\n"), std::string::npos) << text;
  }
  EXPECT_TRUE(ask("/x", "GET", "", {{"HTTP_SEC_PURPOSE", "prefetch;prerender"}})
                  .starts_with("Status: 503 "));
  EXPECT_TRUE(
      ask("/x", "GET", "", {{"HTTP_SEC_FETCH_MODE", "navigate"}}).starts_with("Status: 200 "));
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

TEST_F(AnswerTest, AnUnreadableClientIsToldOnceAMinuteAndCounted) {
  EpochSeconds now = 1'800'000'000;
  site_.clock = [&now] { return now; };
  site_.proxies = *TrustedProxies::parse("192.0.2.7");
  const auto ask_as = [&](const std::string& entry) {
    ask("/register", "GET", "", {{"HTTP_X_FORWARDED_FOR", entry}});
  };
  ask_as("203.0.113.7:51234");
  EXPECT_TRUE(logged(" client=203.0.113.7 request=")) << log_;
  EXPECT_FALSE(logged("client_unreadable")) << log_;
  EXPECT_EQ(site_.unknown_clients->count(), 0U);
  ask_as("unknown");
  EXPECT_TRUE(logged(" client=unknown request=")) << log_;
  EXPECT_TRUE(
      logged(" warning client_unreadable proxy=192.0.2.7 entry=unknown requests=1 request="))
      << log_;
  for (int i = 0; i < 5; ++i) {
    ask_as("x");
    EXPECT_FALSE(logged("client_unreadable")) << log_;
  }
  now += kMinute;
  ask_as(std::string(1000, 'x'));
  EXPECT_TRUE(logged(" entry=" + std::string(100, 'x') + " requests=6 request=")) << log_;
  EXPECT_EQ(site_.unknown_clients->count(), 7U);
  metrics_.unknown_clients(site_.unknown_clients->count());
  EXPECT_TRUE(counted("portal_http_clients_unreadable_total{step=\"form\",process=\"1\"} 7"));
}

TEST_F(AnswerTest, HashingIsToldAsItIs) {
  using namespace std::chrono_literals;
  metrics_.hashing({.running = 2, .waiting = 3, .begun = 7, .waited = 1500ms});
  for (const char* sample :
       {"portal_password_hashes_running{step=\"form\",process=\"1\"} 2",
        "portal_password_hashes_waiting{step=\"form\",process=\"1\"} 3",
        "portal_password_hashes_total{step=\"form\",process=\"1\"} 7",
        "portal_password_hash_wait_seconds_total{step=\"form\",process=\"1\"} 1.5"}) {
    EXPECT_TRUE(counted(sample)) << sample << " is not in\n" << registry_.text("form", "1");
  }
}

}  // namespace
}  // namespace portal
