// Names and numbers by themselves, news, and what administrators write.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "core/base/log.h"
#include "core/base/settings.h"
#include "core/registration/registration_number.h"
#include "core/text/text.h"
#include "pages/news.h"
#include "readers.h"

namespace portal::cost {
namespace {

namespace fs = std::filesystem;

void read_text(const std::string& text) {
  text::valid_utf8(text);
  text::tidy(text);
  text::nfkc(text);
  text::fold_number(text);
  text::fold_address(text);
  text::has_control(text);
  text::position_of_unshowable(text);
  text::visible(text);
  log::mask_addresses(text.substr(0, 500));
}

void read_number(const std::string& text) {
  RegistrationNumber::parse(text);
  RegistrationNumber::find_in(text);
}

// A file in a folder of this process. What is read of it is what counts.
template <class Read>
void with_file(const std::string& name, const std::string& content, Read read) {
  static const fs::path folder = [] {
    std::string path = fs::temp_directory_path() / "cost-XXXXXX";
    if (::mkdtemp(path.data()) == nullptr) std::abort();
    return path;
  }();
  std::ofstream(folder / name) << content;
  read(folder);
  fs::remove(folder / name);
}

void read_settings(const std::string& text) {
  with_file("portal.conf", text, [](const fs::path& folder) {
    [[maybe_unused]] const auto settings = Settings::load(folder / "portal.conf", nullptr);
  });
}

void read_markdown(const std::string& text) {
  with_file("2026-01-01-a.md", "# a\n" + text,
            [](const fs::path& folder) { [[maybe_unused]] const auto news = read_news(folder); });
}

}  // namespace

std::vector<Case> of_texts() {
  std::vector<Case> cases;
  const auto add = [&](const char* reader, void (*read)(const std::string&)) {
    return [&cases, reader, read](const char* shape, auto input) {
      cases.push_back({reader, shape, input, read});
    };
  };
  const auto text = add("text", read_text);
  text("letters", repeated("a"));
  text("kana", repeated("が"));
  text("half-width kana", repeated("ｶﾞ"));
  text("marks of one letter", repeated("\u0301", "a"));
  text("thirty marks each",
       repeated("a\u0301\u0323\u0301\u0323\u0301\u0323\u0301\u0323\u0301\u0323\u0301\u0323"));
  text("white space around", repeated("\u3000", "", "a"));
  text("white space", repeated("\u3000"));
  text("compatibility ideographs", repeated("\uFA19"));
  text("Hangul", repeated("\u1100\u1161\u11A8"));

  const auto number = add("registration number", read_number);
  number("digits", repeated("1"));
  number("hyphens", repeated("1-"));
  number("agreements", repeated("契協"));
  number("words", repeated("登録記号番号"));

  const auto settings = add("settings", read_settings);
  settings("comments", repeated("# a\n"));
  settings("empty lines", repeated("\r\n"));
  settings("one setting", repeated("log.level = info\n"));
  settings("lines that go on", repeated("\\\n", "mail.from ="));
  settings("spaces", repeated(" ", "mail.from = a", "b"));
  settings("a long value", repeated("a", "mail.from = "));
  settings("a deep key", repeated("a.", "", "a = 1"));

  const auto markdown = add("Markdown", read_markdown);
  markdown("paragraphs", repeated("あ *a* [b](c)\n\n"));
  markdown("open brackets", repeated("["));
  markdown("stars", repeated("*a "));
  markdown("quotes of quotes", repeated("> "));
  markdown("back quotes", repeated("`a "));
  markdown("lists", repeated("- a\n"));
  markdown("HTML", repeated("<b>"));
  markdown("entities", repeated("&amp;"));
  return cases;
}

}  // namespace portal::cost
