// Requests and responses: cookies, headers, JSON, who may POST, who the client is.
#include <gtest/gtest.h>

#include <array>

#include "core/http/request.h"
#include "core/http/response.h"
#include "core/http/site_check.h"

namespace portal {
namespace {

using Values = std::vector<std::string_view>;

TEST(Cookie, IsFoundByItsExactName) {
  Request request;
  request.cookies = "a=1; __Host-draft=token_-9; draft=other";
  EXPECT_EQ(cookies(request, "__Host-draft"), Values{"token_-9"});
  EXPECT_EQ(cookies(request, "draft"), Values{"other"});
  EXPECT_EQ(cookies(request, "__host-draft"), Values{});
  EXPECT_EQ(cookies(request, "b"), Values{});
  request.cookies = "";
  EXPECT_EQ(cookies(request, "a"), Values{});
}

// What other applications of the parent domain set (jetty/jetty.project#3886).
TEST(Cookie, IsReadByItselfWhateverStandsBesideIt) {
  const char* const others[] = {"x=\"abc",     "x=\"a;b\"",   "x",      "=x",         ";;;",
                                "x==\"",       "x=a,b",       "\"",     "x=\xe3\x80", "x={\"a\":1",
                                "draft2=a",    "x=draft=no",  "x=\\\"", "$Version=1", "x='",
                                "Draft=other", "x=a=b=c; y=", "x=%00"};
  for (const std::string other : others) {
    Request request;
    for (const auto& header : {other + "; draft=ours", "draft=ours; " + other,
                               other + ";draft=ours", other + " ;  draft = ours ;" + other}) {
      request.cookies = header;
      EXPECT_EQ(cookies(request, "draft"), Values{"ours"}) << header;
    }
  }
}

TEST(Cookie, EveryOneOfTheSameNameIsSeen) {
  Request request;
  request.cookies = "draft=theirs; a=1; draft=ours";
  EXPECT_EQ(cookies(request, "draft"), (Values{"theirs", "ours"}));
}

TEST(Cookie, CarriesEveryAttribute) {
  Response secure;
  set_cookie(secure, "draft", "t", 1800, true);
  EXPECT_EQ(secure.headers.back().second,
            "__Host-draft=t; Max-Age=1800; Path=/; HttpOnly; SameSite=Lax; Secure");
  Response development;
  set_cookie(development, "draft", "t", 1800, false);
  EXPECT_EQ(development.headers.back().second,
            "draft=t; Max-Age=1800; Path=/; HttpOnly; SameSite=Lax");
}

TEST(Response, HeaderReplacesTheOneThatIsThere) {
  Response response = html(200, "x");
  response.header("Cache-Control", "public");
  EXPECT_EQ(response.headers.size(), 2U);
  EXPECT_EQ(response.headers.back().second, "public");
}

TEST(Response, JsonEscapes) {
  EXPECT_EQ(json_object({{"clinic_name", "\"髙\\﨑\"\n"}, {"a", ""}}),
            "{\"clinic_name\":\"\\\"髙\\\\﨑\\\"\\n\",\"a\":\"\"}");
}

TEST(Response, ReasonsAreTheStandards) {
  EXPECT_EQ(reason_of(200), "OK");
  EXPECT_EQ(reason_of(303), "See Other");
  EXPECT_EQ(reason_of(304), "Not Modified");
  EXPECT_EQ(reason_of(308), "Permanent Redirect");
  EXPECT_EQ(reason_of(404), "Not Found");
  EXPECT_EQ(reason_of(413), "Content Too Large");
  EXPECT_EQ(reason_of(422), "Unprocessable Content");
  EXPECT_EQ(reason_of(429), "Too Many Requests");
  EXPECT_EQ(reason_of(503), "Service Unavailable");
  EXPECT_EQ(reason_of(418), "") << "no step answers so, and a phrase may be empty";
}

TEST(SiteCheck, DecidesByFetchMetadataThenOrigin) {
  struct Case {
    const char* label;
    const char* sec_fetch_site;
    const char* origin;
    bool passes;
  };
  constexpr std::array kCases = {
      Case{"curl", "", "", true},
      Case{"our page", "same-origin", "https://portal.example.jp", true},
      Case{"address bar", "none", "", true},
      Case{"another site", "cross-site", "https://evil.example", false},
      Case{"another host of the domain", "same-site", "https://x.example.jp", false},
      Case{"another site that lies in Origin", "cross-site", "https://portal.example.jp", false},
      Case{"unknown word", "sideways", "", false},
      Case{"old browser, our page", "", "https://portal.example.jp", true},
      Case{"old browser, another site", "", "https://evil.example", false},
      Case{"old browser, sandboxed page", "", "null", false},
      Case{"our name as a prefix", "", "https://portal.example.jp.evil.example", false},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(from_our_site(c.sec_fetch_site, c.origin, "https://portal.example.jp"), c.passes)
        << c.label;
  }
}

}  // namespace
}  // namespace portal
