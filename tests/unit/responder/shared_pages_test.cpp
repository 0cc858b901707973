// Pages that are the same for everybody: made once, compressed once, with a tag for each encoding.
#include "core/responder/shared_pages.h"

#include <gtest/gtest.h>

#include "core/http/negotiation.h"

namespace portal {
namespace {

std::string header_of(const Response& response, const std::string& name) {
  for (const auto& [header, value] : response.headers) {
    if (header == name) return value;
  }
  return "";
}

class SharedPagesTest : public testing::Test {
 protected:
  Response find(const Request& request, SharedPages::Version version = {}) {
    const auto found = pages_.find(request, "page", version, [&] {
      ++made_;
      Response page = html(status_, body_);
      page.header("Cache-Control", "public").header("Vary", "Cookie");
      return Result<Response>(std::move(page));
    });
    EXPECT_TRUE(found);
    return *found;
  }

  SharedPages pages_;
  std::string body_ = std::string(10'000, 'x');
  int status_ = 200;
  int made_ = 0;
};

Request request(bool accepts_gzip, const std::string& if_none_match = "") {
  Request request;
  request.accepts_gzip = accepts_gzip;
  request.if_none_match = if_none_match;
  return request;
}

TEST_F(SharedPagesTest, AreMadeOnceForBothEncodings) {
  for (int i = 0; i < 3; ++i) {
    const Response plain = find(request(false));
    EXPECT_EQ(plain.body, body_);
    EXPECT_EQ(header_of(plain, "Content-Encoding"), "");
    const Response gzipped = find(request(true));
    EXPECT_EQ(gzipped.body, gzip(body_));
    EXPECT_EQ(header_of(gzipped, "Content-Encoding"), "gzip");
    for (const Response& response : {plain, gzipped}) {
      EXPECT_EQ(header_of(response, "Vary"), "Accept-Encoding, Cookie");
      EXPECT_EQ(header_of(response, "Cache-Control"), "public");
    }
    EXPECT_NE(header_of(plain, "ETag"), header_of(gzipped, "ETag"));
  }
  EXPECT_EQ(made_, 1);
}

TEST_F(SharedPagesTest, WhoHasThePageGets304) {
  for (const bool accepts : {false, true}) {
    const std::string tag = header_of(find(request(accepts)), "ETag");
    const Response known = find(request(accepts, "\"other\", " + tag));
    EXPECT_EQ(known.status, 304);
    EXPECT_EQ(known.body, "");
    EXPECT_EQ(header_of(known, "ETag"), tag);
    EXPECT_EQ(header_of(known, "Vary"), "Accept-Encoding, Cookie");
    EXPECT_EQ(header_of(known, "Cache-Control"), "public");
    EXPECT_EQ(find(request(accepts, "\"other\"")).status, 200);
    EXPECT_EQ(find(request(!accepts, tag)).status, 200) << "it has the page in another encoding";
  }
}

TEST_F(SharedPagesTest, AnotherVersionIsMadeAgain) {
  const std::string tag = header_of(find(request(false)), "ETag");
  body_ = "new";
  EXPECT_EQ(find(request(false, tag), {.templates = 1}).body, "new");
  EXPECT_EQ(find(request(false), {.templates = 1, .content = 1}).body, "new");
  EXPECT_EQ(made_, 3);
}

TEST_F(SharedPagesTest, AnErrorIsNotKept) {
  status_ = 500;
  EXPECT_EQ(find(request(true)).status, 500);
  status_ = 200;
  EXPECT_EQ(find(request(true)).status, 200);
  EXPECT_EQ(made_, 2);
  const auto failed =
      pages_.find(request(true), "other", {}, [] { return Result<Response>(unavailable("away")); });
  EXPECT_FALSE(failed);
}

TEST_F(SharedPagesTest, ManyNamesAreNoMatter) {
  for (int i = 0; i < 1000; ++i) {
    const auto found = pages_.find(request(false), "page" + std::to_string(i), {},
                                   [&] { return Result<Response>(html(200, std::to_string(i))); });
    ASSERT_TRUE(found);
    EXPECT_EQ(found->body, std::to_string(i));
  }
}

}  // namespace
}  // namespace portal
