// answer(): how a request is read, and what never reaches a step.
#include <algorithm>
#include <set>
#include <vector>

#include "answer_fixture.h"

namespace portal {
namespace {

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

}  // namespace
}  // namespace portal
