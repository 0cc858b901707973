// The web server's own error pages say what a step's say, and need no step.
#include "core/responder/error_pages.h"

#include <gtest/gtest.h>

#include <map>

#include "support/facts.h"

namespace portal {
namespace {

using testing_portal::fact;

TEST(StaticErrorPage, IsMadeOfTheTextsOfTheSteps) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", {"layout.tpl", "error.tpl"});
  ASSERT_TRUE(view) << view.error().message;
  const std::map<int, std::string_view> own = {{401, "ログインが必要です"},
                                               {403, "お使いの方を確認できませんでした"},
                                               {503, "ただいまご利用いただけません"}};
  for (const int status : kStaticErrorPages) {
    const auto page = static_error_page(**view, status);
    ASSERT_TRUE(page) << page.error().message;
    const auto has = [&](std::string_view text) { return page->find(text) != std::string::npos; };
    if (own.contains(status)) {
      EXPECT_TRUE(has("<h1>" + std::string(own.at(status)) + "</h1>")) << status;
      EXPECT_TRUE(has("もう一度読み込む")) << status;
    } else {
      const ErrorPage& of_step = error_page(status);
      EXPECT_TRUE(has(of_step.heading)) << status;
      EXPECT_TRUE(has(of_step.what)) << status;
      EXPECT_TRUE(has(of_step.next)) << status;
      EXPECT_EQ(has("もう一度読み込む"), of_step.way_out == WayOut::kReload) << status;
      EXPECT_EQ(has("トップページへ</a>"), of_step.way_out == WayOut::kHome) << status;
    }
    EXPECT_TRUE(has("<code><!--#echo var=\"request_number\" --></code>")) << status;
    EXPECT_TRUE(has("href=\"/assets/portal.css\"")) << status << ": of no version";
    EXPECT_TRUE(has("href=\"/assets/first.css\"")) << status;
    EXPECT_FALSE(has("<style")) << status << ": the web server's policy knows no hash";
    EXPECT_FALSE(has("<script")) << status;
    EXPECT_TRUE(has(fact("TELEPHONE"))) << status;
    EXPECT_FALSE(has("{{")) << status;
  }
}

TEST(StaticErrorPage, OfAPortalThatIsDownDoesNotClaimThatAnythingWasKept) {
  const auto view = View::load(PORTAL_SOURCE_DIR "/templates", {"layout.tpl", "error.tpl"});
  ASSERT_TRUE(view);
  const auto page = static_error_page(**view, 503);
  ASSERT_TRUE(page);
  EXPECT_NE(page->find("<h1>ただいまご利用いただけません</h1>"), std::string::npos) << *page;
  EXPECT_EQ(page->find("保存されています"), std::string::npos);
}

}  // namespace
}  // namespace portal
