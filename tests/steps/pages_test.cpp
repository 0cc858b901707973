// The pages step with the shipped templates, and with a folder of news of its own.
#include "pages/pages.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "core/registration/application.h"
#include "steps/portal.h"

namespace portal::testing_portal {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kForEverybody = "public, max-age=60";

class PagesTest : public PortalTest {
 protected:
  PagesTest() {
    EXPECT_TRUE(site_.settings.set("templates.directory", directory_));
    fs::create_directories(directory_ + "/news");
  }

  void write_news(const std::string& file, const std::string& text) {
    std::ofstream(directory_ + "/news/" + file) << text;
  }

  Response get(std::string_view url) { return browser_.get(step(), url); }

  // Made at first use, so that a test can lay out its news before.
  PagesStep& step() {
    if (!step_) step_ = std::make_unique<PagesStep>(site_);
    return *step_;
  }

  Browser browser_{site_};

 private:
  std::unique_ptr<PagesStep> step_;
};

TEST_F(PagesTest, EveryPageOfTheContractIsThereForEverybody) {
  for (const std::string_view path : {"/", "/about", "/preparation", "/manuals", "/news", "/faq",
                                      "/contact", "/terms", "/privacy", "/links"}) {
    const Response response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(header(response, "Cache-Control"), kForEverybody) << path;
    EXPECT_TRUE(shows(response, "</html>")) << path;
  }
}

TEST_F(PagesTest, WhatIsUnknownIs404AndNotKept) {
  for (const std::string_view path : {"/unknown", "/about/", "/news/", "/news/2024-06-03-none"}) {
    const Response response = get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(header(response, "Cache-Control"), "no-store") << path;
  }
}

TEST_F(PagesTest, SaysWhomToTellOfAWeakness) {
  constexpr std::string_view kFile = "/.well-known/security.txt";
  site_.clock = [] { return EpochSeconds{1795651199}; };  // 2026-11-25T23:59:59Z
  EXPECT_TRUE(site_.settings.set("site.base_url", "http://127.0.0.1:8080"));
  const std::string begin = "Contact: " + fact("SECURITY_CONTACT") +
                            "\nExpires: 2027-02-23T00:00:00Z\nPreferred-Languages: ja, en\n";
  const Response plain = get(kFile);
  EXPECT_EQ(plain.status, 200);
  EXPECT_EQ(header(plain, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(header(plain, "Cache-Control"), kForEverybody);
  EXPECT_EQ(plain.body, begin);
  EXPECT_TRUE(site_.settings.set("site.base_url", "https://portal.example.jp"));
  ASSERT_TRUE(site_.view->reload());  // a site's settings do not change while it runs
  EXPECT_EQ(get(kFile).body,
            begin + "Canonical: https://portal.example.jp/.well-known/security.txt\n");
}

TEST_F(PagesTest, OnlyReads) {
  write_news("2024-06-03-open.md", "# 開設\n");
  for (const std::string_view path : {"/", "/faq", "/news", "/news/2024-06-03-open"}) {
    const Response response = browser_.post(step(), path, {});
    EXPECT_EQ(response.status, 405) << path;
    EXPECT_EQ(header(response, "Allow"), "GET, HEAD") << path;
  }
}

TEST_F(PagesTest, NewestNewsFirstAndThreeOnTop) {
  write_news("2024-06-03-b.md", "# 二番目\n");
  write_news("2023-12-31-a.md", "# 一番目\n");
  write_news("2024-10-01-d.md", "# 四番目\n");
  write_news("2024-09-30-c.md", "# 三番目\n");
  const std::string list = get("/news").body;
  EXPECT_LT(list.find("四番目"), list.find("三番目"));
  EXPECT_LT(list.find("三番目"), list.find("二番目"));
  EXPECT_LT(list.find("二番目"), list.find("一番目"));
  EXPECT_NE(list.find("<time datetime=\"2023-12-31\">2023年12月31日</time>"), std::string::npos);
  const Response top = get("/");
  EXPECT_TRUE(shows(top, "二番目"));
  EXPECT_FALSE(shows(top, "一番目"));
}

TEST_F(PagesTest, AnItemIsMarkdownWithoutRawHtml) {
  write_news("2024-06-03-open.md",
             "# 開設 <b>&\n\n## 見出し\n\n- **太字** [質問](/faq)\n\n<script>bad()</script>\n\n"
             "文中の<img src=x onerror=bad()>と[罠](javascript:bad())\n");
  const Response response = get("/news/2024-06-03-open");
  EXPECT_EQ(response.status, 200);
  EXPECT_TRUE(shows(response, "<h1>開設 &lt;b&gt;&amp;</h1>"));
  EXPECT_TRUE(shows(response, "<h2>見出し</h2>"));
  EXPECT_TRUE(shows(response, "<strong>太字</strong> <a href=\"/faq\">質問</a>"));
  EXPECT_FALSE(shows(response, "bad()"));
}

TEST_F(PagesTest, AddedNewsAppearWithoutARestart) {
  EXPECT_FALSE(shows(get("/news"), "開設"));
  write_news("2024-06-03-open.md", "# 開設\n");
  step().idle();
  EXPECT_TRUE(shows(get("/news"), "開設"));
  fs::remove(directory_ + "/news/2024-06-03-open.md");
  step().idle();
  EXPECT_FALSE(shows(get("/news"), "開設"));
}

TEST_F(PagesTest, WrongFilesAreNamedAndTheOldNewsStay) {
  struct Case {
    std::string file;
    std::string text;
    std::string error;
  };
  write_news("2024-06-03-open.md", "# 開設\n");
  EXPECT_TRUE(shows(get("/news"), "開設"));
  for (const Case& wrong : {
           Case{"notes.md", "# 題\n", "YYYY-MM-DD-slug.md"},
           Case{"2024-02-30-day.md", "# 題\n", "YYYY-MM-DD-slug.md"},
           Case{"2024-06-03-A B.md", "# 題\n", "YYYY-MM-DD-slug.md"},
           Case{"2024-06-04-empty.md", "", "the first line must be"},
           Case{"2024-06-04-untitled.md", "本文\n", "the first line must be"},
           Case{"2024-06-04-blank.md", "# \n本文\n", "the first line must be"},
       }) {
    write_news(wrong.file, wrong.text);
    const auto read = read_news(directory_ + "/news");
    ASSERT_FALSE(read) << wrong.file;
    EXPECT_NE(read.error().message.find(wrong.file), std::string::npos) << read.error().message;
    EXPECT_NE(read.error().message.find(wrong.error), std::string::npos) << read.error().message;
    step().idle();
    EXPECT_TRUE(shows(get("/news"), "開設")) << wrong.file;
    fs::remove(directory_ + "/news/" + wrong.file);
  }
}

TEST_F(PagesTest, APipeAmongTheNewsIsNamedAndNotWaitedFor) {
  const std::string pipe = directory_ + "/news/2024-06-04-pipe.md";
  write_news("2024-06-03-open.md", "# 開設\n");
  ASSERT_EQ(mkfifo(pipe.c_str(), S_IRUSR | S_IWUSR), 0);
  const auto read = read_news(directory_ + "/news");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find(pipe + ": it is no ordinary file"), std::string::npos);
}

TEST(News, ShippedNewsAreRight) {
  const auto news = read_news(PORTAL_SOURCE_DIR "/templates/news");
  ASSERT_TRUE(news) << news.error().message;
  EXPECT_FALSE(news->empty());
}

// The codes that the answers of the FAQ name in data-codes.
std::set<std::string> answered(const std::string& page) {
  std::set<std::string> codes;
  const std::regex list("data-codes=\"([^\"]*)\"");
  for (std::sregex_iterator found(page.begin(), page.end(), list), end; found != end; ++found) {
    std::istringstream names((*found)[1]);
    for (std::string name; names >> name;) EXPECT_TRUE(codes.insert(name).second) << name;
  }
  return codes;
}

TEST_F(PagesTest, TheFaqAnswersEveryMessageAndNoOther) {
  std::set<std::string> expected = {"link_expired", "link_unknown", "link_password", "link_ended"};
  for (const Message& message : messages()) expected.emplace(message.code);
  for (const char* status :
       {"400", "403", "404", "405", "409", "413", "415", "429", "500", "503"}) {
    expected.insert(std::string("status_") + status);
  }
  EXPECT_EQ(answered(get("/faq").body), expected);
}

}  // namespace
}  // namespace portal::testing_portal
