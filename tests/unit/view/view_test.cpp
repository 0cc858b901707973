// View: escaping, sections, includes; a broken or missing file is never served.
#include "core/view/view.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

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
