// View: escaping, sections, includes; a broken or missing file is never served.
#include "core/view/view.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/view/stylesheet.h"

namespace portal {
namespace {

class ViewTest : public testing::Test {
 protected:
  ViewTest() {
    write("page.tpl",
          "{{%AUTOESCAPE context=\"HTML\"}}\n"
          "<h1 title=\"{{TITLE}}\">{{TITLE}}</h1>{{#ROW}}<li>{{NAME}} {{TITLE}}</li>{{/ROW}}"
          "{{>CONTENT}}");
    write("part.tpl", "{{%AUTOESCAPE context=\"HTML\"}}\n[{{NAME}}|{{TITLE}}|{{ASSETS}}]");
    write("assets/portal.css", "body {}");
    write("assets/first.css", "body { margin: 0 }");
    std::filesystem::copy_file(PORTAL_SOURCE_DIR "/templates/operator.conf", facts_);
  }
  ~ViewTest() override { std::filesystem::remove_all(directory_); }

  void write(const std::string& file, const std::string& text) {
    const auto path = std::filesystem::path(directory_) / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  std::unique_ptr<View> load() {
    auto view = View::load(directory_, {"page.tpl"});
    return view ? std::move(*view) : nullptr;
  }

  std::string directory_ = testing::TempDir() + "/view" + std::to_string(::getpid());
  std::string facts_ = directory_ + "/operator.conf";
};

Data page() {
  Data data;
  data.set("TITLE", "<\"髙&").add("ROW").set("NAME", "a");
  data.add("ROW").set("NAME", "b");
  data.include("CONTENT", "part.tpl").set("NAME", "c");
  return data;
}

TEST_F(ViewTest, FillsAndEscapes) {
  const auto view = load();
  ASSERT_TRUE(view);
  const auto text = view->render("page.tpl", page());
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("<h1 title=\"&lt;&quot;髙&amp;\">&lt;&quot;髙&amp;</h1>"), std::string::npos)
      << *text;
  EXPECT_NE(text->find("<li>a &lt;"), std::string::npos) << "sections see the outer values";
  EXPECT_NE(text->find("<li>b "), std::string::npos);
  EXPECT_NE(text->find("[c||/assets/"), std::string::npos) << "includes do not";
}

TEST_F(ViewTest, AssetsUrlChangesWithTheirContent) {
  const auto view = load();
  ASSERT_TRUE(view);
  const auto before = view->render("part.tpl", {});
  ASSERT_TRUE(view->reload());
  EXPECT_EQ(*before, *view->render("part.tpl", {}));
  write("assets/portal.css", "body { color: red }");
  ASSERT_TRUE(view->reload());
  EXPECT_NE(*before, *view->render("part.tpl", {}));
}

TEST_F(ViewTest, MissingTemplatesAreNamed) {
  const auto view = View::load(directory_, {"page.tpl", "none.tpl"});
  ASSERT_FALSE(view);
  EXPECT_NE(view.error().message.find("none.tpl"), std::string::npos);
  const auto nowhere = View::load(directory_ + "/nowhere", {"page.tpl"});
  ASSERT_FALSE(nowhere);
}

TEST_F(ViewTest, BrokenFileIsRefusedAndTheOldSetStays) {
  const auto view = load();
  ASSERT_TRUE(view);
  const auto before = view->render("page.tpl", page());
  write("page.tpl", "{{#OPEN}} never closed");
  EXPECT_FALSE(view->reload());
  EXPECT_FALSE(View::load(directory_, {"page.tpl"}));
  const auto after = view->render("page.tpl", page());
  ASSERT_TRUE(after);
  EXPECT_EQ(*before, *after);
}

TEST_F(ViewTest, ReadsNoMoreThanIsNeededIfThatIsEnough) {
  write("of_others.tpl", "{{#OPEN}} never closed");
  EXPECT_FALSE(load());
  const auto view = View::load(directory_, {"page.tpl", "part.tpl"}, View::Reads::kNeeded);
  ASSERT_TRUE(view) << view.error().message;
  EXPECT_TRUE((*view)->render("page.tpl", page()));
  EXPECT_FALSE((*view)->render("of_others.tpl", {}));
  ASSERT_TRUE((*view)->reload());
  write("part.tpl", "{{#OPEN}} never closed");
  EXPECT_FALSE((*view)->reload());
  EXPECT_FALSE(View::load(directory_, {"none.tpl"}, View::Reads::kNeeded));
}

TEST_F(ViewTest, ShowsTheOperatorsFactsEverywhere) {
  const std::string tag = "{{%AUTOESCAPE context=\"HTML\"}}\n";
  write("page.tpl", tag +
                        "<a href=\"tel:{{TELEPHONE}}\">{{TELEPHONE}}</a> {{COPYRIGHT_HOLDER}} "
                        "{{OPENING_HOURS}}|{{#ROW}}{{TELEPHONE}}{{/ROW}}|{{>CONTENT}}");
  write("part.tpl", tag + "[{{TELEPHONE_DIGITS}} {{TELEPHONE}} {{OF_OUR_OWN}}] {{NAME}}");
  std::ofstream(facts_, std::ios::app) << "TELEPHONE = 03-1234-5678\nCOPYRIGHT_HOLDER = A & B\n"
                                          "OPENING_HOURS = ${WEEKDAYS}9\nWEEKDAYS = 毎日\n"
                                          "OF_OUR_OWN = x\n";
  const auto view = load();
  ASSERT_TRUE(view);
  Data data;
  data.add("ROW");
  data.include("CONTENT", "part.tpl")
      .set_words("NAME", "{TELEPHONE}まで、{OF_OUR_OWN}。「{」{}{a}");
  EXPECT_EQ(*view->render("page.tpl", data),
            "<a href=\"tel:03-1234-5678\">03-1234-5678</a> A &amp; B 毎日9|03-1234-5678|"
            "[0312345678 03-1234-5678 x] 03-1234-5678まで、x。「{」{}{a}");
  std::ofstream(facts_, std::ios::app) << "TELEPHONE = 04\n";
  ASSERT_TRUE(view->reload());
  EXPECT_NE(view->render("page.tpl", data)->find(">04</a>"), std::string::npos);
}

TEST_F(ViewTest, AFactThatIsMissingIsNamedAndTheOldOnesStay) {
  const auto view = load();
  ASSERT_TRUE(view);
  const auto before = view->render("page.tpl", page());
  std::ofstream(facts_, std::ios::app) << "TELEPHONE =\n";
  const auto empty = View::load(directory_, {"page.tpl"});
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().message, facts_ + ": TELEPHONE is missing");
  EXPECT_FALSE(view->reload());
  std::filesystem::remove(facts_);
  const auto none = View::load(directory_, {"page.tpl"});
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find(facts_ + ": cannot be read"), std::string::npos)
      << none.error().message;
  EXPECT_EQ(*before, *view->render("page.tpl", page()));
}

TEST_F(ViewTest, WhomToTellOfAWeaknessIsAUriAndNeverMissing) {
  write("page.tpl", "{{SECURITY_CONTACT}}");
  std::ofstream(facts_, std::ios::app) << "CONTACT_EMAIL = desk@portal.example\n";
  const auto contact = [&](const std::string& line) {
    std::ofstream(facts_, std::ios::app) << line << '\n';
    const auto view = View::load(directory_, {"page.tpl"});
    return view ? *(*view)->render("page.tpl", {}) : view.error().message;
  };
  for (const auto* const uri :
       {"mailto:cert@portal.example", "https://portal.example/report", "tel:+81-3-1234-5678"}) {
    EXPECT_EQ(contact(std::string("SECURITY_CONTACT = ") + uri), uri);
  }
  EXPECT_EQ(contact("SECURITY_CONTACT ="), "mailto:desk@portal.example");
  for (const auto* const none : {"cert@portal.example", "mailto:", "http://portal.example/"}) {
    EXPECT_EQ(contact(std::string("SECURITY_CONTACT = ") + none),
              facts_ + ": SECURITY_CONTACT = " + none +
                  ": expected mailto:ADDRESS, https://… or tel:NUMBER");
  }
}

TEST_F(ViewTest, ThePageSaysWhichStyleSheetIsWithinIt) {
  write("page.tpl", "{{%AUTOESCAPE context=\"HTML\"}}\n<style>{{FIRST_STYLE}}</style>");
  write("assets/first.css", "@media print {\n  a > b { font: 1px \"A  B\"; }\n}\n");
  const auto view = load();
  ASSERT_TRUE(view);
  const std::string style = "@media print{a>b{font:1px \"A  B\"}}";
  const auto page = view->render_page("page.tpl", {});
  ASSERT_TRUE(page);
  EXPECT_EQ(page->text, "<style>" + style + "</style>");
  EXPECT_EQ(page->style_source, style_source(style));
  write("assets/first.css", "a { b: c }");
  ASSERT_TRUE(view->reload());
  EXPECT_EQ(view->render_page("page.tpl", {})->style_source, style_source("a{b:c}"));
  std::filesystem::remove(directory_ + "/assets/first.css");
  EXPECT_FALSE(view->reload());
  const auto none = View::load(directory_, {"page.tpl"});
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("assets/first.css is missing"), std::string::npos);
}

TEST_F(ViewTest, UnknownTemplateOrIncludeIsAnError) {
  const auto view = load();
  ASSERT_TRUE(view);
  EXPECT_FALSE(view->render("none.tpl", {}));
  Data data;
  data.include("CONTENT", "none.tpl");
  EXPECT_FALSE(view->render("page.tpl", data));
}

TEST_F(ViewTest, ReloadWhileOthersRender) {
  const auto view = load();
  ASSERT_TRUE(view);
  const std::string expected = *view->render("page.tpl", page());
  std::atomic<bool> stop = false;
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        const auto text = view->render("page.tpl", page());
        if (!text || *text != expected) ++wrong;
      }
    });
  }
  for (int i = 0; i < 200; ++i) EXPECT_TRUE(view->reload());
  stop = true;
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace portal
